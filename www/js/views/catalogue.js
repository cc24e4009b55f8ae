// Above the price book: the platform's list prices, and what they would change.
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { CallError } from '../api.js';
import { fetchCatalogue, read } from '../catalogue.js';
import { at } from '../dom.js';
import { t } from '../i18n.js';
import { hasPrices } from '../pricelist.js';
import { state, update } from '../state.js';
import { explained } from './failure.js';
import { rich } from './parts.js';
import { mergeable, preview, take, unbilled } from './prices.js';

/** @typedef {{ answer?: Uint8Array, failure?: Failure } | null} Found the result */
let found = /** @type {Found} */ (null);
let asking = false;

/**
 * @param {boolean} asked
 * @param {Found} what
 */
const set = (asked, what) =>
  update(() => {
    asking = asked;
    found = what;
  });

async function fetchThem() {
  set(true, null);
  try {
    set(false, { answer: await fetchCatalogue() });
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    set(false, { failure: { kind: error.kind, ...error.detail } });
  }
}

export function draw() {
  render(state.companion ? card(found?.answer && read(found.answer)) : nothing, at('prices-more'));
}

/** @param {ReturnType<typeof read> | undefined} catalogue */
const card = (catalogue) => html`
  <section class="card" aria-labelledby="catalogue-title">
    <h3 id="catalogue-title">${t('catalogue.title')}</h3>
    <p class="hint">${t('catalogue.hint')}</p>
    <div role="status">
      ${found?.failure ? explained(found.failure) : nothing} ${catalogue ? offer(catalogue) : nothing}
    </div>
    <div class="fixes">
      <button type="button" class="plain" id="catalogue-fetch" ?disabled=${asking} @click=${fetchThem}>
        ${t(asking ? 'catalogue.asking' : 'catalogue.fetch')}
      </button>
      ${catalogue ? ways(catalogue.book) : nothing}
    </div>
  </section>
`;

/** @param {NonNullable<ReturnType<typeof read>>} catalogue */
const offer = ({ book, left_out: left, kept }) => html`
  ${preview(book)}
  <ul class="plain-list">
    ${left.map(({ message }) => html`<li>${rich(message)}</li>`)}
  </ul>
  ${unbilled(kept)}
`;

/**
 * @param {PriceBook} book
 * @param {boolean} merging
 */
function use(book, merging) {
  take({ book }, merging);
  set(false, null);
}

/** @param {PriceBook} book */
const ways = (book) => html`
  ${mergeable({ book }) ? html`<button type="button" class="strong" id="catalogue-take" @click=${() => use(book, true)}>${t('catalogue.take')}</button>` : nothing}
  ${hasPrices() ? html`<button type="button" class="plain" @click=${() => use(book, false)}>${t('prices.replace')}</button>` : nothing}
`;
