// The price book: read by the core, kept in this browser, never guessed.
import * as core from './core.js';
import { load, save } from './store.js';
import { state, update } from './state.js';

/** The book kept here; else the companion's; else an empty one. */
export function restoreBook(fromCompanion) {
  const book = load('book') ?? fromCompanion;
  if (book) takeBook(book);
  kept = state.book;
}

/** The book as it was restored or kept last: a companion's book is not kept here until it is changed. */
let kept = /** @type {any} */ (null);

/** Keeps the book where it was changed, be it by an undo. */
export function keepBook() {
  if (state.book === kept) return;
  kept = state.book;
  save('book', kept);
}

/** Takes a book that the core can read; else leaves the old one and shows the core's sentence at `at`. */
export function takeBook(book, at = 'paste') {
  try {
    core.readBook(book);
  } catch (error) {
    update((s) => {
      s.bookError = { at, words: core.sentenceOf(error) };
    });
    return false;
  }
  update((s) => {
    s.book = book;
    s.bookError = null;
  });
  return true;
}

/** Sets or (with an empty text) removes one unit price. */
export function setPrice(name, price) {
  const prices = { ...state.book.prices };
  if (price) prices[name] = price;
  else delete prices[name];
  return takeBook({ ...state.book, prices }, `price-${name}`);
}
