// The one plain object that the page shows, and the one way to change it.
import { emptyDraft } from './draft.js';

export const state = {
  ready: false,
  view: 'compose',
  lang: 'en',
  theme: 'auto',
  table: null, // routes() of the package
  draft: emptyDraft(),
  undo: [],
  touched: new Set(), // fields whose errors may be shown
  tried: false, // Send was pressed on this draft
  result: null, // what verdict.js worked out for the draft
  book: { currency: 'USD', prices: {} },
  bookWarnings: [],
  bookError: null,
  settings: { origin: '', limit: '' },
  key: { held: false, tail: '', remembered: false },
  companion: null,
  busy: null, // the attempt being sent by this page
  failure: null, // why the last Send did not become a task
  records: new Map(), // attempt id → record of the journal
  storage: 'ok',
  importText: '',
  imported: null,
  search: '',
  codeTab: 'json',
  sort: 'price',
  toast: null,
  uploads: new Map(), // slot → upload under way or refused
};

const listeners = new Set();
export const onChange = (listener) => listeners.add(listener);

/** Changes the state by `change` and lets every view follow, in the same task. */
export function update(change) {
  change?.(state);
  for (const listener of listeners) listener(state);
}

/** Changes the draft by a deliberate action of a button: it can be undone. */
export function changeDraft(change, words) {
  update((s) => {
    s.undo.push(structuredClone(s.draft));
    if (s.undo.length > 50) s.undo.shift();
    change(s.draft, s);
    if (words) s.toast = { words, undo: true };
  });
}

/** Takes the last deliberate change back. */
export function undo() {
  if (!state.undo.length) return;
  update((s) => {
    s.draft = s.undo.pop();
    s.toast = null;
  });
}

/** The task that the title and the status line speak of: the newest. */
export const newestRecord = () => [...state.records.values()].sort((a, b) => b.at - a.at)[0] ?? null;
