// Where calls go and with whose key: the companion's, or one that the user typed.
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { API_ORIGIN, KEY_VARIABLE } from '../origins.js';
import { at } from '../dom.js';
import { check, chooseEdition, editions } from '../core.js';
import { isFilled } from '../draft.js';
import { importFormer } from '../former.js';
import { t } from '../i18n.js';
import { money } from '../money.js';
import { changeSettings } from '../others.js';
import { isSafeOrigin, mayConnect } from '../policy.js';
import { forgetKey, setKey } from '../secret.js';
import { save } from '../store.js';
import { state, update } from '../state.js';
import { amountField } from './amount.js';
import { rich } from './parts.js';
import { setAsideNote, told } from './notes.js';
import { isRefused, settle, textIn, typing } from './typed.js';

export function drawConnection() {
  if (state.view !== 'connection') return;
  const calls = state.companion
    ? [companionCard(state.companion), limit()]
    : [keyCard(), originCard(), limit(), whyCompanion()];
  render([...calls, rules(), look(), further()], at('connection'));
}

/** @param {Companion} companion */
const companionCard = (companion) => html`
  <section class="card">
    <h3>${t('companion.title')}</h3>
    <p>${t(companion.has_key ? 'companion.key' : 'companion.no_key')}</p>
    <dl class="pairs">
      <dt>${t('origin')}</dt>
      <dd><code>${companion.api_origin}</code></dd>
      ${companion.max_cost ? maxCost(companion.max_cost) : nothing}
    </dl>
    ${location.origin === companion.former_origin ? '' : former(companion)}
  </section>
`;

/** @param {Foreign} max */
const maxCost = (max) => html`
  <dt>${t('companion.max')}</dt>
  <dd class="num">${typeof max === 'object' ? `${max.amount} ${max.currency ?? ''}` : max}</dd>
`;

const keyCard = () => html`
  <section class="card">
    <h3>${t('key.title')}</h3>
    <p class="lead">${t('key.lead')}</p>
    ${state.key.held ? keyHeld() : keyForm()}
    <p class="hint">${t('key.safety')}</p>
  </section>
`;

const keyHeld = () => html`
  <p class="state ready">
    <span class="lamp"></span
    ><span
      >${t('key.held')} <code>sk_…${state.key.tail}</code> · ${t(state.key.remembered ? 'key.tab' : 'key.memory')}</span
    >
  </p>
  <button type="button" class="plain" id="forget" @click=${forgetKey}>${t('key.forget')}</button>
`;

/** @param {Companion} companion */
const former = (companion) => html`
  <p class="hint">${t('former.text', { origin: companion.former_origin })}</p>
  <button type="button" class="plain" id="former" @click=${() => importFormer(companion)}>${t('former.import')}</button>
`;

const keyForm = () => html`
  <form class="stack" @submit=${takeKey}>
    <label for="key">${t('key.label')}</label>
    <input id="key" type="password" autocomplete="off" spellcheck="false" placeholder="sk_…" />
    <label class="check"><input id="remember" type="checkbox" /> <span>${t('key.remember')}</span></label>
    <button type="submit" class="strong">${t('key.use')}</button>
  </form>
`;

/** @param {SubmitEvent} event */
function takeKey(event) {
  event.preventDefault();
  const input = at('key');
  if (!input.value.trim()) {
    input.focus();
    return;
  }
  setKey(input.value, at('remember').checked);
  input.value = '';
  update((s) => {
    if (['no-key', 'key'].includes(s.failure?.kind ?? '')) s.failure = null;
  });
}

function originCard() {
  const origin = state.settings.origin || API_ORIGIN;
  const note = isRefused('origin') ? 'origin.unsafe' : state.originNote;
  return html`
    <section class="card">
      <h3>${t('origin')}</h3>
      <div class="stack">
        <label for="origin">${t('origin.label')}</label>
        <input
          id="origin"
          type="text"
          inputmode="url"
          spellcheck="false"
          autocapitalize="off"
          .value=${textIn('origin', origin)}
          @input=${typing('origin')}
          @change=${settle('origin', takeOrigin)}
          aria-describedby="origin-hint"
          aria-invalid=${isRefused('origin')}
        />
        <p class="hint" id="origin-hint">${t('origin.hint')}</p>
        ${note ? html`<p class="warn-box" role="status">${t(note)}</p>` : nothing}
        ${isSafeOrigin(origin) && !mayConnect(origin) ? outsidePolicy(origin) : nothing}
      </div>
    </section>
  `;
}

