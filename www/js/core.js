// The package: the only place where rules, limits, prices and messages come from.
let pkg = null;

/** Loads the package and gives its table. */
export async function loadCore() {
  const loaded = await import('../pkg/form.js');
  await loaded.init();
  pkg = loaded;
  return loaded.routes();
}

export const check = (...args) => pkg.check(...args);
export const quote = (...args) => pkg.quote(...args);
export const compare = (...args) => pkg.compare(...args);
export const applyFix = (...args) => pkg.apply_fix(...args);
export const readBook = (...args) => pkg.read_price_book(...args);
export const readCreateAnswer = (...args) => pkg.read_create_answer(...args);
export const readTaskAnswer = (...args) => pkg.read_task_answer(...args);
