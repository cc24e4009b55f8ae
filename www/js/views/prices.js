// The price book as a table that can be edited, and as text that can be pasted, imported and exported.
import { html, render } from '../../vendor/lit-html/lit-html.js';
import { live } from '../../vendor/lit-html/directives/live.js';
import { CONSOLE } from '../api.js';
import { billingNames, priceOf, setBookMember, setPrice, takeBook } from '../book.js';
import { download } from '../exporters.js';
import { t } from '../i18n.js';
import { readPriceLines } from '../importers.js';
import { isAmount } from '../money.js';
import { bookAge, isOld } from '../price.js';
import { state, update } from '../state.js';
import { discard, settle, shown, typing } from './typed.js';

const at = (id) => document.getElementById(id);
let text = '';

export function drawPrices() {
  if (state.view !== 'prices') return;
  const { book } = state;
  const names = billingNames(state.table);
  const known = new Set(names.map((n) => n.name));
  const further = Object.keys(book.prices)
    .filter((name) => !known.has(name))
    .map((name) => ({ name, unit: null }));
  const missing = state.result.quote.reason === 'no-price' ? state.result.quote.billing_model : null;
  const age = bookAge(book.as_of);
  render(
    html` <p class="lead">
        ${t('prices.lead')} <a href=${CONSOLE} target="_blank" rel="noopener noreferrer">${t('prices.console')}</a>
      </p>
      ${missing ? html`<p class="warn-box" id="book-missing">${t('prices.missing', { name: missing })}</p>` : ''}
      ${isOld(age) ? html`<p class="warn-box">${t('prices.old', { n: age })}</p>` : ''}
      <section class="card">
        <div class="bar">
          <label
            >${t('prices.currency')}<input
              type="text"
              class="short"
              maxlength="12"
              .value=${shown('currency', book.currency)}
              @input=${typing('currency')}
              @change=${settle('currency', (value) => setBookMember('currency', value))}
          /></label>
          <label
            >${t('prices.as_of')}<input
              type="text"
              class="medium"
              placeholder="2026-07-01"
              .value=${shown('as_of', book.as_of ?? '')}
              @input=${typing('as_of')}
              @change=${settle('as_of', (value) => setBookMember('as_of', value))}
          /></label>
          <span class="grow"></span>
          <button
            type="button"
            class="plain"
            @click=${() => download('seedance-prices.json', JSON.stringify(book, null, 2))}
          >
            ${t('export')}
          </button>
        </div>
        ${state.bookError ? html`<p class="finding error" role="alert" id="book-error">${state.bookError}</p>` : ''}
        ${state.bookWarnings.map((w) => html`<p class="finding warning">${w.message ?? t('prices.unknown_name', { name: w.name })}</p>`)}
        <div class="table-wrap" role="region" tabindex="0" aria-label=${t('prices.table')}>
          <table class="prices">
            <thead>
              <tr>
                <th scope="col">${t('prices.name')}</th>
                <th scope="col">${t('prices.unit')}</th>
                <th scope="col">${t('prices.price', { currency: book.currency })}</th>
              </tr>
            </thead>
            ${
              further.length
                ? html`<tbody>
                    ${further.map(({ name }) => priceRow(name, null, false))}
                  </tbody>`
                : ''
            }
            ${state.table.routes.map(
              (route) =>
                html`<tbody>
                  <tr class="group">
                    <th colspan="3" scope="rowgroup">${route.title[state.lang]}</th>
                  </tr>
                  ${names.filter((n) => n.route === route.route).map(({ name, unit }) => priceRow(name, unit, name === missing))}
                </tbody>`,
            )}
          </table>
        </div>
      </section>
      <section class="card">
        <h3>${t('prices.paste')}</h3>
        <label for="book-text" class="hint">${t('prices.paste_hint')}</label>
        <textarea
          id="book-text"
          class="mono"
          rows="6"
          spellcheck="false"
          .value=${live(text)}
          @input=${(e) => {
            text = e.target.value;
          }}
        ></textarea>
        <div class="fixes">
          <button type="button" class="strong" id="book-take" @click=${take}>${t('prices.take')}</button>
          <button type="button" class="plain" @click=${choose}>${t('prices.file')}</button>
        </div>
      </section>`,
    at('prices'),
  );
}

function priceRow(name, unit, missing) {
  const price = state.book.prices[name];
  const id = `price-${name}`;
  return html`<tr class=${missing ? 'wanted' : ''}>
    <th scope="row">
      <label for=${id}><code>${name}</code></label>
    </th>
    <td>${unit ? t(`unit.${unit}`) : t('prices.unknown_unit')}</td>
    <td>
      <input
        id=${id}
        type="text"
        inputmode="decimal"
        class="short num"
        .value=${shown(id, price === undefined ? '' : String(priceOf(price)))}
        @input=${typing(id)}
        @change=${settle(id, (value) => change(name, value))}
      />
    </td>
  </tr>`;
}

/** Takes a unit price as it was typed. */
function change(name, value) {
  if (value === '' || isAmount(value)) return setPrice(name, value);
  update((s) => {
    s.bookError = t('prices.bad_row', { name, value });
  });
  return false;
}

function take() {
  const trimmed = text.trim();
  let source = trimmed;
  if (trimmed && !trimmed.startsWith('{')) {
    try {
      source = readPriceLines(trimmed, state.book.currency, (row, line) => t('prices.bad_line', { row, line }));
    } catch (error) {
      update((s) => {
        s.bookError = error.message;
      });
      return;
    }
  }
  if (takeBook(source)) {
    text = '';
    discard();
  }
  update();
}

function choose() {
  const input = Object.assign(document.createElement('input'), { type: 'file', accept: '.json,.csv,.tsv,.txt' });
  input.addEventListener('change', async () => {
    text = await input.files[0].text();
    take();
  });
  input.click();
}
