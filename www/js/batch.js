// The batch: rows that are checked and priced like drafts, and kept in this browser. batch-send.js sends them.
import * as core from './core.js';
import { asSentence } from './fill.js';
import { t } from './i18n.js';
import { readJobs } from './jobs.js';
import * as ledger from './ledger.js';
import { projectOf, sumsOf } from './library.js';
import { compareAmounts, isAmount } from './money.js';
import { onOthers } from './others.js';
import { attemptsOf, recent, uuid } from './send.js';
import { canUndo, state, update } from './state.js';
import { load, save } from './store.js';
import { addAmounts, subtractAmounts } from './sums.js';
import { judge } from './verdict.js';

const NAME = 'batch';
const EMPTY = { name: '', budget: '', currency: '', rows: /** @type {Row[]} */ ([]) };

/**
 * What is kept, `{ name, budget, currency, rows: [{ id, name, body, media, left }] }`. Earlier versions kept a budget without its
 * currency, which was that of the book.
 */
export const batch = /** @type {typeof EMPTY} */ ({ ...EMPTY, currency: state.book.currency, ...load(NAME) });
onOthers(NAME, () => update(() => Object.assign(batch, EMPTY, load(NAME))));

/**
 * Changes the batch and keeps it.
 * @param {object} more
 */
export function change(more) {
  update(() => Object.assign(batch, more));
  save(NAME, batch);
}

/**
 * @param {string} id
 * @param {Partial<Row>} more
 */
const changeRow = (id, more) => change({ rows: batch.rows.map((row) => (row.id === id ? { ...row, ...more } : row)) });

/**
 * Adds the jobs of a file or of pasted text. Returns what to say of them in the language that is chosen: the `error` in one
 * sentence, or else a `remark`.
 * @param {string | Uint8Array} jobs
 * @param {string} name
 */
export function addJobs(jobs, name, file = '') {
  let { lang } = state;
  let read = readJobs(jobs, file);
  if (read.rows)
    change({
      name: batch.name || name,
      rows: [...batch.rows, ...read.rows.map((row) => ({ id: uuid(), left: false, ...row }))],
    });
  return () => {
    if (lang !== state.lang) ({ lang, read } = { lang: state.lang, read: readJobs(jobs, file) });
    return read.rows ? { remark: read.remarks.join(' ') } : { error: read.error };
  };
}

export const clearRows = () => change(EMPTY);
/**
 * Removes a row; it can be undone.
 * @param {Row} own
 */
export function removeRow(own) {
  const place = batch.rows.indexOf(own);
  const others = () => batch.rows.filter(({ id }) => id !== own.id);
  change({ rows: others() });
  update((s) => canUndo(s, () => change({ rows: others().toSpliced(place, 0, own) }), t('removed')));
}
/**
 * @param {string} id
 * @param {boolean} chosen
 */
export const chooseRow = (id, chosen) => changeRow(id, { left: !chosen });
/** @param {(row: Row) => boolean} chosen */
export const chooseRows = (chosen) => change({ rows: batch.rows.map((row) => ({ ...row, left: !chosen(row) })) });
/**
 * Changes requests of rows. An undo restores those that were not changed again since.
 * @param {(row: Row) => boolean} isChanged
 * @param {(body: RequestBody) => RequestBody} changed
 * @param {string} words
 */
function setBodies(isChanged, changed, words) {
  const changes = /** @type {Map<string, { before: RequestBody, after: string }>} */ (new Map()); // by rows' ids
  const rows = batch.rows.map((row) => {
    if (!isChanged(row)) return row;
    const body = changed(row.body);
    changes.set(row.id, { before: row.body, after: JSON.stringify(body) });
    return { ...row, body };
  });
  const restored = (/** @type {Row} */ row) => {
    const own = changes.get(row.id);
    return own?.after === JSON.stringify(row.body) ? { ...row, body: own.before } : row;
  };
  change({ rows });
  update((s) => canUndo(s, () => change({ rows: batch.rows.map(restored) }), words));
}

/**
 * @param {Row} own
 * @param {RequestBody} body
 */
export const setBody = (own, body) => setBodies(isRow(own), () => body, t('saved'));
/**
 * @param {Row} own
 * @param {Fix} fix
 */
export const applyFix = (own, { patch, label }) =>
  setBodies(isRow(own), (body) => core.applyFix(body, patch), asSentence(label));
/** @param {Row} own */
const isRow =
  ({ id }) =>
  (/** @type {Row} */ row) =>
    row.id === id;

/**
 * Sets one field of every row that is chosen and not sent.
 * @param {string} field
 * @param {unknown} value
 */
export function setForChosen(field, value) {
  const isChosen = (/** @type {Row} */ row) => !row.left && !isSent(row);
  const words = t('batch.was_set', { n: batch.rows.filter(isChosen).length });
  setBodies(isChosen, (body) => ({ ...body, [field]: value }), words);
}

const judged = new WeakMap(); // row → its result, and for which book, language and edition

/**
 * Check and price of a row.
 * @param {Row} row
 */
