// Ways out for what the model does not accept: another model, and for a link that it refuses asset review.
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { takerOf } from '../compare.js';
import { at } from '../dom.js';
import { placeOf } from '../draft.js';
import { listOf, t } from '../i18n.js';
import { highest, priceText } from '../price.js';
import { chooseModel, state } from '../state.js';

/** A button for a model that accepts all of the draft, if there is one; an asset is best used by the models it was made for. */
export function takerButton(route = '') {
  const taker = takerOf(state, route);
  if (!taker) return nothing;
  const { model, quote } = taker;
  return html`<button type="button" class="fix" @click=${() => chooseModel(model)}>
    ${t('compare.use_model', { model })}
    ${highest(quote) === null ? nothing : html`<span class="num">· ${priceText(quote)}</span>`}
  </button>`;
}

/** @param {string} path */
function itemAt(path) {
  const { field, index } = placeOf(path);
  return index === null ? state.draft[field] : state.draft[field][index];
}

/**
 * A link that models of another kind accept: an asset, or one that asset review makes into an asset.
 * @param {Finding} finding
 */
export const isRefusedLink = ({ rule, path }) =>
  rule === 'scheme-not-accepted' && (isAsset(itemAt(path).url) || acceptsOnlyAssets());
/** @param {string} url */
export const isAsset = (url) => /^asset:/i.test(url);
const acceptsOnlyAssets = () => !state.result.entry?.route.fields.images.schemes.accepted.includes('https');

/**
 * The core has no fix but removal for a link that the model refuses. Asset review makes accepted links; another model accepts it.
 * @param {Finding} finding
 */
export const waysOut = ({ path }) => {
  const { url } = itemAt(path);
  return isAsset(url) ? assetButton(url) : [reviewButton(path), takerButton()];
};

/** @param {Finding} finding */
export const wayOut = (finding) => html`
  <p>
    ${isAsset(itemAt(finding.path).url) ? t('assets.elsewhere', { list: listOf(takersOfAssets()) }) : t('assets.review')}
  </p>
  <div class="fixes">${waysOut(finding)}</div>
`;

/** The routes that accept assets, some as the docs of one side say. */
const takersOfAssets = () =>
  state.table.routes
    .filter(({ fields }) =>
      [...fields.images.schemes.accepted, ...(fields.images.schemes.contested ?? [])].includes('asset'),
    )
    .map(({ title }) => title[state.lang]);

/**
 * A button for a model that accepts this asset, the list of models if none accepts all of the draft.
 * @param {string} url
 */
function assetButton(url) {
  const way = state.assets.find(({ link }) => link === url)?.way ?? '';
  const button = takerButton(way);
  if (button !== nothing) return button;
  return html`<button type="button" class="fix" @click=${() => at('f-model').click()}>${t('model.choose')}</button>`;
}

/**
 * A button that submits the link at a path for review, or a link to that review.
 * @param {string} path
 */
function reviewButton(path) {
  const { id, url } = itemAt(path);
  if (state.assets.some((asset) => asset.place === id && asset.url === url))
    return html`<a class="fix" href="#assets">${t('assets.submitted')}</a>`;
  if (!/^https:/i.test(url)) return nothing;
  return html`<button type="button" class="fix" @click=${async () => (await import('../assets.js')).submitPlace(path)}>
    ${t('assets.submit')}
  </button>`;
}
