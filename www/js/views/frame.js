// Around the form: navigation, language, colours.
import { at } from '../dom.js';
import { t } from '../i18n.js';
import { state, update } from '../state.js';

/** The pages. The three zones of the studio are one page; a narrow screen shows one zone at a time. */
const PAGES = ['compose', 'batch', 'assets', 'prices', 'connection'];
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
  update((s) => {
    s.view = view;
  });
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
 * A link to a page shows it from its top; the browser would look for an element of that name and scroll to it.
 * @param {MouseEvent} event
 */
export function followLink(event) {
  const link = /** @type {Element} */ (event.target).closest('a[href^="#"]');
  const view = link?.getAttribute('href')?.slice(1) ?? '';
  const isForBrowser = event.altKey || event.ctrlKey || event.metaKey || event.shiftKey; // a new tab, a download
  if (!VIEWS.includes(view) || event.defaultPrevented || isForBrowser) return;
  event.preventDefault();
  goTo(view);
}

export function drawFrame() {
  const page = ZONES.includes(state.view) ? 'compose' : state.view;
  for (const view of PAGES) at(`view-${view}`).hidden = view !== page;
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll('.nav a'))) {
    if (link.hash === `#${state.view}`) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  at('app').dataset.view = state.view;
  at('developer').setAttribute('aria-checked', String(state.developer));
  document.documentElement.toggleAttribute('data-developer', state.developer);
  document.documentElement.dataset.theme = state.theme;
  for (const lang of ['en', 'zh']) at(`lang-${lang}`).setAttribute('aria-pressed', String(lang === state.lang));
  at('nav-key').classList.toggle('on', state.companion ? state.companion.has_key : state.key.held);
  at('edition').textContent = t('edition', { edition: state.result.report.edition });
}

/** On a narrow screen the pay bar covers the page's end; toasts and what is scrolled to have to stay clear of it. */
export function watchPay() {
  const measure = () => document.documentElement.style.setProperty('--pay-height', `${at('pay').offsetHeight}px`);
  new ResizeObserver(measure).observe(at('pay'));
  for (const fields of document.querySelectorAll('.fields'))
    fields.addEventListener('focusin', ({ target }) =>
      /** @type {Element} */ (target).scrollIntoView({ block: 'nearest' }),
    );
}
