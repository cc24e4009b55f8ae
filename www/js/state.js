// The one plain object that the page shows, and the one way to change it.
import { emptyDraft, isFilled, FIELDS } from './draft.js';

/**
 * @typedef {{ api_origin: string, has_key: boolean, saves: string, former_origin: string, edition?: string, prices?: any,
 *   max_cost?: any }} Companion what the companion says of itself
 * @typedef {{ amount: string, currency: string, byKey: boolean, at: number }} Balance
 */

export const state = {
  ready: false,
  /** Parts of the page that could not be loaded (part.js), with how to try again; `null` while that is tried. */
  missing: /** @type {Map<string, (() => void) | null>} */ (new Map()),
  view: 'compose',
  lang: 'en',
  theme: 'auto',
  developer: false, // shows the API's names, the code and the import
  table: /** @type {any} */ (null), // routes() of the package, by the edition that was chosen
  draft: emptyDraft(), // the one in the form
  drafts: /** @type {{ id: string, draft: any }[]} */ ([]), // { id, draft } of all that are open, and
  open: '', // the id of the one in the form
  presets: [],
  snippets: [],
  mode: /** @type {string | null} */ (null), // 'references' or 'frames', once one was chosen
  tile: /** @type {string | null} */ (null), // the id of the tile that is open
  adding: false, // the row under the tiles that adds is open
  ownRatio: false, // the ratio is typed
  undo: [],
  touched: new Set(), // fields whose errors may be shown
  tried: false, // Send was pressed on this draft
  result: /** @type {any} */ (null), // what verdict.js worked out for the draft
  book: /** @type {import('../pkg/check.js').PriceBook} */ ({ currency: 'USD', prices: {} }),
  setAside: {}, // entries of the user's price book that the chosen edition refuses: kept for another (book.js)
  bookError: /** @type {{ at: string, words: string } | null} */ (null), // { at: 'paste' or the id of a control, words } while the book does not take what was typed there
  settings: { origin: '', limit: '', edition: '' },
  key: { held: false, tail: '', remembered: false },
  companion: /** @type {Companion | null} */ (null),
  balance: /** @type {Balance | null} */ (null), // { amount, currency, byKey, at } where the companion has asked for it
  busy: /** @type {{ at: number, attempt?: string, asking?: boolean } | null} */ (null), // { at, attempt, asking } while this page sends, or asks before it does
  failure: /** @type {any} */ (null), // why the last Send did not become a task
  records: new Map(), // attempt id → record of the journal
  storage: 'ok',
  importText: '',
  imported: /** @type {any} */ (null),
  search: '',
  codeTab: 'json',
  sort: 'price',
  only: 'every', // which models the sheet shows
  chosen: /** @type {string | null} */ (null), // the attempt on the stage, where it is not the newest
  toast: /** @type {{ words: string, undo?: boolean } | null} */ (null),
  assets: /** @type {any[]} */ ([]), // media in review or through it (assets.js), the newest first
  filter: 'all', // of the library, one of its FILTERS
  uploads: new Map(), // id → { slot, name, percent, n, of } under way, or with a failure
};

const listeners = new Set();
export const onChange = (listener) => listeners.add(listener);

/** Changes the state by `change` and lets every view follow, in the same task. */
export function update(change) {
  change?.(state);
  for (const listener of listeners) listener(state);
}

const MOST_UNDOS = 50;

/** Remembers what a deliberate action is about to change, `{ draft }` or `{ book }`, and says in a note that it can be undone. */
export function beforeChange(s, kept, words) {
  s.undo.push(structuredClone(kept));
  if (s.undo.length > MOST_UNDOS) s.undo.shift();
  if (words) s.toast = { words, undo: true };
}

/** Changes the draft by a deliberate action of a button: it can be undone. */
export function changeDraft(change, words) {
  update((s) => {
    beforeChange(s, { draft: s.draft }, words);
    change(s.draft, s);
  });
}

/** Switches the model; everything that was filled stays, and may now be pointed out. */
export function chooseModel(model) {
  changeDraft((draft, s) => {
    draft.model = model;
    s.touched.add('model');
    for (const field of FIELDS) if (isFilled(draft, field)) s.touched.add(field);
  });
}

/** Takes a figure that the user typed for a video; an empty text takes it back. */
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

const newestOf = (records) => records.sort((a, b) => b.at - a.at)[0] ?? null;

/** The task that the title and the status line speak of: the newest. */
export const newestRecord = () => newestOf([...state.records.values()]);

/** The newest attempt that may have been charged and that nobody has cleared up. */
export const doubtfulRecord = () =>
  newestOf([...state.records.values()].filter((r) => r.state === 'unknown' && !r.passed_over));
