// Every model beside every other, in three groups: accepts all of the draft, accepts it with losses, does not accept it.
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { repeat } from '../../vendor/lit-html/directives/repeat.js';
import { at } from '../dom.js';
import { listOf, t } from '../i18n.js';
import { byPrice, highest, priceText, secondsText } from '../price.js';
import { chooseModel, state, update } from '../state.js';
import { compareAll } from '../verdict.js';
import { countWords, rich } from './parts.js';

const GROUPS = ['all', 'loss', 'no'];

/** Drawn in the next frame, once for all changes until then. */
let frame = 0;
export function drawCompare() {
  frame ||= requestAnimationFrame(() => {
    frame = 0;
    drawNow();
  });
}

function drawNow() {
  const candidates = compareAll(state).sort(ORDERS[state.sort]);
  render(state.result.report.accepted ? others(candidates) : nothing, at('others'));
  if (at('compare-panel').open) render(table(candidates), at('compare'));
}

const secondsOf = ({ quote }) =>
  quote.unit === 'second' ? Number(quote.quantity?.min ?? quote.quantity ?? Infinity) : 0;

/** The orders to choose from; each is within the groups. */
const ORDERS = {
  model: (a, b) => a.model.localeCompare(b.model),
  seconds: (a, b) => secondsOf(a) - secondsOf(b),
  price: byPrice,
};

function table(candidates) {
  const of = (group) => candidates.filter((candidate) => candidate.group === group);
  const counts = { all: candidates.length, n: of('all').length, some: of('loss').length };
  return html`
    <p class="hint">${t('compare.summary', counts)}</p>
    <div class="table-wrap" role="region" tabindex="0" aria-label=${t('compare.table')}>
      <table class="compare">
        <thead>
          <tr>
            ${head('model')}${head('seconds')}${head('price')}
            <th scope="col"><span class="visually-hidden">${t('compare.use')}</span></th>
          </tr>
        </thead>
        ${GROUPS.map((group) => rowsOf(group, of(group)))}
      </table>
    </div>
  `;
}

function rowsOf(group, candidates) {
  if (!candidates.length) return nothing;
  return html`
    <tbody data-group=${group}>
      <tr class="group">
        <th colspan="4" scope="rowgroup">${t(`compare.${group}`, { n: candidates.length })}</th>
      </tr>
      ${repeat(candidates, (candidate) => candidate.model, row)}
    </tbody>
  `;
}

/** The cheapest other models that accept all of the draft, beside the price of this one. */
function others(candidates) {
  const priced = candidates
    .filter((c) => c.group === 'all' && c.model !== state.draft.model && highest(c.quote) !== null)
    .sort(byPrice)
    .slice(0, 3);
  return html`
    <h3>${t('others.title')}</h3>
    ${
      priced.length
        ? html`<ul>
            ${priced.map(otherRow)}
          </ul>`
        : html`<p class="hint">${t('others.none')}</p>`
    }
    <button type="button" class="link" @click=${openAll}>${t('others.all')}</button>
  `;
}

const otherRow = ({ model, quote }) => html`
  <li>
    <code>${model}</code><span class="num">${priceText(quote)}</span>
    <button
      type="button"
      class="link"
      aria-label=${t('compare.use_model', { model })}
      @click=${() => chooseModel(model)}
    >
      ${t('compare.use')}
    </button>
  </li>
`;

function openAll() {
  at('compare-panel').open = true;
  at('compare-panel').querySelector('summary').focus();
  at('compare-panel').scrollIntoView({ block: 'start', behavior: 'smooth' });
}

const sortBy = (column) =>
  update((s) => {
    s.sort = column;
  });

const head = (column) => html`
  <th scope="col" class="col-${column}" aria-sort=${state.sort === column ? 'ascending' : 'none'}>
    <button type="button" class="sort" @click=${() => sortBy(column)}>
      ${t(`compare.${column}`)} ${state.sort === column ? html`<span aria-hidden="true">↑</span>` : nothing}
    </button>
  </th>
`;

function row(candidate) {
  const { model, group, entry, quote } = candidate;
  const usable = group !== 'no';
  return html`
    <tr class="${group} ${model === state.draft.model ? 'current' : ''}" data-model=${model}>
      <th scope="row">
        <span class="lamp ${group}"></span> <span class="model-title">${entry.route.title[state.lang]}</span>
        <code>${model}</code>
        ${remarks(candidate).map((words) => html`<span class="reason">${words}</span>`)}
      </th>
      <td class="col-seconds">${usable ? quantityWords(candidate) : nothing}</td>
      <td>${usable ? html`<span class="num">${priceText(quote)}</span>` : nothing}</td>
      <td>${model === state.draft.model ? currentTag() : useButton(model)}</td>
    </tr>
  `;
}

/** Billable seconds, or the unit where they are not known or do not count. */
const quantityWords = ({ quote, entry }) =>
  html`<span class="num">${secondsText(quote) || t(`unit.${entry.route.unit}`)}</span>`;

/** What the model would leave out, and its warnings; of one that refuses, its first error. */
function remarks({ group, losses, findings }) {
  const said = (severity) => findings.filter((f) => f.severity === severity).map((f) => rich(f.message));
  if (group === 'no') return said('error').slice(0, 1);
  return [...(losses.length ? [withoutWords(losses)] : []), ...said('warning')];
}

const withoutWords = (losses) =>
  t('compare.without', { list: listOf(losses.map(({ field }) => countWords(state.draft, field))) });

const currentTag = () => html`<span class="tag strong-tag">${t('compare.current')}</span>`;

const useButton = (model) => html`
  <button
    type="button"
    class="plain small"
    aria-label=${t('compare.use_model', { model })}
    @click=${() => chooseModel(model)}
  >
    ${t('compare.use')}
  </button>
`;
