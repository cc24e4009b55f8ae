// The price book as a table that can be edited, and as text that can be pasted, merged, imported and exported.
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { live } from '../../vendor/lit-html/directives/live.js';
import { billingNames, hasPrices, mergePlan, priceOf, readPastedBook, unbilledNames } from '../pricelist.js';
import { chooseFile } from '../choose.js';
import { at } from '../dom.js';
import { exchangeBook, setBookMember, setPrice } from '../edits.js';
import { download } from '../exporters.js';
import { listOf, t } from '../i18n.js';
import { isAmount } from '../money.js';
import { bookAge, isOld } from '../price.js';
import { state, update } from '../state.js';
import { consoleLink } from './links.js';
import { rich } from './parts.js';
import { setAsideNote, told } from './notes.js';
import { discard, isRefused, settle, textIn, typing } from './typed.js';

/** @typedef {{ book?: PriceBook, error?: string } | null} PastedBook what was read of pasted prices */

/** The text in the field for pasted prices. */
let text = '';

export function draw() {
  const { quote } = state.result;
  const missing = 'reason' in quote && quote.reason === 'no-price' ? quote.billing_model : null;
  const age = bookAge(state.book.as_of);
  render(
    html`
      <p class="lead">${t('prices.lead')} ${consoleLink()}</p>
      ${missing ? html`<p class="warn-box" id="book-missing">${t('prices.missing', { name: missing })}</p>` : nothing}
      ${isOld(age) ? html`<p class="warn-box">${t('prices.old', { n: age })}</p>` : nothing}
      <div class="prices-side">${pasteCard()} ${bookCard()}</div>
      <section class="card">
        <div class="table-wrap" role="region" tabindex="0" aria-label=${t('prices.table')}>${priceTable(missing)}</div>
      </section>
    `,
    at('prices'),
  );
}

/**
 * Why the book refuses what was typed, right where it was typed.
 * @param {string} place
 */
const errorAt = (place) =>
  state.bookError?.at === place
    ? html`<p class="finding error" role="alert" id="book-error"><span>${rich(state.bookError.words())}</span></p>`
    : nothing;

/**
 * A text field of the book that is read when it is left.
 * @param {string} id
 * @param {string} kept
 * @param {(value: string) => boolean} take
 * @param {string} kind
 */
const bookField = (id, kept, take, kind) => html`
  <input
    id=${id}
    type="text"
    class=${kind}
    aria-invalid=${isRefused(id)}
    .value=${textIn(id, kept)}
    @input=${typing(id)}
    @change=${settle(id, take)}
  />
  ${isRefused(id) ? errorAt(id) : nothing}
`;

/** @param {string} name */
const takeMember = (name) => (/** @type {string} */ value) => setBookMember(name, value);

const exportBook = () => download('seedance-prices.json', JSON.stringify(state.book, null, 2));

const bookCard = () => html`
  <section class="card">
    <div class="bar">
      <label
        >${t('prices.currency')} ${bookField('currency', state.book.currency, takeMember('currency'), 'short')}</label
      >
      <label>${t('prices.as_of')} ${bookField('as_of', state.book.as_of ?? '', takeMember('as_of'), 'medium')}</label>
      <button type="button" class="plain" @click=${exportBook}>${t('export')}</button>
    </div>
    ${setAsideNote()} ${unbilled(unbilledNames())}
  </section>
`;

/**
 * A warning of names in a book that no route bills under, if any.
 * @param {string[]} names
 */
export const unbilled = (names) =>
  names.length
    ? html`<p class="finding warning">${t('prices.unbilled', { n: names.length, names: listOf(names) })}</p>`
    : nothing;

/** @param {string | null} missing */
function priceTable(missing) {
  const names = billingNames(state.table);
  const known = new Set(names.map(({ name }) => name));
  const further = Object.keys(state.book.prices).filter((name) => !known.has(name));
  return html`<table class="prices">
    <thead>
      <tr>
        <th scope="col">${t('prices.name')}</th>
        <th scope="col">${t('prices.unit')}</th>
        <th scope="col">${t('prices.price', { currency: state.book.currency })}</th>
      </tr>
    </thead>
    ${
      further.length
        ? html`<tbody>
            ${further.map((name) => priceRow({ name, unit: null }, missing))}
          </tbody>`
        : nothing
    }
    ${state.table.routes.map(({ route, title }) =>
      routeRows(
        title,
        names.filter((n) => n.route === route),
        missing,
      ),
    )}
  </table>`;
}

/**
 * @param {Route['title']} title
 * @param {{ name: string; unit: Unit }[]} names
 * @param {string | null} missing
 */
