// Locks between the tabs of one browser. Without them, every tab acts as if it were the only one.

/**
 * Does the work once no other tab holds the lock, and holds it meanwhile.
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export const alone = (name, work) => (navigator.locks ? navigator.locks.request(name, work) : work());

/**
 * Does the work if no tab holds the lock, else what `otherwise` says.
 * @param {string} name
 * @param {() => unknown} work
 * @param {() => unknown} otherwise
 */
export const ifFree = async (name, work, otherwise = () => {}) =>
  navigator.locks
    ? navigator.locks.request(name, { ifAvailable: true }, (lock) => (lock ? work() : otherwise()))
    : work();

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
