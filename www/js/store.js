// Small things kept for the next visit: draft, price book, settings. The journal of tasks is in journal.js.
import { update } from './state.js';

const PREFIX = 'seedance.';

/**
 * Reads a value; undefined when there is none or storage is blocked.
 * @param {string} name
 */
export function load(name) {
  try {
    const text = localStorage.getItem(PREFIX + name);
    return text === null ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Keeps a value; shows if the browser refuses.
 * @param {string} name
 * @param {unknown} value
 */
export function save(name, value) {
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch (error) {
    storageTrouble(error);
  }
}

/**
 * Shows whether storage is full or blocked; the form goes on.
 * @param {unknown} error
 */
export function storageTrouble(error) {
  const kind = error instanceof DOMException && error.name === 'QuotaExceededError' ? 'full' : 'blocked';
  update({ storage: kind });
}
