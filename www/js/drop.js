// Files and links that are dropped or pasted anywhere on the page.
import { SPEAKS_OF_KEY } from './keys.js';
import { ZONES } from './pages.js';
import { state } from './state.js';

/** @param {unknown} target */
const isText = (target) => target instanceof Element && target.matches('input, textarea, select');

/**
 * Reads what was dropped or pasted: the browser gives it only during the event.
 * @param {DataTransfer | null} data
 * @param {string | null} slot where it was dropped
 */
const read = (data, slot = null) => ({
  files: [...(data?.files ?? [])],
  text: data?.getData('text/uri-list') || data?.getData('text/plain') || '',
  slot,
});

/**
 * Words dragged into a field belong there, as everywhere; links and files are media.
 * @param {DragEvent} event
 */
const isOwnText = ({ target, dataTransfer }) =>
  isText(target) && !['Files', 'text/uri-list'].some((type) => dataTransfer?.types.includes(type));

/**
 * Whether a text for the prompt or a link is a request with a key, which the import takes out; a field would keep and send it.
 * @param {unknown} target
 * @param {string} text
 */
const isMisplaced = (target, text) =>
  target instanceof Element &&
  target.matches('#f-prompt, #tile-url') &&
  /\s.*:\/\//s.test(text.trim()) &&
  SPEAKS_OF_KEY.test(text);

/** @param {boolean} on */
const mark = (on) => document.documentElement.classList.toggle('dropping', on);

/** @param {(given: Dropped) => unknown} take */
export function watchDrops(take) {
  addEventListener('dragover', (event) => {
    if (isOwnText(event)) return mark(false);
    event.preventDefault();
    mark(ZONES.includes(state.view) && !isText(event.target));
  });
  addEventListener('dragleave', (event) => event.relatedTarget === null && mark(false));
  addEventListener('drop', (event) => {
    if (isOwnText(event)) return mark(false);
    event.preventDefault(); // a file dropped beside a list must not replace the page
    mark(false);
    if (!ZONES.includes(state.view)) return;
    const target = event.target instanceof Element ? event.target : null;
    take(read(event.dataTransfer, /** @type {HTMLElement} */ (target?.closest('[data-slot]'))?.dataset.slot));
  });
  addEventListener('paste', (event) => {
    const given = read(event.clipboardData);
    // Other text pasted into a field stays there; pasted files become media.
    const staysThere = isText(event.target) && !given.files.length && !isMisplaced(event.target, given.text);
    if (!ZONES.includes(state.view) || staysThere) return;
    event.preventDefault();
    take(given);
  });
}
