// The library of reviewed assets, to use them again.
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { live } from '../../vendor/lit-html/directives/live.js';
import { repeat } from '../../vendor/lit-html/directives/repeat.js';
import { useAsset } from '../asset-use.js';
import { forgetAsset, isDecided, signOf, submitAgain } from '../assets.js';
import { t } from '../i18n.js';
import { goTo } from '../pages.js';
import { state, update } from '../state.js';
import { UPLOAD_TYPES } from '../upload-limits.js';
import { copyButton } from './links.js';
import { thumb } from './thumbs.js';

export const MEDIA = Object.keys(UPLOAD_TYPES);

const shown = { filter: 'all', search: '' };
/** @param {object} more */
const set = (more) => update(() => Object.assign(shown, more));

/**
 * The state in the page's words; the service's own word for it, if any, is the tooltip.
 * @param {Asset} asset
 */
export const pill = (asset) =>
  html`<span class="pill ${asset.state}" title=${asset.status}>${t(`asset.${wordOf(asset)}`)}</span>`;
/** @param {Asset} asset */
const wordOf = ({ state: name, status }) => (name === 'failed' && /^rejected$/i.test(status) ? 'rejected' : name);

/** @param {Asset} asset */
export const sign = (asset) => thumb(...signOf(asset));

/** @type {Record<string, (asset: Asset) => boolean>} */
const KINDS = {
  all: () => true,
  ...Object.fromEntries(
    MEDIA.map((media) => [media, (/** @type {Asset} */ asset) => asset.media === media && asset.way !== 'person']),
  ),
  person: ({ way }) => way === 'person',
};

export function library() {
  const ready = state.assets.filter(isDecided);
  const wanted = shown.search.toLowerCase();
  const found = ready
    .filter(KINDS[shown.filter])
    .filter(({ name, link }) => `${name} ${link}`.toLowerCase().includes(wanted));
  return html`
    <section class="desk-library" aria-labelledby="desk-library-title">
      <div class="side-head">
        <h2 id="desk-library-title">${t('desk.library')} <span class="quiet-text num">${ready.length}</span></h2>
        ${ready.length ? filters(ready) : nothing}
      </div>
      ${ready.length ? search() : nothing}
      ${found.length ? tiles(found) : html`<p class="empty">${t(ready.length ? 'tasks.none_found' : 'desk.empty')}</p>`}
    </section>
  `;
}

/** @param {Asset[]} ready */
const filters = (ready) => html`
  <div class="switch filters" role="group" aria-label=${t('library.filter')}>
    ${Object.keys(KINDS).map((name) => kindButton(name, ready))}
  </div>
`;

const search = () => html`
  <label
    ><span class="visually-hidden">${t('desk.search')}</span
    ><input
      type="search"
      placeholder=${t('desk.search')}
      .value=${live(shown.search)}
      @input=${(/** @type {OnInput} */ { target }) => set({ search: target.value })}
  /></label>
`;

/**
 * @param {string} name
 * @param {Asset[]} ready
 */
const kindButton = (name, ready) => html`
  <button type="button" aria-pressed=${String(shown.filter === name)} @click=${() => set({ filter: name })}>
    ${t(name === 'all' ? 'filter.all' : `media.${name}`)}
    <span class="num">${ready.filter(KINDS[name]).length}</span>
  </button>
`;

/** @param {Asset[]} found */
const tiles = (found) => html`
  <ul class="assets">
    ${repeat(found, ({ id }) => id, tile)}
  </ul>
`;

/** @param {Asset} asset */
const tile = (asset) => html`
  <li class="asset ${asset.state}">
    ${sign(asset)}
    <p class="file-name"><b>${asset.name}</b></p>
    ${asset.link ? html`<p><code>${asset.link}</code></p>` : nothing}
    <p class="film-line">${pill(asset)} <span class="tag">${t(`desk.way.${asset.way}`)}</span></p>
    ${asset.said ? html`<q class="said">${asset.said}</q>` : nothing}
    <div class="fixes">${asset.state === 'active' ? uses(asset) : nothing} ${forget(asset)}</div>
  </li>
`;

/** @param {Asset} asset */
const uses = (asset) => html`
  <button
    type="button"
    class="strong small"
    aria-label=${t('desk.use_named', { name: asset.name })}
    @click=${() => use(asset)}
  >
    ${t('desk.use')}
  </button>
  ${copyButton(() => asset.link ?? '', t('copy.link'))}
`;

/** @param {Asset} asset */
function use(asset) {
  useAsset(asset);
  goTo('compose');
}

/**
 * An asset that can be used is asked about: only this list has its ID.
 * @param {Asset} asset
 */
async function remove({ id, state: name }) {
  const { ask } = await import('./confirm.js');
  const words = { title: 'desk.remove', text: 'desk.remove_text', yes: 'library.remove_short', danger: true };
  if (name !== 'active' || (await ask(words))) forgetAsset(id);
}

/** @param {Asset} asset */
const forget = (asset) => html`
  ${asset.state === 'failed' && asset.url ? html`<button type="button" class="plain small" @click=${() => submitAgain(asset)}>${t('desk.again')}</button>` : nothing}
  <button
    type="button"
    class="icon"
    aria-label=${t('library.remove', { prompt: asset.name })}
    title=${t('library.remove_short')}
    @click=${() => remove(asset)}
  >
    ×
  </button>
`;
