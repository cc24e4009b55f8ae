// The price book: read by the core, kept in this browser, never guessed.
import * as core from './core.js';
import { load, save } from './store.js';
import { state, update } from './state.js';

/** The book kept here; else the companion's; else an empty one. */
export function restoreBook(fromCompanion) {
  const kept = load('book');
  const book = kept ?? fromCompanion;
  if (book) takeBook(book, { keep: false });
}

/** Takes a book that the core can read; else keeps the old one and shows the core's sentence. */
export function takeBook(source, { keep = true } = {}) {
  try {
    const book = typeof source === 'string' ? JSON.parse(checkText(source)) : source;
    const { warnings } = core.readBook(source);
    update((s) => {
      s.book = book;
      s.bookWarnings = warnings;
      s.bookError = null;
    });
    if (keep) save('book', book);
    return true;
  } catch (error) {
    update((s) => {
      s.bookError = error.message;
    });
    return false;
  }
}

/** The core reads the text first: its sentence names the entry, and it sees names that stand twice. */
function checkText(text) {
  core.readBook(text);
  return text;
}

/** Sets or (with an empty text) drops one unit price. */
export function setPrice(name, price) {
  const prices = { ...state.book.prices };
  if (price) prices[name] = price;
  else delete prices[name];
  return takeBook({ ...state.book, prices });
}

/** Sets `currency` or `as_of`. */
export function setBookMember(name, value) {
  const book = { ...state.book, [name]: value };
  if (!value) delete book[name];
  return takeBook(book);
}

/** Every billing name that the table can produce, with its unit. */
export const billingNames = (table) =>
  table.routes.flatMap((route) =>
    route.models.flatMap((m) => m.billing_models.map((name) => ({ name, unit: route.unit, route: route.route }))),
  );

export const priceOf = (entry) => (typeof entry === 'object' && entry !== null ? entry.price : entry);
