// Files and links that are dropped or pasted anywhere on the page.
import { addLinks } from './place.js';
import { takeFiles } from './upload.js';
import { state, update } from './state.js';
import { ZONES } from './views/frame.js';

/** @param {DataTransfer | null} data */
const files = (data) => [...(data?.files ?? [])];
/** @param {DataTransfer | null} data */
const text = (data) => data?.getData('text/uri-list') || data?.getData('text/plain') || '';
/** @param {unknown} target */
const isText = (target) => target instanceof Element && target.matches('input, textarea, select');

/**
 * Takes what was given: files are uploaded, links added, into the tile that was hit or where their kind belongs.
 * @param {DataTransfer | null} data
 * @param {string | null} slot
 */
function take(data, slot) {
  const given = files(data);
  if (given.length) takeFiles(given, slot);
  else if (!addLinks(text(data), slot)) return false;
  update((s) => {
    s.view = 'compose';
  });
  return true;
}

/** @param {boolean} on */
const mark = (on) => document.documentElement.classList.toggle('dropping', on);

export function watchDrops() {
  addEventListener('dragover', (event) => mark(ZONES.includes(state.view) && !isText(event.target)));
  addEventListener('dragleave', (event) => event.relatedTarget === null && mark(false));
  addEventListener('drop', (event) => {
    mark(false);
    if (!ZONES.includes(state.view)) return;
    const target = event.target instanceof Element ? event.target : null;
    take(event.dataTransfer, /** @type {HTMLElement} */ (target?.closest('[data-slot]'))?.dataset.slot ?? null);
  });
  addEventListener('paste', (event) => {
    if (!ZONES.includes(state.view) || (isText(event.target) && !pastesFiles(event))) return;
    if (take(event.clipboardData, null)) event.preventDefault();
  });
}

/**
 * A picture that is pasted into the prompt has no place there; text has.
 * @param {ClipboardEvent} given
 */
const pastesFiles = ({ clipboardData }) => files(clipboardData).length > 0;
