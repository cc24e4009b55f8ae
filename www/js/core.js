// The package: the only place where rules, limits, prices and messages come from. Nothing else calls it, but for its ledger (ledger.js).

let pkg = /** @type {Core} */ (/** @type {unknown} */ (null)); // until loadCore()

/** The edition of the rules that requests are judged by; the package's own default until one is chosen. */
let edition = /** @type {import('../pkg/check.js').Edition | undefined} */ (undefined);
export const chosenEdition = () => edition;

export async function loadCore() {
  const loaded = await import('../pkg/core.js');
  await loaded.init();
  pkg = /** @type {any} */ (loaded);
}

/** What the package says in one sentence where it throws. */
export const sentenceOf = (/** @type {unknown} */ error) => (error instanceof Error ? error.message : String(error));

export const editions = () => pkg.editions();

/** Judges by this edition from now on, where the package has it, and gives its table. */
export function chooseEdition(/** @type {string | undefined} */ name) {
  edition = editions().find((own) => own === name);
  return pkg.routes({ edition });
}

/** Report and quote of one body: everything that is asked of the core at a key press. @type {Core['judge']} */
export const judge = (body, book, options) => pkg.judge(body, book, { edition, ...options });

/** @type {Core['check']} */
export const check = (body, options) => pkg.check(body, { edition, ...options });
/** @type {Core['applyFix']} */
export const applyFix = (body, patch) => pkg.applyFix(body, patch);
/** @type {Core['readPriceBook']} */
export const readBook = (source) => pkg.readPriceBook(source, { edition });
/** @type {Core['readCreateAnswer']} */
export const readCreateAnswer = (answer, status) => pkg.readCreateAnswer(answer, status);
/** @type {Core['readTaskAnswer']} */
export const readTaskAnswer = (answer, status) => pkg.readTaskAnswer(answer, status);
