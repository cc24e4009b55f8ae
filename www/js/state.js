// The one plain object that the page shows, and the one way to change it.
import { emptyDraft, isFilled, FIELDS } from './draft.js';

/** What each member is for stands in types.d.ts. @type {State} */
export const state = {
  ready: false,
  missing: new Map(),
  view: 'compose',
  lang: 'en',
  theme: 'auto',
  developer: false,
  table: /** @type {any} */ (null), // until the core is there
  draft: emptyDraft(),
  drafts: [],
  open: '',
  presets: [],
  snippets: [],
  mode: null,
  tile: null,
  adding: false,
  ownRatio: false,
  undo: [],
  touched: new Set(),
  tried: false,
  result: /** @type {any} */ (null), // until the first verdict
  book: { currency: 'USD', prices: {} },
  setAside: {},
  bookError: null,
  settings: { origin: '', limit: '', edition: '' },
  originNote: null,
  key: { held: false, tail: '', remembered: false },
  companion: null,
  balance: null,
  busy: null,
  held: false,
  failure: null,
  records: new Map(),
  saving: {},
  storage: 'ok',
  importText: '',
  imported: null,
  search: '',
  codeTab: 'json',
  sort: 'price',
  only: 'every',
  chosen: null,
  toast: null,
  assets: [],
  filter: 'all',
  uploads: new Map(),
};

const listeners = /** @type {Set<(s: State) => unknown>} */ (new Set());
/** @param {(s: State) => unknown} listener */
export const onChange = (listener) => listeners.add(listener);

/**
 * Changes the state by `change` and lets every view follow, in the same task.
 * @param {((s: State) => unknown)} [change]
 */
export function update(change) {
  change?.(state);
  for (const listener of listeners) listener(state);
}

const MOST_UNDOS = 50;

/**
 * Remembers what a deliberate action is about to change, `{ draft }` or `{ book }`, and says in a note that it can be undone.
 * @param {State} s
 * @param {Partial<State>} kept
 * @param {string | null} [words]
 */
export function beforeChange(s, kept, words) {
  s.undo.push(structuredClone(kept));
  if (s.undo.length > MOST_UNDOS) s.undo.shift();
  if (words) s.toast = { words, undo: true };
}

/**
 * Changes the draft by a deliberate action of a button: it can be undone.
 * @param {DraftChange} change
 * @param {string} [words]
 */
export function changeDraft(change, words) {
  update((s) => {
    beforeChange(s, { draft: s.draft }, words);
    change(s.draft, s);
  });
}

/**
 * Switches the model; everything that was filled stays, and may now be pointed out.
 * @param {string} model
 */
export function chooseModel(model) {
  changeDraft((draft, s) => {
    draft.model = model;
    s.touched.add('model');
    for (const field of FIELDS) if (isFilled(draft, field)) s.touched.add(field);
  });
}

/**
 * Takes a figure that the user typed for a video; an empty text takes it back.
 * @param {Item} item
 * @param {string} fact
 * @param {string} text
 */
export function setTyped(item, fact, text) {
  const { [fact]: _, ...others } = item.typed ?? {};
  update(() => {
    item.typed = text.trim() ? { ...others, [fact]: text.trim() } : others;
  });
}

/** Takes the last deliberate change back. */
export function undo() {
  if (!state.undo.length) return;
  update((s) => {
    Object.assign(s, s.undo.pop());
    s.toast = null;
  });
}

/** @param {Attempt[]} records */
const newestOf = (records) => records.sort((a, b) => b.at - a.at).at(0) ?? null;

/** The task that the title and the status line speak of: the newest. */
export const newestRecord = () => newestOf([...state.records.values()]);

/** The newest attempt that may have been charged and that nobody has cleared up. */
export const doubtfulRecord = () =>
  newestOf([...state.records.values()].filter((r) => r.state === 'unknown' && !r.passed_over));
