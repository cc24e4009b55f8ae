// The sheet of models: every model as a card, with what it would cost and leave out for this draft, in three groups.
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { repeat } from '../../vendor/lit-html/directives/repeat.js';
import { at } from '../dom.js';
import { listOf, t } from '../i18n.js';
import { priceText, priceWords, secondsText } from '../price.js';
import { byPrice, compareAll } from '../compare.js';
import { chooseModel, state, update } from '../state.js';
import { takesWords } from './fields.js';
import { countWords, rich } from './parts.js';

const GROUPS = ['all', 'loss', 'no'];

/** Drawn in the next frame, once for all changes until then. */
let frame = 0;
export function drawModels() {
  frame ||= requestAnimationFrame(() => {
    frame = 0;
    drawNow();
  });
}

function drawNow() {
  const candidates = compareAll(state).sort(ORDERS[state.sort]);
  const counts = { all: candidates.length, n: candidates.filter(({ group }) => group === 'all').length };
  at('model-fit').textContent = state.draft.prompt ? t('models.fit', counts) : '';
  if (at('sheet').open) render(sheet(candidates), at('sheet'));
}

export function openModels() {
  at('sheet').showModal();
  at('sheet').onclick = (/** @type {Event} */ { target }) => target === at('sheet') && at('sheet').close(); // on the backdrop
  drawNow();
  at('sheet').querySelector('.current')?.focus({ preventScroll: true });
}

/** @param {Candidate} candidate */
const secondsOf = ({ quote }) =>
  quote.unit === 'second' ? leastOf('quantity' in quote ? quote.quantity : Infinity) : 0;
/** @param {Quantity} quantity */
const leastOf = (quantity) => (typeof quantity === 'number' ? quantity : quantity.min);

/** The sort orders, which apply within groups. @type {Record<string, (a: Candidate, b: Candidate) => number>} */
const ORDERS = {
  price: byPrice,
  model: (a, b) => a.model.localeCompare(b.model),
  seconds: (a, b) => secondsOf(a) - secondsOf(b),
};

/** Which models are shown. @type {Record<string, (candidate: Candidate) => boolean>} */
const FILTERS = {
  every: () => true,
  all: ({ group }) => group === 'all',
  second: ({ entry }) => entry.route.unit === 'second',
  task: ({ entry }) => entry.route.unit === 'task',
  'million-tokens': ({ entry }) => entry.route.unit === 'million-tokens',
};

/** @param {Candidate[]} candidates */
function sheet(candidates) {
  const shown = candidates.filter(FILTERS[state.only]);
  const of = (/** @type {string} */ group) => shown.filter((candidate) => candidate.group === group);
  return html`
    <header class="sheet-head">
      <h2 id="sheet-title">${t('models.title')}</h2>
      <button type="button" class="icon" aria-label=${t('close')} @click=${() => at('sheet').close()}>×</button>
      <p class="hint" id="models-summary">${summary(candidates)}</p>
      <div class="switch" role="group" aria-label=${t('models.filter')}>
        ${Object.keys(FILTERS).map((name) => filter(name, candidates.filter(FILTERS[name]).length))}
      </div>
      <label class="order"
        ><span class="visually-hidden">${t('models.order')}</span>
        <select id="models-order" @change=${(/** @type {OnInput} */ event) => set('sort', event.target.value)}>
          ${Object.keys(ORDERS).map(
            (name) => html`<option value=${name} ?selected=${name === state.sort}>${t(`order.${name}`)}</option>`,
          )}
        </select></label
      >
    </header>
    ${GROUPS.map((group) => cardsOf(group, of(group)))}
  `;
}

/** @param {Candidate[]} candidates */
const summary = (candidates) => {
  const many = (/** @type {string} */ name) => candidates.filter(({ group }) => group === name).length;
  return t('compare.summary', { all: candidates.length, n: many('all'), some: many('loss') });
};

/**
 * @param {'sort' | 'only'} name
 * @param {string} value
 */
const set = (name, value) => update({ [name]: value });

/**
 * @param {string} name
 * @param {number} n
 */
const filter = (name, n) => (n || name === 'all' ? filterButton(name, n) : nothing);

/**
 * @param {string} name
 * @param {number} n
 */
const filterButton = (name, n) => html`
  <button type="button" aria-pressed=${String(name === state.only)} @click=${() => set('only', name)}>
    ${t(`only.${name}`)} <span class="num">${n}</span>
  </button>
`;

/**
 * @param {string} group
 * @param {Candidate[]} candidates
 */
function cardsOf(group, candidates) {
  if (!candidates.length) return nothing;
  return html`
    <section data-group=${group} aria-labelledby="models-${group}">
      <h3 id="models-${group}">${t(`compare.${group}`, { n: candidates.length })}</h3>
      <div class="cards">${repeat(candidates, (candidate) => candidate.model, card)}</div>
    </section>
  `;
}

/** @param {string} model */
function choose(model) {
  at('sheet').close();
  if (model !== state.draft.model) chooseModel(model);
  at('f-model').focus();
}

/** @param {Candidate} candidate */
function card(candidate) {
  const { model, group, entry } = candidate;
  const current = model === state.draft.model;
  return html`
    <button
      type="button"
      class="model-card ${group} ${current ? 'current' : ''}"
      data-model=${model}
      aria-pressed=${String(current)}
      @click=${() => choose(model)}
    >
      <span class="card-title"><b>${model}</b> ${current ? currentTag() : nothing}</span>
      <span class="hint">${entry.route.title[state.lang]} · ${takesWords(entry)}</span>
      ${remarks(candidate).map((words) => html`<span class="reason">${words}</span>`)}
      ${group === 'no' ? nothing : price(candidate)}
    </button>
  `;
}

const currentTag = () => html`<span class="tag strong-tag">${t('compare.current')}</span>`;

/**
 * The price for this draft, and the billable seconds or the unit.
 * @param {Candidate} candidate
 */
function price({ quote, entry }) {
  const known = priceWords(quote).formula;
  return html`<span class="card-price">
    <b class="num ${known ? '' : 'unknown'}">${priceText(quote)}</b>
    <span class="num seconds">${secondsText(quote) || t(`unit.${entry.route.unit}`)}</span>
  </span>`;
}

/**
 * What the model would leave out, and its warnings; if it refuses, its first error.
 * @param {Candidate} candidate
 */
function remarks({ group, losses, findings }) {
  const said = (/** @type {string} */ severity) =>
    findings.filter((f) => f.severity === severity).map((f) => rich(f.message));
  if (group === 'no') return said('error').slice(0, 1);
  return [...(losses.length ? [withoutWords(losses)] : []), ...said('warning')];
}

/** @param {Skipped[]} losses */
const withoutWords = (losses) =>
  t('compare.without', { list: listOf(losses.map(({ field }) => countWords(state.draft, field))) });
