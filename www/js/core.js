// The package: the only place where rules, limits, prices and messages come from. Nothing else calls it, but for its ledger (ledger.js).

let pkg = /** @type {typeof import('../pkg/check.js')} */ (/** @type {unknown} */ (null)); // until loadCore()

/** The edition of the rules that requests are judged by; the package's own default until one is chosen. */
let edition;
export const chosenEdition = () => edition;

export async function loadCore() {
  const loaded = await import('../pkg/core.js');
  await loaded.init();
  pkg = /** @type {any} */ (loaded);
}

/** What the package says in one sentence where it throws. */
export const sentenceOf = (error) => (error instanceof Error ? error.message : String(error));

export const editions = () => pkg.editions();

/** Judges by this edition from now on, where the package has it, and gives its table. */
export function chooseEdition(name) {
  edition = editions().find((own) => own === name);
  return pkg.routes({ edition });
}

/** Report and quote of one body: everything that is asked of the core at a key press. */
export const judge = (body, book, options) => pkg.judge(body, book, { edition, ...options });

export const check = (body, options) => pkg.check(body, { edition, ...options });
export const applyFix = (body, patch) => pkg.applyFix(body, patch);
export const readBook = (source) => pkg.readPriceBook(source, { edition });
export const readCreateAnswer = (answer, status) => pkg.readCreateAnswer(answer, status);
export const readTaskAnswer = (answer, status) => pkg.readTaskAnswer(answer, status);
