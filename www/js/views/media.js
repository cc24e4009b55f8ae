// The media of a draft as tiles: reference images, videos and audio, the two frames, and the one tile that adds.
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { repeat } from '../../vendor/lit-html/directives/repeat.js';
import { at } from '../dom.js';
import { FRAMES, LISTS, framesFilled, isFilled, kindOf, modeOf } from '../draft.js';
import { t } from '../i18n.js';
import { changeDraft, state, update } from '../state.js';
import { errorsOf, findingList, fixButton, nameOf, rich, shown, skippedNote, thumb } from './parts.js';

export function drawMedia() {
  render(media(), at('media'));
  render(notes(), at('media-notes'));
}

/** Every tile that stands in the grid: `field`, the item that fills it, its place in its list. */
function tilesOf(s) {
  const { draft } = s;
  const framed = modeOf(s) === 'frames' || framesFilled(draft);
  return [
    ...(framed ? FRAMES.map((field) => ({ id: `f-${field}`, field, item: draft[field], n: null })) : []),
    ...LISTS.flatMap((field) => draft[field].map((item, i) => ({ id: `item-${item.id}`, field, item, n: i + 1 }))),
  ];
}

/** The tile whose link and figures are shown below the grid. */
export const openedTile = (s) => tilesOf(s).find(({ id }) => id === s.tile);

const toggle = (id) =>
  update((s) => {
    s.tile = s.tile === id ? null : id;
    s.adding = false;
  });

function media() {
  const tiles = tilesOf(state);
  const uploads = [...state.uploads].filter(([, upload]) => !upload.failure && !upload.take);
  return html`
    <div class="switch" role="group" aria-label=${t('media.mode')}>${['references', 'frames'].map(modeButton)}</div>
    <ul class="tiles" aria-label=${t('media')}>
      ${repeat(tiles, ({ id }) => id, tile)} ${repeat(uploads, ([id]) => id, uploading)}
      <li class=${tiles.length || uploads.length ? 'tile' : 'tile alone'}>${addTile(tiles.length + uploads.length)}</li>
    </ul>
    <p class="hint counts">${LISTS.map(counter)}</p>
  `;
}

const modeButton = (mode) => html`
  <button type="button" aria-pressed=${String(mode === modeOf(state))} @click=${() => chooseMode(mode)}>
    ${t(`mode.${mode}`)}
  </button>
`;

const chooseMode = (mode) =>
  update((s) => {
    s.mode = mode;
  });

const addTile = (others) => html`
  <button
    type="button"
    id="add-tile"
    class="add-tile"
    aria-expanded=${String(Boolean(state.adding))}
    aria-controls="adding"
    @click=${() =>
      update((s) => {
        s.adding = !s.adding;
        s.tile = null;
      })}
  >
    <span class="plus" aria-hidden="true">+</span>
    ${
      others
        ? html`<span>${t('add')} <span class="visually-hidden">${t('media.add_what')}</span></span>`
        : html`<b>${t('media.add')}</b><span>${t('media.add_hint')}</span>`
    }
  </button>
`;

/** How a tile stands: what is wrong, what is left out, or how long it is. */
function stateOf({ field, item, n }) {
  const path = n === null ? `/${field}` : `/${field}/${n - 1}`;
  if (errorsOf(shown(field)).some((f) => f.path === path)) return { kind: 'bad', words: t('tile.bad') };
  if (state.result.skipped.some((s) => s.field === field)) return { kind: 'out', words: t('not_sent') };
  const words = {
    waiting: 'measuring',
    measuring: 'measuring',
    unreadable: 'tile.no_length',
    unloaded: 'tile.no_length',
  }[item?.status];
  return words && kindOf(field) === 'video' && !item.typed?.seconds ? { kind: 'wait', words: t(words) } : null;
}

const seconds = ({ measured, typed }) =>
  typed?.seconds ?? (Number.isFinite(measured?.seconds) ? measured.seconds.toFixed(1) : null);

const nameWords = ({ field, n }) => (n === null ? t(field) : t(`item.${field}`, { n }));

function tile(own) {
  const { id, field, item, n } = own;
  const how = stateOf(own);
  const file = item?.url ? nameOf(item.url) : t('tile.empty');
  const known = item && kindOf(field) !== 'image' ? seconds(item) : null;
  const length = known && t('facts.seconds', { n: known });
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

/** How many of the links that the model accepts are there: “3 of 4 images”; “No audio” where it accepts none. */
function counter(field) {
  const { entry } = state.result;
  const rule = entry?.route.fields[field];
  if (!rule) return nothing;
  const taken = field === 'reference_videos' ? entry.model.takes_videos : (rule.taken ?? true);
  if (taken && rule.max == null) return nothing;
  const frames = rule.counts_frames ? FRAMES.filter((f) => isFilled(state.draft, f)).length : 0;
  const n = state.draft[field].length + frames;
  const words = taken ? t(`limit.${field}`, { n, max: rule.max }) : t(`limit.no.${field}`);
  return html`<span class="counter ${n > rule.max ? 'over' : ''}" id="${field}-count">${words}</span> `;
}

/** What there is to say about the media, below the tiles. */
function notes() {
  const framed = state.result.entry?.route.fields.frames;
  return html`
    ${clash()}
    ${onlyAssets() ? html`<p class="hint">${t('assets.only')} <a href="#assets">${t('nav.assets')}</a></p>` : nothing}
    ${modeOf(state) === 'frames' && framed ? html`<p class="hint">${t(`frames.${framed.alone}`)}</p>` : nothing}
    ${[...LISTS, ...FRAMES].map(fieldNotes)}
  `;
}

/** A model that accepts reviewed assets alone says how one comes to be. */
const onlyAssets = () => {
  const rule = state.result.entry?.route.fields.images;
  return rule && !rule.schemes.accepted.includes('https');
};

const fieldNotes = (field) => html`
  ${skippedNote(field)}
  <div id="${field}-findings" class="findings">
    ${findingList(shown(field).filter((f) => f.rule !== 'images-with-frames'))}
  </div>
`;

/** Both modes are filled, or are about to be: one message, and ways to one mode that say what they do. */
function clash() {
  const finding = state.result.byField.get('images')?.find((f) => f.rule === 'images-with-frames');
  const { draft } = state;
  const lost = Math.max(0, draft.images.length - freeFrames(draft).length);
  if (!finding && !(modeOf(state) === 'frames' && draft.images.length)) return nothing;
  return html`<div class="finding ${finding ? 'error' : 'info'} clash">
    <p>
      ${
        finding
          ? html`<span class="visually-hidden">${t('error')}: </span>${rich(finding.message)}${t('clash.kept')}`
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
