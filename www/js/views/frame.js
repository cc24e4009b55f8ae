// Around the form: navigation, language, colours, the room for the pay bar.
import { at } from '../dom.js';
import { t } from '../i18n.js';
import { PAGES, ZONES } from '../pages.js';
import { state } from '../state.js';

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
