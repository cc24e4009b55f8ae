// What the page of prices asks of a price book: its names, pasted prices, and what merging them would do.
import * as core from './core.js';
import { t } from './i18n.js';
import { mergePriceBooks } from './ledger.js';
import { state } from './state.js';

/** Names in the book that no route of the edition bills under. */
export const unbilledNames = () => core.readBook(state.book).warnings.map(({ name }) => name);

/**
 * Every billing name in the table, once, with its unit and the first route that bills under it.
 * @param {Table} table
 */
export const billingNames = (table) =>
  [
    ...new Map(
      table.routes
        .flatMap(({ route, unit, models }) =>
          models.flatMap((m) => m.billing_models.map((name) => ({ name, unit, route }))),
        )
        .reverse()
        .map((entry) => [entry.name, entry]),
    ).values(),
  ].reverse();

/** @param {Prices[string]} entry */
export const priceOf = (entry) => (typeof entry === 'object' && entry !== null ? entry.price : entry);

// A field of a line: in quotes, as spreadsheets write it, or up to a separator.
const FIELD = /"((?:[^"]|"")*)"|[^\s,;|"]+/g;

/** @param {string} line */
const fieldsOf = (line) => [...line.matchAll(FIELD)].map(([field, quoted]) => quoted?.replaceAll('""', '"') ?? field);

/**
 * Reads `name<tab, comma, semicolon, bar or spaces>price` lines from a console, a spreadsheet or a Markdown table. An error names
 * the line.
 * @param {string} text
 * @param {string} currency
 */
function readLines(text, currency) {
  /** @type {Record<string, string>} */
  const prices = {};
  for (const [at, line] of text.split('\n').entries()) {
    const [name, price, ...rest] = fieldsOf(line);
    // A heading, and the rule below it in Markdown, have no digit; a price has.
    const isHeading = at < 2 && !/\d/.test(line);
    if (name === undefined || isHeading) continue;
    const row = at + 1;
    if (price === undefined || rest.length) throw new Error(t('prices.bad_line', { row, line: line.trim() }));
    if (Object.hasOwn(prices, name)) throw new Error(t('prices.twice', { row, name }));
    prices[name] = price;
  }
  // There was nothing but headings.
  if (!Object.keys(prices).length) throw new Error(t('prices.bad_line', { row: 1, line: text.split('\n')[0].trim() }));
  return { currency, prices };
}

/**
 * A pasted book as the core reads it: `{ book }`, or `{ error }` in one sentence, or null for an empty text.
 * @param {string} text
 */
export function readPastedBook(text) {
  const trimmed = text.trim();
  if (!trimmed) return null;
  try {
    if (!trimmed.startsWith('{')) {
      const book = readLines(trimmed, state.book.currency);
      core.readBook(book, { lang: state.lang });
      return { book };
    }
    core.readBook(trimmed, { lang: state.lang }); // as text, in which the core sees duplicate names
    return { book: JSON.parse(trimmed) };
  } catch (error) {
    return { error: core.sentenceOf(error) };
  }
}

/** Are there prices, in use or set aside? */
export const hasPrices = () => Object.keys({ ...state.book.prices, ...state.setAside }).length > 0;

/** @typedef {{ book: PriceBook, added: number, changed: import('../pkg/ledger.js').PriceChange[], kept: number, error?: undefined }} MergePlan */

/**
 * What merging another book into this one would do: the new book and the changes; null if the currencies differ, `{ error }` if
 * they cannot be merged for another reason.
 * @param {PriceBook} pasted
 * @returns {MergePlan | { book?: undefined, error: string } | null}
 */
export function mergePlan(pasted) {
  if (hasPrices() && pasted.currency !== state.book.currency) return null;
  try {
    const { book, changes } = mergePriceBooks(state.book, pasted, { lang: state.lang });
    const changed = changes.filter(({ change }) => change !== 'added');
    const kept = Object.keys(state.book.prices).length - changed.length;
    return { book, added: changes.length - changed.length, changed, kept };
  } catch (error) {
    return { error: core.sentenceOf(error) };
  }
}
