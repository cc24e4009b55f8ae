// The package's ledger: a module of its own of half a megabyte, which no first verdict waits for. It is loaded before it is asked.
import { chosenEdition } from './core.js';

let ledger = /** @type {typeof import('../pkg/ledger.js')} */ (/** @type {unknown} */ (null)); // until loadLedger()

export async function loadLedger() {
  const loaded = await import('../pkg/ledger.js');
  await loaded.init();
  ledger = /** @type {any} */ (loaded);
}

const judging = (options) => ({ edition: chosenEdition(), ...options });

export const convertForeign = (body) => ledger.convertForeign(body);
export const measureMedia = (file) => ledger.measureMedia(file);
export const mergePriceBooks = (book, other) => ledger.mergePriceBooks(book, other, judging());
export const plan = (lines, options) => ledger.plan(lines, judging(options));
export const readAssets = (answer, status) => ledger.readAssets(answer, status);
export const readLenient = (text, options) => ledger.readLenient(text, options);
export const readCatalog = (answer, options) => ledger.readCatalog(answer, judging(options));
export const readJobs = (text, name, options) => ledger.readJobs(text, name, options);
