// Which page is shown: the one that the address names.
import { at } from './dom.js';
import { state, update } from './state.js';

/** The pages. The three zones of the studio are one page; a narrow screen shows one zone at a time. */
export const PAGES = ['compose', 'batch', 'assets', 'prices', 'connection'];
export const ZONES = ['compose', 'queue', 'library'];
const VIEWS = [...new Set([...ZONES, ...PAGES])];

/** Whether the screen shows one zone at a time. */
export const narrow = matchMedia('(max-width: 1099px)');

/** The page that the address names. */
const named = () => location.hash.slice(1) || 'compose';

/** Shows the page that the address names; one that was not shown begins at its top. */
export function showNamed() {
  const view = named();
  if (!VIEWS.includes(view)) return;
  const isOther = view !== state.view;
  update({ view });
  if (isOther) for (const box of [window, at('compose-main')]) box.scrollTo(0, 0);
}

/**
 * Shows a page now, and names it in the address: a tab does nothing where the address has its name already.
 * @param {string} view
 */
export function goTo(view) {
  if (named() !== view) history.pushState(null, '', `#${view}`);
  showNamed();
}

/**
 * A link to a page shows it from its top, or at the control that the link names; the browser would look for an element of the
 * page's name and scroll to it.
 * @param {MouseEvent} event
 */
export function followLink(event) {
  const link = /** @type {HTMLAnchorElement} */ (/** @type {Element} */ (event.target).closest('a[href^="#"]'));
  const view = link?.getAttribute('href')?.slice(1) ?? '';
  const isForBrowser = event.altKey || event.ctrlKey || event.metaKey || event.shiftKey; // a new tab, a download
  if (!VIEWS.includes(view) || event.defaultPrevented || isForBrowser) return;
  event.preventDefault();
  goTo(view);
  at(link.dataset.at ?? '')?.focus();
}
