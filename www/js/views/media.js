// Around the media: the kind of images, the tile for adding, and the counts. The tiles themselves are drawn by tiles.js.
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { at } from '../dom.js';
import { FRAMES, LISTS, framesFilled, isFilled, modeOf } from '../draft.js';
import { t } from '../i18n.js';
import { state, update } from '../state.js';

const MODES = ['references', 'frames'];

/** Listeners of the fixed controls, once. */
export function wireMedia() {
  for (const mode of MODES) at(`mode-${mode}`).addEventListener('click', () => update({ mode }));
}

/**
 * Opens or closes the row for adding.
 * @param {boolean} open
 */
export const openAdding = (open) => update({ adding: open, tile: null });

export function drawMedia() {
  for (const mode of MODES) at(`mode-${mode}`).setAttribute('aria-pressed', String(mode === modeOf(state)));
  const alone =
    !isFramed(state) &&
    !LISTS.some((field) => isFilled(state.draft, field)) &&
    ![...state.uploads.values()].some(isUnderWay);
  at('add-place').classList.toggle('alone', alone);
  at('add-tile').setAttribute('aria-expanded', String(state.adding));
  render(alone ? invitation() : shortly(), at('add-tile'));
  render(LISTS.map(counter), at('counts'));
}

/**
 * Does this upload have a tile, or is it an asset's, another draft's, or one that failed?
 * @param {Upload} upload
 */
export const isUnderWay = ({ failure, take, open }) => !failure && !take && open === state.open;

/**
 * Do the two frames have tiles?
 * @param {State} s
 */
export const isFramed = (s) => modeOf(s) === 'frames' || framesFilled(s.draft);

const plus = html`<span class="plus" aria-hidden="true">+</span>`;
const invitation = () => html`${plus}<b>${t('media.add')}</b><span>${t('media.add_hint')}</span>`;
const shortly = () => html`${plus}<span>${t('add')} <span class="visually-hidden">${t('media.add_what')}</span></span>`;

/**
 * How many of the accepted links are used: “3 of 4 images”; “No audio” if none is accepted.
 * @param {string} field
 */
function counter(field) {
  const { entry } = state.result;
  if (!entry) return nothing;
  const { images, reference_audios } = entry.route.fields;
  const { max } = entry.route.fields[/** @type {ListField} */ (field)];
  const taken = { images: true, reference_videos: entry.model.takes_videos, reference_audios: reference_audios.taken };
  if (!taken[/** @type {ListField} */ (field)]) return count(field, t(`limit.no.${field}`));
  if (max === undefined) return nothing;
  const frames = field === 'images' && images.counts_frames ? FRAMES.filter((f) => isFilled(state.draft, f)).length : 0;
  const n = state.draft[field].length + frames;
  return count(field, t(`limit.${field}`, { n, max }), n > max);
}

/**
 * @param {string} field
 * @param {string} words
 */
const count = (field, words, isOver = false) =>
  html`<span class="counter ${isOver ? 'over' : ''}" id="${field}-count">${words}</span> `;
