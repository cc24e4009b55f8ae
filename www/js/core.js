// The package, the only source of rules, limits, prices and messages. Only this module calls it (and ledger.js its ledger).

let pkg = /** @type {Core} */ (/** @type {unknown} */ (null)); // until loadCore()
let routes = /** @type {typeof import('../pkg/routes.js').routes} */ (/** @type {unknown} */ (null)); // until loadCore()

/** The edition of the rules that requests are judged by; the package's own default until one is chosen. */
let edition = /** @type {import('../pkg/check.js').Edition | undefined} */ (undefined);
export const chosenEdition = () => edition;

export async function loadCore() {
  const [loaded, table] = await Promise.all([import('../pkg/core.js'), import('../pkg/routes.js')]);
  await loaded.init();
  pkg = /** @type {any} */ (loaded);
  routes = table.routes;
}

/** The sentence of an error that the package throws. */
export const sentenceOf = (/** @type {unknown} */ error) => (error instanceof Error ? error.message : String(error));

export const editions = () => pkg.editions();

/** Judges by this edition from now on, if there is one, and returns its table. */
export function chooseEdition(/** @type {string | undefined} */ name) {
  edition = editions().find((own) => own === name);
  return routes({ edition });
}

/** Report and quote of one body: everything that is asked of the core at a key press. @type {Core['judge']} */
export const judge = (body, book, options) => pkg.judge(body, book, { edition, ...options });

/** @type {Core['check']} */
export const check = (body, options) => pkg.check(body, { edition, ...options });
/** @type {Core['applyFix']} */
export const applyFix = (body, patch) => pkg.applyFix(body, patch);
/** @type {Core['readPriceBook']} */
export const readBook = (source, options) => pkg.readPriceBook(source, { edition, ...options });
/** @type {Core['readCreateAnswer']} */
export const readCreateAnswer = (answer, status) => pkg.readCreateAnswer(answer, status);
/** @type {Core['readTaskAnswer']} */
export const readTaskAnswer = (answer, status) => pkg.readTaskAnswer(answer, status);
