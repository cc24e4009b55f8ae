// Locks between the tabs of one browser. Without them, every tab acts as if it were the only one.

/** The browser's locks; null if it has none, or refuses them because it blocks the site's data. */
async function usableLocks() {
  try {
    await navigator.locks.query();
    return navigator.locks;
  } catch {
    return null;
  }
}

let asked = /** @type {ReturnType<typeof usableLocks> | null} */ (null);
export const locks = () => (asked ??= usableLocks());

/**
 * Does the work once no other tab holds the lock, and holds it meanwhile.
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function alone(name, work) {
  const usable = await locks();
  return usable ? usable.request(name, work) : work();
}

/**
 * Does the work if no tab holds the lock, else what `otherwise` says.
 * @param {string} name
 * @param {() => unknown} work
 * @param {() => unknown} otherwise
 */
export async function ifFree(name, work, otherwise = () => {}) {
  const usable = await locks();
  return usable ? usable.request(name, { ifAvailable: true }, (lock) => (lock ? work() : otherwise())) : work();
}

/**
 * Makes one tab after the other the one that `act`s for all: each holds the lock until it goes away.
 * @param {string} name
 * @param {() => unknown} act
 */
export const lead = (name, act) =>
  alone(name, () => {
    act();
    return new Promise(() => {});
  });
