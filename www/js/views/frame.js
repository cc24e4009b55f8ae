// Around the form: navigation, title, language, notes and banners.
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { at } from '../dom.js';
import { t } from '../i18n.js';
import { state, undo, update } from '../state.js';
import { missing, rich } from './parts.js';
import { titleText } from './pay.js';

/** Pages of their own; the three zones of the studio are one page, of which a narrow screen shows one zone. */
const PAGES = ['compose', 'batch', 'assets', 'prices', 'connection'];
export const ZONES = ['compose', 'queue', 'library'];
export const VIEWS = [...new Set([...ZONES, ...PAGES])];

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
  document.title = titleText();
  document.documentElement.dataset.theme = state.theme;
  for (const lang of ['en', 'zh']) at(`lang-${lang}`).setAttribute('aria-pressed', String(lang === state.lang));
  at('nav-key').classList.toggle('on', state.companion ? state.companion.has_key : state.key.held);
  at('edition').textContent = t('edition', { edition: state.result.report.edition });
  render(
    [
      state.storage === 'ok' ? nothing : html`<p class="banner">${t(`storage.${state.storage}`)}</p>`,
      missing('styles'),
      missing('language'),
    ],
    at('banners'),
  );
  render(state.toast ? note(state.toast) : nothing, at('toast'));
  expireNote();
}

const clearNote = () =>
  update((s) => {
    s.toast = null;
  });

const note = ({ words, undo: undoable = false }) => html`
  <span>${rich(words)}</span>
  ${undoable && state.undo.length ? html`<button type="button" class="link" @click=${undo}>${t('undo')}</button>` : nothing}
  <button type="button" class="link" aria-label=${t('dismiss')} @click=${clearNote}>×</button>
`;

/** A note with its undo leaves by itself; the shortcut stays. */
const NOTE_MS = 10_000;
let leaving = 0;
/** @type {typeof state.toast} */
let seen = null;
function expireNote() {
  if (state.toast === seen) return;
  seen = state.toast;
  clearTimeout(leaving);
  if (seen) leaving = setTimeout(clearNote, NOTE_MS);
}

/** On a narrow screen the pay bar lies over the page's end: notes stand above it, and what is scrolled to stays clear of it. */
export function watchPay() {
  const measure = () => document.documentElement.style.setProperty('--pay-height', `${at('pay').offsetHeight}px`);
  new ResizeObserver(measure).observe(at('pay'));
  for (const fields of document.querySelectorAll('.fields'))
    fields.addEventListener('focusin', ({ target }) =>
      /** @type {Element} */ (target).scrollIntoView({ block: 'nearest' }),
    );
}
