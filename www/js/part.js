// Parts of the page that are loaded when needed. If one fails, the page says so in its place (`missing` in views/notes.js).
import { update } from './state.js';

/**
 * Loads a part and uses it; resolves with whether it was loaded. Trying again imports again, but browsers older than the HTML
 * standard's change in 2026 remember a failed import: only reloading the page helps there, as the message says.
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
