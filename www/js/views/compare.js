// Every model beside every other: verdict, first reason, billable seconds, price, and one click to switch.
import { html, render } from '../../vendor/lit-html/lit-html.js';
import { repeat } from '../../vendor/lit-html/directives/repeat.js';
import { entryOf } from '../draft.js';
import { t } from '../i18n.js';
import { compareAmounts } from '../money.js';
import { highest, priceText, secondsText } from '../price.js';
import { state, update } from '../state.js';
import { compareAll } from '../verdict.js';
import { chooseModel } from './fields.js';
import { rich } from './parts.js';

const at = (id) => document.getElementById(id);

/** Drawn in the next frame, once for all changes until then. */
let frame = 0;
export function drawCompare() {
  frame ||= requestAnimationFrame(() => {
    frame = 0;
    drawNow();
  });
}

function drawNow() {
  const candidates = compareAll(state);
  render(others(candidates), at('others'));
  if (!at('compare-panel').open) return;
  const rows = sorted(candidates, state.sort);
  const accepted = rows.filter((r) => r.accepted || r.without.length).length;
  render(
    html` <p class="hint">${t('compare.summary', { n: accepted, all: rows.length })}</p>
      <div class="table-wrap" role="region" tabindex="0" aria-label=${t('compare.table')}>
        <table class="compare">
          <thead>
            <tr>
              ${head('model')}${head('seconds')}${head('price')}
              <th scope="col"><span class="visually-hidden">${t('compare.use')}</span></th>
            </tr>
          </thead>
          <tbody>
            ${repeat(rows, (r) => r.model, row)}
          </tbody>
        </table>
      </div>`,
    at('compare'),
  );
}

/** The cheapest other models that take the whole draft, beside the price of this one. */
function others(candidates) {
  const priced = sorted(candidates, 'price')
    .filter((c) => c.accepted && c.model !== state.draft.model && highest(c.quote) !== null)
    .slice(0, 3);
  if (!state.result.report.accepted) return '';
  return html`<h3>${t('others.title')}</h3>
    ${
      priced.length
        ? html`<ul>
            ${priced.map((c) => html`<li><code>${c.model}</code><span class="num">${priceText(c.quote)}</span><button type="button" class="link" aria-label=${t('compare.use_model', { model: c.model })} @click=${() => chooseModel(c.model)}>${t('compare.use')}</button></li>`)}
          </ul>`
        : html`<p class="hint">${t('others.none')}</p>`
    }
    <button type="button" class="link" @click=${openAll}>${t('others.all')}</button>`;
}

function openAll() {
  at('compare-panel').open = true;
  at('compare-panel').querySelector('summary').focus();
  at('compare-panel').scrollIntoView({ block: 'start', behavior: 'smooth' });
}

const head = (by) =>
  html`<th scope="col" class="col-${by}" aria-sort=${state.sort === by ? 'ascending' : 'none'}>
    <button
      type="button"
      class="sort"
      @click=${() =>
        update((s) => {
          s.sort = by;
        })}
    >
      ${t(`compare.${by}`)}${state.sort === by ? html`<span aria-hidden="true"> ↑</span>` : ''}
    </button>
  </th>`;

function row(candidate) {
  const entry = entryOf(state.table, candidate.model);
  const usable = candidate.accepted || candidate.without.length > 0;
  const current = candidate.model === state.draft.model;
  const why = candidate.findings.find((f) => f.severity === 'error');
  return html`<tr class="${usable ? 'yes' : 'no'} ${current ? 'current' : ''}" data-model=${candidate.model}>
    <th scope="row">
      <span class="lamp ${usable ? (candidate.accepted ? 'good' : 'part') : 'bad'}"></span
      ><span class="visually-hidden"
        >${t(candidate.accepted ? 'compare.accepts' : usable ? 'compare.partly' : 'compare.refuses')}: </span
      ><code>${candidate.model}</code>
      <span class="quiet-text">${entry.route.title[state.lang]}</span>
      ${candidate.without.length ? html`<span class="reason">${t('compare.without', { list: candidate.without.map((s) => s.field).join(', ') })}</span>` : ''}
      ${!usable && why ? html`<span class="reason">${rich(why.message)}</span>` : ''}
    </th>
    <td class="num col-seconds">${usable ? secondsText(candidate.quote) || t('unit.task') : ''}</td>
    <td class="num">${usable ? priceText(candidate.quote) : ''}</td>
    <td>
      ${current ? html`<span class="tag strong-tag">${t('compare.current')}</span>` : html`<button type="button" class="plain small" aria-label=${t('compare.use_model', { model: candidate.model })} @click=${() => chooseModel(candidate.model)}>${t('compare.use')}</button>`}
    </td>
  </tr>`;
}

/** By price the cheapest first, unpriced last, refused after all; other columns in their own order, refused last. */
function sorted(rows, order) {
  const rank = (r) => (r.accepted ? 0 : r.without.length ? 1 : 2);
  const amount = (r) =>
    r.quote ? highest(r.quote.kind === 'range' ? { kind: 'exact', amount: r.quote.amount.min } : r.quote) : null;
  const seconds = (r) =>
    r.quote?.unit === 'second' ? Number(r.quote.quantity?.min ?? r.quote.quantity ?? Infinity) : 0;
  const by = {
    model: (a, b) => a.model.localeCompare(b.model),
    seconds: (a, b) => rank(a) - rank(b) || seconds(a) - seconds(b),
    price: (a, b) => Math.floor(rank(a) / 2) - Math.floor(rank(b) / 2) || byAmount(amount(a), amount(b)),
  }[order];
  return [...rows].sort(by);
}

const byAmount = (a, b) => (a === null || b === null ? Number(a === null) - Number(b === null) : compareAmounts(a, b));
