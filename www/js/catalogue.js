// The platform's list prices, fetched through the companion when the user asks.
import { messageOf } from './answers.js';
import { CallError, call, jsonOf } from './api.js';
import { readCatalog } from './ledger.js';
import { state } from './state.js';

const PATH = '/api/openapi/model/catalog';

/** The catalogue's bytes, if they can be read. */
export async function fetchCatalogue() {
  const { status, bytes } = await call(PATH);
  if (status < 400 && read(bytes)) return bytes;
  throw new CallError('catalogue', { status, message: messageOf(jsonOf(bytes)) ?? '' });
}

/**
 * The list prices as a book, names left out with why, and kept names that no route bills under; null for anything else.
 * @param {Uint8Array} answer
 */
export function read(answer) {
  try {
    return readCatalog(answer, { asOf: new Date().toLocaleDateString('sv'), lang: state.lang });
  } catch {
    return null;
  }
}