const routeRows = (title, names, missing) => html`
  <tbody>
    <tr class="group">
      <th colspan="3" scope="rowgroup">${title[state.lang]}</th>
    </tr>
    ${names.map((name) => priceRow(name, missing))}
  </tbody>
`;

/**
 * @param {{ name: string; unit: Unit | null }} given
 * @param {string | null} missing
 */
function priceRow({ name, unit }, missing) {
  const price = state.book.prices[name];
  const id = `price-${name}`;
  const kept = price === undefined ? '' : String(priceOf(price));
  return html`<tr class=${name === missing ? 'wanted' : ''}>
    <th scope="row">
      <label for=${id}><code>${name}</code></label>
    </th>
    <td>${unit ? t(`unit.${unit}`) : t('prices.unknown_unit')}</td>
    <td>${bookField(id, kept, (value) => takePrice(name, value), 'short num')}</td>
  </tr>`;
}

/**
 * @param {string} place
 * @param {() => string} words
 */
const wrongAt = (place, words) => update({ bookError: { at: place, words } });

/**
 * Takes a unit price as it was typed.
 * @param {string} name
 * @param {string} value
 */
function takePrice(name, value) {
  if (value === '' || isAmount(value)) return setPrice(name, value);
  wrongAt(`price-${name}`, () => t('prices.bad_row', { name, value }));
  return false;
}

function pasteCard() {
  const pasted = readPastedBook(text);
  return html`<section class="card">
    <h3>${t('prices.paste')}</h3>
    <label for="book-text" class="hint">${t('prices.paste_hint')}</label>
    <textarea
      id="book-text"
      class="mono"
      rows="6"
      spellcheck="false"
      aria-describedby="book-preview"
      .value=${live(text)}
      @input=${(/** @type {OnInput} */ event) => paste(event.target.value)}
    ></textarea>
    <div id="book-preview" role="status">${pasted?.book ? preview(pasted.book) : errorAt('paste')}</div>
    <div class="fixes">
      <button type="button" class="strong" id="book-take" @click=${() => take(pasted, mergeable(pasted))}>
        ${t(pasted?.book && !mergeable(pasted) ? 'prices.replace' : 'prices.take')}
      </button>
      ${mergeable(pasted) ? replaceButton(pasted) : nothing}
      <button type="button" class="plain" @click=${choose}>${t('prices.file')}</button>
    </div>
  </section>`;
}

/** @param {string} value */
function paste(value) {
  text = value;
  update({ bookError: null });
}

/** @param {PastedBook} pasted */
export const mergeable = (pasted) => Boolean(pasted?.book && mergePlan(pasted.book)?.book);

/**
 * What merging would do, before it is done.
 * @param {PriceBook} pasted
 */
export function preview(pasted) {
  const plan = mergePlan(pasted);
  const currencies = { own: state.book.currency, other: pasted.currency };
  if (!plan) return html`<p class="warn-box">${t('prices.other_currency', currencies)}</p>`;
  if (plan.error !== undefined) return told('error', plan.error);
  return html`
    <p>${countsOf(plan)}</p>
    <ul class="plain-list">
      ${plan.changed.map(changedRow)}
    </ul>
  `;
}

/**
 * “1 new, 2 changed, 11 kept”.
 * @param {{ added: number; changed: object[]; kept: number }} given
 */
const countsOf = ({ added, changed, kept }) => t('prices.plan', { added, changed: changed.length, kept });

/** @param {{ name: string; old?: string; new?: string }} change */
const changedRow = (change) => html`
  <li><code>${change.name}</code> <span class="num">${change.old} → ${change.new}</span></li>
`;

/** @param {PastedBook} pasted */
const replaceButton = (pasted) =>
  hasPrices()
    ? html`<button type="button" class="plain" @click=${() => take(pasted, false)}>${t('prices.replace')}</button>`
    : nothing;

/**
 * Merges pasted prices into the book, or replaces it; either can be undone.
 * @param {PastedBook} pasted
 * @param {boolean} merging
 */
export function take(pasted, merging) {
  if (!pasted?.book) {
    wrongAt('paste', () => readPastedBook(text)?.error ?? t('prices.nothing'));
    at('book-text').focus();
    return;
  }
  const merged = merging ? mergePlan(pasted.book) : null;
  const plan = merged?.book ? merged : null;
  const words = plan ? countsOf(plan) : t('prices.replaced', { n: Object.keys(pasted.book.prices).length });
  if (!exchangeBook(plan?.book ?? pasted.book, plan ? state.setAside : {}, words)) return;
  text = '';
  discard();
  update();
}

const choose = () => chooseFile(['json', 'csv', 'tsv', 'txt'], async (file) => paste(await file.text()));
