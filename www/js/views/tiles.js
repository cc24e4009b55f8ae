// The media of a draft as tiles, and the notes about them.
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { repeat } from '../../vendor/lit-html/directives/repeat.js';
import { at } from '../dom.js';
import { FRAMES, LISTS, kindOf, modeOf } from '../draft.js';
import { t } from '../i18n.js';
import { changeDraft, state, update } from '../state.js';
import { findingList, fixButton, skippedNote } from './findings.js';
import { isFramed, isUnderWay } from './media.js';
import { errorsOf, rich, shown } from './parts.js';
import { nameOf, thumb } from './thumbs.js';

export function drawTiles() {
  const uploads = [...state.uploads].filter(([, upload]) => isUnderWay(upload));
  render([repeat(tilesOf(state), ({ id }) => id, tile), repeat(uploads, ([id]) => id, uploading)], at('tiles'), {
    renderBefore: at('add-place'),
  });
  render(notes(), at('media-notes'));
}

/**
 * Every tile in the grid: its field, its item, and its place in the list.
 * @param {State} s
 * @returns {Tile[]}
 */
function tilesOf(s) {
  const { draft } = s;
  return [
    ...(isFramed(s) ? FRAMES.map((field) => ({ id: `f-${field}`, field, item: draft[field], n: null })) : []),
    ...LISTS.flatMap((field) =>
      draft[field].map((/** @type {Item} */ item, /** @type {number} */ i) => ({
        id: `item-${item.id}`,
        field,
        item,
        n: i + 1,
      })),
    ),
  ];
}

/**
 * The tile whose link and figures are shown below the grid.
 * @param {State} s
 */
export const openedTile = (s) => tilesOf(s).find(({ id }) => id === s.tile);

/** @param {string} id */
const toggle = (id) => update({ tile: state.tile === id ? null : id, adding: false });

/**
 * A tile's state: an error, not sent, or its length is not known.
 * @param {Tile} tile
 */
function stateOf({ field, item, n }) {
  const path = n === null ? `/${field}` : `/${field}/${n - 1}`;
  if (errorsOf(shown(field)).some((f) => f.path === path)) return { kind: 'bad', words: t('tile.bad') };
  if (state.result.skipped.some((s) => s.field === field)) return { kind: 'out', words: t('not_sent') };
  const words = /** @type {Record<string, string>} */ ({
    waiting: 'measuring',
    measuring: 'measuring',
    unreadable: 'tile.no_length',
    unloaded: 'tile.no_length',
  })[item?.status ?? ''];
  return words && kindOf(field) === 'video' && item && seconds(item) === null
    ? { kind: 'wait', words: t(words) }
    : null;
}

/** @param {Item} item */
const seconds = ({ measured, typed }) =>
  typed?.seconds ?? (Number.isFinite(measured?.seconds) ? Number(measured?.seconds).toFixed(1) : null);

/** @param {Tile} tile */
const nameWords = ({ field, n }) => (n === null ? t(field) : t(`item.${field}`, { n }));

/** @param {Tile} own */
function tile(own) {
  const { id, field, item, n } = own;
  const how = stateOf(own);
  const file = item?.url ? nameOf(item.url) : t('tile.empty');
  const known = item && kindOf(field) !== 'image' ? seconds(item) : null;
  const length = known && t('seconds', { n: known });
  return html`
    <li class="item tile ${how?.kind ?? ''}" data-slot=${field}>
      <button
        type="button"
        id=${id}
        class="tile-pick"
        aria-expanded=${String(state.tile === id)}
        aria-controls="tile"
        aria-invalid=${String(how?.kind === 'bad')}
        aria-label=${[nameWords(own), file, length, how?.words].filter(Boolean).join(', ')}
        title=${file}
        @click=${() => toggle(id)}
      >
        ${thumb(field, item)} ${length ? html`<span class="len num">${length}</span>` : nothing}
        ${how && how.kind !== 'wait' ? html`<span class="flag" aria-hidden="true">!</span>` : nothing}
      </button>
      <span class="tile-words" aria-hidden="true">
        ${n === null ? nothing : html`<b class="thumb-number">${n}</b> `}<span
          >${how?.words ?? t(`tile.${field}`)}</span
        >
      </span>
    </li>
  `;
}

/** @param {[string, Upload]} entry an upload with its id */
const uploading = ([id, { name, percent, n, of }]) => html`
  <li class="tile upload">
    <div class="thumb">
      <progress max="100" .value=${percent ?? 0} aria-label=${t('upload.running', { name })}></progress>
      <button
        type="button"
        class="icon"
        aria-label=${t('upload.cancel', { name })}
        @click=${async () => (await import('../upload.js')).cancelUpload(id)}
      >
        ×
      </button>
    </div>
    <span class="tile-words num">${t('upload.count', { n, of })} · ${percent ?? 0} %</span>
  </li>
`;

/** The notes about the media, below the tiles. */
function notes() {
  const framed = state.result.entry?.route.fields.frames;
  return html`
    ${clash()}
    ${onlyAssets() ? html`<p class="hint">${t('assets.only')} <a href="#assets">${t('nav.assets')}</a></p>` : nothing}
    ${modeOf(state) === 'frames' && framed ? html`<p class="hint">${t(`frames.${framed.alone}`)}</p>` : nothing}
    ${[...LISTS, ...FRAMES].map(fieldNotes)}
  `;
}

/** Whether the model accepts reviewed assets only. */
const onlyAssets = () => {
  const rule = state.result.entry?.route.fields.images;
  return rule && !rule.schemes.accepted.includes('https');
};

/** @param {string} field */
const fieldNotes = (field) => html`
  ${skippedNote(field)}
  <div id="${field}-findings" class="findings">
    ${findingList(shown(field).filter((f) => f.rule !== 'images-with-frames'))}
  </div>
`;

/** Both modes are filled, or about to be: one message, and buttons for one mode that say what they do. */
function clash() {
  const finding = state.result.byField.get('images')?.find((f) => f.rule === 'images-with-frames');
  const { draft } = state;
  const lost = Math.max(0, draft.images.length - freeFrames(draft).length);
  if (!finding && !(modeOf(state) === 'frames' && draft.images.length)) return nothing;
  return html`<div class="finding ${finding ? 'error' : 'info'} clash">
    <p>
      ${
        finding
          ? html`<span class="visually-hidden">${t('error')}${t('colon')}</span
              >${rich(finding.message)}${t('clash.kept')}`
          : t('clash.offer')
      }
    </p>
    <div class="fixes">
      <button type="button" class="fix" @click=${useAsFrames}>
        ${lost ? t('clash.frames_drop', { n: lost }) : t('clash.frames')}
      </button>
      <button type="button" class="fix" @click=${useAsReferences}>${t('clash.references')}</button>
      ${finding?.fixes.map((fix) => fixButton(fix))}
    </div>
  </div>`;
}

/** @param {Draft} draft */
const freeFrames = (draft) => FRAMES.filter((field) => !draft[field]?.url);

const useAsFrames = () =>
  changeDraft((draft, s) => {
    freeFrames(draft).forEach((field, i) => {
      draft[field] = draft.images[i] ?? null;
      s.touched.add(field);
    });
    draft.images = [];
    s.mode = 'frames';
  }, t('clash.done'));

const useAsReferences = () =>
  changeDraft((draft, s) => {
    draft.images.push(...FRAMES.map((field) => draft[field]).filter((item) => item?.url));
    for (const field of FRAMES) draft[field] = null;
    s.mode = 'references';
  }, t('clash.done'));
