// The asset desk: files and links to submit and the state of each, above the library of assets.
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { live } from '../../vendor/lit-html/directives/live.js';
import { repeat } from '../../vendor/lit-html/directives/repeat.js';
import {
  WAY_NAMES,
  addKnown,
  askAssets,
  forgetAsset,
  isDecided,
  submitAgain,
  submitFiles,
  submitLink,
} from '../assets.js';
import { chooseFiles } from '../choose.js';
import { at } from '../dom.js';
import { t } from '../i18n.js';
import { clock } from '../times.js';
import { state, update } from '../state.js';
import { cancelUpload } from '../upload.js';
import { UPLOAD_ENDINGS } from '../upload-limits.js';
import { MEDIA, library, pill, sign } from './desk-library.js';
import { explained } from './failure.js';
import { nameOf } from './thumbs.js';
import { failed } from './tile.js';
import { isAsset } from './ways.js';

/** What is being filled in. */
const desk = {
  way: 'full',
  media: /** @type {Kind} */ ('image'),
  name: '',
  links: '',
  /** The first link that cannot be submitted, empty where there is none; null until that is to be said. */
  wrong: /** @type {string | null} */ (null),
};
/** @param {object} more */
const set = (more) => update(() => Object.assign(desk, more));

export function draw() {
  render([submission(), library()], at('assets'));
}

const submission = () => html`
  <section class="card desk" aria-labelledby="desk-title">
    <h2 id="desk-title">${t('desk.title')}</h2>
    <div class="switch" role="group" aria-label=${t('desk.way')}>
      ${WAY_NAMES.map(
        (way) =>
          html`<button type="button" aria-pressed=${String(desk.way === way)} @click=${() => set({ way })}>
            ${t(`desk.way.${way}`)}
          </button>`,
      )}
    </div>
    <p class="hint">${t(`desk.hint.${desk.way}`)}</p>
    ${desk.way === 'person' ? personName() : nothing}
    <div class="drop" @dragover=${over} @dragleave=${leave} @drop=${drop}>
      <p><b>${t('desk.drop')}</b></p>
      <p class="hint">${t('desk.drop_hint')}</p>
      <button type="button" class="plain" @click=${choose}>${t('desk.choose')}</button>
    </div>
    ${linkForm()} ${uploads()} ${waiting()}
    <p class="hint">${t('desk.foot')}</p>
  </section>
`;

const personName = () => html`
  <label
    >${t('desk.name')}
    <input
      id="desk-name"
      type="text"
      .value=${live(desk.name)}
      @input=${(/** @type {OnInput} */ { target }) => set({ name: target.value })}
  /></label>
`;

const linkForm = () => html`
  <div class="desk-links">
    <label for="desk-links">${t('desk.links')}</label>
    <textarea
      id="desk-links"
      rows="2"
      spellcheck="false"
      placeholder=${t('desk.links_hint')}
      aria-describedby="desk-wrong"
      .value=${live(desk.links)}
      @input=${(/** @type {OnInput} */ { target }) => set({ links: target.value, wrong: null })}
    ></textarea>
    <div class="add">
      ${desk.way === 'person' ? nothing : mediaChoice()}
      <button type="button" class="strong" @click=${submitLinks}>${t('desk.submit')}</button>
    </div>
    <div id="desk-wrong" role="alert">
      ${desk.wrong === null ? nothing : html`<p class="finding error">${wrongWords(desk.wrong)}</p>`}
    </div>
  </div>
`;

/** @param {string} link */
const wrongWords = (link) => (link ? t('desk.not_a_link', { link }) : t('desk.no_link'));

const mediaChoice = () => html`
  <label class="visually-hidden" for="desk-media">${t('desk.media')}</label>
  <select
    id="desk-media"
    .value=${live(desk.media)}
    @change=${(/** @type {OnInput} */ { target }) => set({ media: target.value })}
  >
    ${MEDIA.map((media) => html`<option value=${media}>${t(`media.${media}`)}</option>`)}
  </select>
`;

/** @param {OnDrag} event */
const over = (event) => {
  event.preventDefault();
  event.currentTarget.classList.add('dropping');
};
/** @param {OnDrag} event */
const leave = (event) => event.currentTarget.classList.remove('dropping');

/** @param {OnDrag} event */
function drop(event) {
  event.preventDefault();
  leave(event);
  const files = [...(event.dataTransfer?.files ?? [])];
  if (files.length) submitFiles(files, desk);
  else set({ links: `${desk.links}\n${event.dataTransfer?.getData('text/plain') ?? ''}`.trim(), wrong: null });
}

const choose = () => chooseFiles(UPLOAD_ENDINGS, (files) => submitFiles(files, { ...desk }));

/** Takes every link: https is submitted, asset:// only added to the library. */
function submitLinks() {
  const links = desk.links.split(/\s+/).filter(Boolean);
  const odd = links.find((link) => !/^(https|asset):\/\/[^\s/]/i.test(link));
  if (odd || !links.length) {
    set({ wrong: odd ?? '' });
    at('desk-links').focus();
    return;
  }
  const { way, name } = desk;
  const media = way === 'person' ? 'image' : desk.media;
  for (const link of links) {
    if (isAsset(link)) addKnown({ way, media, link });
    else submitLink({ way, media, name: name || nameOf(link) || link, url: link });
  }
  set({ links: '', name: '' });
}

const uploads = () =>
  [...state.uploads]
    .filter(([, { take }]) => take)
    .map(([id, upload]) => (upload.failure ? failed([id, upload]) : uploading(id, upload)));

/**
 * @param {string} id
 * @param {Upload} upload
 */
const uploading = (id, { name, percent }) => html`
  <div class="upload">
    <span>${name}</span>
    <progress max="100" .value=${percent ?? 0} aria-label=${t('upload.running', { name })}></progress>
    <span class="counter">${percent ?? 0} %</span>
    <button type="button" class="plain small" @click=${() => cancelUpload(id)}>${t('cancel')}</button>
  </div>
`;

/** Assets not decided yet, or not accepted. */
function waiting() {
  const open = state.assets.filter((asset) => !isDecided(asset));
  if (!open.length) return nothing;
  return html`
    <div class="side-head">
      <h3>${t('desk.open')}</h3>
      <button type="button" class="link" @click=${askAssets}>${t('tasks.refresh')}</button>
    </div>
    <ul class="reviews">
      ${repeat(open, ({ id }) => id, review)}
    </ul>
  `;
}

/** @param {Asset} asset */
const review = (asset) => html`
  <li class="review">
    ${sign(asset)}
    <div>
      <p class="film-line"><b class="file-name">${asset.name}</b> ${pill(asset)}</p>
      ${asset.failure ? explained(asset.failure) : html`<p class="quiet-text num">${clock(Date.now() - asset.at)}</p>`}
      ${asset.state === 'unsent' ? again(asset) : nothing}
    </div>
  </li>
`;

/** @param {Asset} asset */
const again = (asset) => html`
  <div class="fixes">
    ${asset.url ? html`<button type="button" class="fix" @click=${() => submitAgain(asset)}>${t('desk.again')}</button>` : nothing}
    <button type="button" class="fix" @click=${() => forgetAsset(asset.id)}>${t('library.remove_short')}</button>
  </div>
`;
