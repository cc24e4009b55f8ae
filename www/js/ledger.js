// The package's ledger: a module of half a megabyte that the first check need not wait for. Load it before use.
import { CallError } from './api.js';
import { chosenEdition } from './core.js';

let ledger = /** @type {Ledger} */ (/** @type {unknown} */ (null)); // until loadLedger()

export async function loadLedger() {
  const loaded = await import('../pkg/ledger.js');
  await loaded.init();
  ledger = /** @type {any} */ (loaded);
}

/** Loads it before a call whose response it has to read. */
export const needLedger = () =>
  loadLedger().catch(() => {
    throw new CallError('part');
  });

/**
 * @template {object | null | undefined} T
 * @param {T} [options]
 */
const judging = (options) => ({ edition: chosenEdition(), .../** @type {T} */ (options) });

/** @type {Ledger['convertForeign']} */
export const convertForeign = (body) => ledger.convertForeign(body);
/** @type {Ledger['measureMedia']} */
export const measureMedia = (file) => ledger.measureMedia(file);
/** @type {Ledger['mergePriceBooks']} */
export const mergePriceBooks = (book, other, options) => ledger.mergePriceBooks(book, other, judging(options));
/** @type {Ledger['plan']} */
export const plan = (lines, options) => ledger.plan(lines, judging(options));
/** @type {Ledger['readAssets']} */
export const readAssets = (answer, status) => ledger.readAssets(answer, status);
/** @type {Ledger['readCreateAnswer']} */
export const readCreateAnswer = (answer, status) => ledger.readCreateAnswer(answer, status);
/** @type {Ledger['readTaskAnswer']} */
export const readTaskAnswer = (answer, status) => ledger.readTaskAnswer(answer, status);
/** @type {Ledger['readLenient']} */
export const readLenient = (text, options) => ledger.readLenient(text, options);
/** @type {Ledger['readCatalog']} */
export const readCatalog = (answer, options) => ledger.readCatalog(answer, judging(options));
/** @type {Ledger['readJobs']} */
export const readJobs = (text, name, options) => ledger.readJobs(text, name, judging(options));
