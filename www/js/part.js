// Parts of the page that are loaded when they are needed. One that does not come is told of in its place (`missing` in views/notes.js).
import { update } from './state.js';

/**
 * Loads a part and uses it; resolves with whether it came. Trying again imports again. Browsers from before the change of the HTML standard
 * in 2026 remember an import that failed: there only reloading the page helps, which is why the sentence speaks of it.
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} load
 * @param {(part: T) => unknown} [use]
 */
export async function loadPart(name, load, use) {
  let part;
  try {
    part = await load();
  } catch {
    update((s) => {
      s.missing.set(name, () => {
        update(() => s.missing.set(name, null));
        loadPart(name, load, use);
      });
    });
    return false;
  }
  use?.(part);
  update((s) => {
    s.missing.delete(name);
  });
  return true;
}
