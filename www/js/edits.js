// Changes of the price book: by hand, or by an import that can be undone.
import { takeBook } from './book.js';
import { canUndo, state, update, withdraw } from './state.js';

/** The undos of imports. */
const imports = /** @type {WeakSet<Undo>} */ (new WeakSet());

/**
 * Drops the undos of imports, which would also take back what was changed in the book since.
 * @param {State} s
 */
export const withdrawUndo = (s) => withdraw(s, imports);

/**
 * @param {PriceBook} book
 * @param {string} at
 */
function takeEdited(book, at) {
  const isTaken = takeBook(book, at);
  if (isTaken) update(withdrawUndo);
  return isTaken;
}

/**
 * Sets or (with an empty text) removes one unit price.
 * @param {string} name
 * @param {string} price
 */
export function setPrice(name, price) {
  const prices = { ...state.book.prices };
  if (price) prices[name] = price;
  else delete prices[name];
  return takeEdited({ ...state.book, prices }, `price-${name}`);
}

/**
 * Sets `currency` or `as_of`.
 * @param {string} name
 * @param {string} value
 */
export function setBookMember(name, value) {
  const book = /** @type {PriceBook & Record<string, unknown>} */ ({ ...state.book, [name]: value });
  if (!value) delete book[name];
  return takeEdited(book, name);
}

/**
 * Replaces this book and what is set aside; it can be undone until the book is changed again by hand.
 * @param {PriceBook} book
 * @param {Prices} setAside
 * @param {string} words
 */
export function exchangeBook(book, setAside, words) {
  const before = { book: state.book, setAside: state.setAside };
  if (!takeBook(book)) return false;
  update((s) => {
    s.setAside = setAside;
    const restore = () => Object.assign(s, before);
    imports.add(restore);
    canUndo(s, restore, words);
  });
  return true;
}