/** @param {string} origin */
const outsidePolicy = (origin) =>
  html`<p class="finding error">${t('fail.policy', { origin })} ${t('fail.policy.next', { origin })}</p>`;

/**
 * Takes an origin as typed; a new one drops the key.
 * @param {string} text
 */
function takeOrigin(text) {
  const typed = text.replace(/\/+$/, '');
  if (typed && !isSafeOrigin(typed)) return false;
  const origin = typed ? new URL(typed).origin : '';
  if (origin === (state.settings.origin || API_ORIGIN)) {
    update({ originNote: null });
    return true;
  }
  const had = state.key.held;
  forgetKey();
  changeSettings({ origin: origin === API_ORIGIN ? '' : origin });
  update({ originNote: had ? 'origin.cleared' : null });
  return true;
}

/** A limit in another currency than the book's stays, and makes every Send ask, until a new one is typed. */
function limit() {
  const { limit: kept, limit_currency } = state.settings;
  const { currency } = state.book;
  const isOther = kept && limit_currency !== currency;
  const take = (/** @type {string} */ amount) => changeSettings({ limit: amount, limit_currency: currency });
  return html`
    <section class="card">
      <h3>${t('limit.title')}</h3>
      <div class="stack">
        <label for="limit">${t('limit.label', { currency })}</label>
        ${amountField('limit', isOther ? '' : kept, take, 'limit-hint')}
        <div id="limit-hint">
          ${
            isOther
              ? told('warning', t('limit.other_currency', { limit: money(kept, limit_currency) }))
              : html`<p class="hint">${t('limit.hint')}</p>`
          }
        </div>
      </div>
    </section>
  `;
}

const whyCompanion = () => html`
  <section class="card">
    <h3>${t('companion.offer')}</h3>
    <p>${t('companion.offer_text')}</p>
    <pre class="code" tabindex="0">${KEY_VARIABLE}=… seedance serve --open</pre>
  </section>
`;

/** The edition of the rules, and what each says of the draft. */
const rules = () => html`
  <section class="card">
    <h3><label for="edition-choice">${t('edition.title')}</label></h3>
    <select id="edition-choice" class="medium" aria-describedby="edition-hint" @change=${takeEdition}>
      ${editions().map(
        (name) => html`<option value=${name} ?selected=${name === state.table.edition}>${name}</option>`,
      )}
    </select>
    <p class="hint" id="edition-hint">${t('edition.hint')}</p>
    <div role="status">${setAsideNote()}</div>
    ${isFilled(state.draft, 'prompt') ? html`<p id="edition-differs" role="status">${differenceWords()}</p>` : nothing}
  </section>
`;

/** “Accepted in 2026-07, not accepted in 2026-09: …”: the draft's report by every edition. */
function differenceWords() {
  const words = editions().map((edition) => {
    const { findings, accepted } = check(state.result.body, { edition, lang: state.lang });
    if (accepted) return t('edition.accepted', { edition });
    return t('edition.not', { edition, reason: findings.find((f) => f.severity === 'error')?.message });
  });
  return rich(t('edition.draft', { list: words.join(t('edition.joint')) }));
}

/** @param {OnInput} event */
function takeEdition({ target }) {
  changeSettings({ edition: target.value });
  update({ table: chooseEdition(target.value) });
}

const THEMES = ['auto', 'light', 'dark'];

const look = () => html`
  <section class="card">
    <h3><label for="theme">${t('theme')}</label></h3>
    <select id="theme" class="medium" @change=${takeTheme}>
      ${THEMES.map((name) => html`<option value=${name} ?selected=${name === state.theme}>${t(`theme.${name}`)}</option>`)}
    </select>
  </section>
`;

/** @param {OnInput} event */
function takeTheme({ target }) {
  update({ theme: target.value });
  save('theme', state.theme);
}

/** The pages that a phone's tabs leave out. */
const further = () => html`
  <nav class="fixes further" aria-label=${t('nav.further')}>
    ${['batch', 'assets', 'prices']
      .filter((view) => !(/** @type {HTMLElement} */ (document.querySelector(`.nav a[href="#${view}"]`)).hidden))
      .map((view) => html`<a class="plain" href="#${view}">${t(`nav.${view}`)}</a>`)}
  </nav>
`;
