// The price book: read by the core, kept in this browser, never guessed.
import * as core from './core.js';
import { load, save } from './store.js';
import { state, update } from './state.js';

/**
 * Loads the book kept here, else the companion's, else an empty one.
 * @param {PriceBook | undefined} fromCompanion
 */
export function restoreBook(fromCompanion) {
  const book = load('book') ?? fromCompanion;
  if (book && takeBook({ ...book, prices: {} })) state.book = book; // refused entries do not matter: they are set aside
  divideBook();
  kept = whole;
}

/** The book including the entries set aside; and its last division, with the table used. */
let whole = state.book;
let divided = /** @type {Partial<Pick<State, 'book' | 'setAside' | 'table'>>} */ ({});

/** Sets aside entries that the chosen edition refuses, such as a price by another unit, and takes back all others. */
export function divideBook() {
  const { book, setAside, table } = state;
  const changed = book !== divided.book || setAside !== divided.setAside;
  if (changed) whole = { ...book, prices: { ...setAside, ...book.prices } };
  if (!changed && table === divided.table) return;
  const division = divisionOf(whole);
  divided = { ...division, table };
  Object.assign(state, division);
}

/** @param {PriceBook} book */
function divisionOf(book) {
  if (!errorOf(book)) return { book, setAside: {} };
  const entries = Object.entries(book.prices);
  const taken = new Set(entries.filter((entry) => !errorOf({ ...book, prices: Object.fromEntries([entry]) })));
  const prices = Object.fromEntries([...taken]);
  return { book: { ...book, prices }, setAside: Object.fromEntries(entries.filter((entry) => !taken.has(entry))) };
}

/**
 * Why the core does not take a book, in the language that is chosen; empty if it does.
 * @param {PriceBook} book
 */
function errorOf(book) {
  try {
    core.readBook(book, { lang: state.lang });
    return '';
  } catch (error) {
    return core.sentenceOf(error);
  }
}

/** The whole book as last restored or kept: the companion's is not kept here until it is changed. */
let kept = whole;

/** Keeps the book if it was changed, be it by an undo. */
export function keepBook() {
  if (whole === kept) return;
  kept = whole;
  save('book', kept);
}

/**
 * Takes a book that the core can read; else leaves the old one and shows the core's error at `at`.
 * @param {PriceBook} book
 */
export function takeBook(book, at = 'paste') {
  const words = () => errorOf(book);
  const isWrong = Boolean(words());
  update((s) => {
    if (!isWrong) s.book = book;
    s.bookError = isWrong ? { at, words } : null;
  });
  return !isWrong;
}