export function resultOf(row) {
  const { book, lang, table } = state;
  const known = judged.get(row);
  if (known?.book === book && known.lang === lang && known.table === table) return known.result;
  const result = judge(row.body, { media: row.media ?? undefined, book, lang });
  judged.set(row, { book, lang, table, result });
  return result;
}

/**
 * The newest attempt of a row, or undefined.
 * @param {Row} row
 */
export const recordOf = ({ id }) =>
  [...state.records.values()].filter((record) => record.row === id).sort((a, b) => b.at - a.at)[0];
/** @param {Row} row */
export const isSent = ({ id }) => attemptsOf(id, [...state.records.values()]).length > 0;
/** @param {Row} row */
const canBeSent = (row) => resultOf(row).report.accepted && !isSent(row);

/**
 * A row's state: `sent`, `fix`, `warning` or `accepted`.
 * @param {Row} row
 */
export function kindOfRow(row) {
  if (isSent(row)) return 'sent';
  const { report } = resultOf(row);
  if (!report.accepted) return 'fix';
  return report.findings.length ? 'warning' : 'accepted';
}

/**
 * @param {string} kind
 * @param {Row} row
 */
export const isOfKind = (kind, row) => kind === 'all' || kindOfRow(row) === kind;

export const toSend = () => batch.rows.filter((row) => !row.left && canBeSent(row));

/** @param {Row} row */
const lineOf = ({ name, body, media }) =>
  JSON.stringify({ ...(name ? { id: name } : {}), request: body, ...(media ? { media } : {}) });
/** @param {Row[]} rows */
const linesOf = (rows) => rows.map(lineOf).join('\n');
export const exportRows = () => linesOf(batch.rows);

/** @param {string} lines */
const planOf = (lines, more = {}) => ledger.plan(lines, { prices: state.book, lang: state.lang, ...more });

/** @typedef {{ min: string, max: string, open: number }} Total `open`: rows without a known maximum */
let last = /** @type {{ lines: string, book: PriceBook, table: Table, total: Total } | null} */ (null);

/**
 * The total of rows, by the ledger.
 * @param {Row[]} rows
 * @returns {Total}
 */
export function totalOf(rows) {
  const lines = linesOf(rows);
  if (last?.lines === lines && state.book === last.book && state.table === last.table) return last.total;
  const { best = '0', worst, no_maximum: without, unpriced } = planOf(lines).summary;
  const total = { min: best, max: worst ?? without?.others ?? '0', open: unpriced + (without?.jobs ?? 0) };
  last = { lines, book: state.book, table: state.table, total };
  return total;
}

/** What this project has cost so far, in the book's currency: the charge if known, else the quote. */
export function spentOf() {
  const name = batch.name || t('batch.pasted');
  const own = [...state.records.values()].filter((r) => projectOf(r) === name && r.state !== 'refused');
  const { currency } = state.book;
  const costs = own.map(({ charged, quoted }) => (charged?.currency === currency ? charged : quoted));
  return sumsOf(costs).get(currency) ?? '0';
}

/** Whether the budget cannot be compared with the prices, since the book has another currency by now. */
export const isOtherBudget = () => isAmount(batch.budget) && batch.currency !== state.book.currency;

/**
 * What these rows would leave of the budget, or null without one that can be compared.
 * @param {Row[]} rows
 */
export const leftOfBudget = (rows) =>
  isAmount(batch.budget) && !isOtherBudget()
    ? subtractAmounts(batch.budget, addAmounts(spentOf(), totalOf(rows).max))
    : null;

/** Chooses, in their order, the rows that the budget surely covers. */
export function chooseWhatFits() {
  const rows = batch.rows.filter(canBeSent);
  const left = subtractAmounts(batch.budget, spentOf());
  const { jobs } = left.startsWith('-') ? { jobs: [] } : planOf(linesOf(rows), { budget: left });
  const fitting = new Set(jobs.filter(({ fits }) => fits).map(({ line }) => rows[line - 1]));
  chooseRows((row) => fitting.has(row));
}

/**
 * How many jobs were sent just now by another attempt, and how many repeat one before them.
 * @param {Job[]} jobs
 */
export function repeatedOf(jobs) {
  const records = [...state.records.values()];
  const texts = jobs.map(({ text }) => text);
  return {
    sent: jobs.filter(({ text }) => recent(text, records).length).length,
    same: texts.filter((text, i) => texts.indexOf(text) < i).length,
  };
}

/**
 * The first finding to fix: an error, else a warning.
 * @param {Judged} judged
 */
export const firstFinding = ({ report }) => report.findings.find((f) => f.severity === 'error') ?? report.findings[0];

/**
 * A total in words: one amount, a range, or “at least” an amount.
 * @param {Total} total
 * @param {(amount: string) => string} money
 */
export function totalWordsOf({ min, max, open }, money) {
  const amount = open || !compareAmounts(min, max) ? money(open ? min : max) : `${money(min)} – ${money(max)}`;
  return open ? t('price.at_least', { amount }) : amount;
}
