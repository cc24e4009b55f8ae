// The package, the only source of rules, limits, prices and messages. Only this module calls it (and ledger.js its ledger).

let pkg = /** @type {Core} */ (/** @type {unknown} */ (null)); // until loadCore()
let tables = /** @type {Record<string, string>} */ ({}); // until loadCore()

/** The edition of the rules that requests are judged by; the package's own default until one is chosen. */
let edition = /** @type {import('../pkg/check.js').Edition | undefined} */ (undefined);
export const chosenEdition = () => edition;

export async function loadCore() {
  const [loaded, { TABLES }] = await Promise.all([import('../pkg/check.js'), import('../pkg/table.js')]);
  await loaded.init();
  pkg = /** @type {any} */ (loaded);
  tables = TABLES;
}

/** The sentence of an error that the package throws. */
export const sentenceOf = (/** @type {unknown} */ error) => (error instanceof Error ? error.message : String(error));

export const editions = () => pkg.editions();

/** Judges by this edition from now on, if there is one, and returns its table. */
export function chooseEdition(/** @type {string | undefined} */ name) {
  edition = editions().find((own) => own === name);
  return /** @type {Table} */ (JSON.parse(tables[check({}).edition])); // a report names the edition in force
}

/** Report and quote of one body: everything that is asked of the core at a key press. @type {Core['judge']} */
export const judge = (body, book, options) => pkg.judge(body, book, { edition, ...options });

/** @type {Core['check']} */
export const check = (body, options) => pkg.check(body, { edition, ...options });
/** @type {Core['applyFix']} */
export const applyFix = (body, patch) => pkg.applyFix(body, patch);
/** @type {Core['readPriceBook']} */
export const readBook = (source, options) => pkg.readPriceBook(source, { edition, ...options });
