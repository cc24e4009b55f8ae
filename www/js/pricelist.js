// What is done with a price book on its own page: its names, pasted prices, merging, exchanging.
import { takeBook } from './book.js';
import * as core from './core.js';
import { t } from './i18n.js';
import { compareAmounts, isAmount } from './money.js';
import { beforeChange, state, update } from './state.js';

/** Names in the book that no route of the edition bills under. */
export const unbilledNames = () => core.readBook(state.book).warnings.map(({ name }) => name);

/** Sets `currency` or `as_of`. */
export function setBookMember(name, value) {
  const book = { ...state.book, [name]: value };
  if (!value) delete book[name];
  return takeBook(book, name);
}

/** Every billing name that the table can produce, once, with its unit and the first route that bills under it. */
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

export const priceOf = (entry) => (typeof entry === 'object' && entry !== null ? entry.price : entry);

// A field of a line: in quotes, as spreadsheets write it, or up to what separates fields.
const FIELD = /"((?:[^"]|"")*)"|[^\s,;"]+/g;

const fieldsOf = (line) => [...line.matchAll(FIELD)].map(([field, quoted]) => quoted?.replaceAll('""', '"') ?? field);

/**
 * `name<tab, comma, semicolon or spaces>price` a line, as a console or a spreadsheet has it. Throws a sentence naming the line.
 * @param {string} text
 * @param {string} currency
 */
function readLines(text, currency) {
  /** @type {Record<string, string>} */
  const prices = {};
  for (const [at, line] of text.split('\n').entries()) {
    const [name, price, ...rest] = fieldsOf(line);
    if (name === undefined) continue;
    const row = at + 1;
    if (price === undefined || rest.length) throw new Error(t('prices.bad_line', { row, line: line.trim() }));
    if (Object.hasOwn(prices, name)) throw new Error(t('prices.twice', { row, name }));
    prices[name] = price;
  }
  return { currency, prices };
}

/** A pasted book as the core reads it: `{ book }`, or `{ error }` in one sentence, or null for an empty text. */
export function readPastedBook(text) {
  const trimmed = text.trim();
  if (!trimmed) return null;
  try {
    if (!trimmed.startsWith('{')) {
      const book = readLines(trimmed, state.book.currency);
      core.readBook(book);
      return { book };
    }
    core.readBook(trimmed); // as text: the core sees names that stand twice, and names the entry
    return { book: JSON.parse(trimmed) };
  } catch (error) {
    return { error: core.sentenceOf(error) };
  }
}

/** 0.30 and 0.3 are one price. */
const isEqual = (a, b) => {
  const [x, y] = [String(a), String(b)];
  return x === y || (isAmount(x) && isAmount(y) && compareAmounts(x, y) === 0);
};

/** What merging would do: the merged book, and the names that it adds, changes, leaves as they are, and does not mention. */
export function mergePlan(book, pasted) {
  const names = Object.keys(pasted.prices);
  const had = names.filter((name) => name in book.prices);
  const same = had.filter((name) => isEqual(priceOf(book.prices[name]), priceOf(pasted.prices[name])));
  return {
    merged: { ...book, ...pasted, prices: { ...book.prices, ...pasted.prices } },
    possible: pasted.currency === book.currency || !Object.keys(book.prices).length,
    added: names.filter((name) => !had.includes(name)),
    changed: had.filter((name) => !same.includes(name)),
    kept: Object.keys(book.prices).filter((name) => !names.includes(name) || same.includes(name)),
  };
}

/** Puts another book in place of this one; it can be undone. */
export function exchangeBook(book, words) {
  const before = state.book;
  if (!takeBook(book)) return false;
  update((s) => beforeChange(s, { book: before }, words));
  return true;
}
