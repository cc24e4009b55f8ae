// The one plain object that the page shows, and the one way to change it.
import { emptyDraft, isFilled, FIELDS } from './draft.js';

/** types.d.ts explains the members. @type {State} */
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
  settings: { origin: '', limit: '', limit_currency: '', edition: '' },
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
 * Changes the state, by a function or by members to replace, and redraws every view, in the same task.
 * @param {Partial<State> | ((s: State) => unknown)} [change]
 */
export function update(change) {
  if (typeof change === 'function') change(state);
  else Object.assign(state, change);
  for (const listener of listeners) listener(state);
}

const MOST_UNDOS = 50;

/**
 * Remembers how a deliberate action is undone, and says in a note that it can be.
 * @param {State} s
 * @param {Undo} act
 * @param {string | null} [words]
 */
export function canUndo(s, act, words) {
  s.undo.push(act);
  if (s.undo.length > MOST_UNDOS) s.undo.shift();
  s.toast = words ? { words, undo: true } : null;
}

/**
 * Drops these undos, which would now take back more than their action, and the note of one that was the last.
 * @param {State} s
 * @param {WeakSet<Undo>} acts
 */
export function withdraw(s, acts) {
  const left = s.undo.filter((act) => !acts.has(act));
  if (left.at(-1) !== s.undo.at(-1)) s.toast = null;
  s.undo = left;
}

/** The undos of changes of the draft in the form. */
export const ofDraft = /** @type {WeakSet<Undo>} */ (new WeakSet());

/**
 * Changes the draft by a deliberate action, which can be undone, other fields apart.
 * @param {DraftChange} change
 * @param {string} [words]
 */
export function changeDraft(change, words) {
  update((s) => {
    const draft = structuredClone(s.draft);
    change(s.draft, s);
    for (const field in draft) if (JSON.stringify(draft[field]) === JSON.stringify(s.draft[field])) delete draft[field];
    const restore = () => Object.assign(s.draft, draft);
    ofDraft.add(restore);
    canUndo(s, restore, words);
  });
}

/**
 * Switches the model; filled fields stay, and their errors are now shown.
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
 * Sets a figure that the user typed for a video; an empty text removes it.
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

/** Undoes the last deliberate change. */
export function undo() {
  const act = state.undo.pop();
  if (!act) return;
  update((s) => {
    s.toast = null;
    act(s);
  });
}

/** @param {Attempt[]} records */
const newestOf = (records) => records.sort((a, b) => b.at - a.at).at(0) ?? null;

/** The newest attempt, shown in the title and status line. */
export const newestRecord = () => newestOf([...state.records.values()]);

/** The newest attempt that may have been charged and is not cleared up yet. */
export const doubtfulRecord = () =>
  newestOf([...state.records.values()].filter((r) => r.state === 'unknown' && !r.passed_over));
