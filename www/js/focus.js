// Keeps the keyboard's focus close by when what has it goes away, such as a fix that was applied or a row that was removed.
import { onChange } from './state.js';

/** Where the focus may go: a place that takes it, else a control; never Generate, which a further press of Enter would press. */
const PLACES = '[tabindex], a[href], button:not(:disabled, #send), input:not(:disabled), select, textarea, summary';

/** Whether the user works by keyboard, and what has the focus, with all that it is in, from the inside out. */
let byKeys = false;
let path = /** @type {Element[]} */ ([]);

/** @param {Event} event */
function remember(event) {
  path = /** @type {Element[]} */ (event.composedPath().filter((node) => node instanceof Element));
}

export function keepFocus() {
  addEventListener('focusin', remember);
  addEventListener('keydown', (event) => {
    byKeys = true;
    remember(event);
  });
  addEventListener('pointerdown', () => {
    byKeys = false;
  });
  onChange(restore);
}

function restore() {
  if (!byKeys || !path.length || path[0].isConnected || document.activeElement !== document.body) return;
  const place = path
    .filter((node) => node.isConnected)
    .map(placeIn)
    .find(Boolean);
  /** @type {HTMLElement | undefined} */ (place)?.focus();
}

/** @param {Element} node */
const placeIn = (node) =>
  [node, ...node.querySelectorAll(PLACES)].find((found) => found.matches(PLACES) && found.checkVisibility());
