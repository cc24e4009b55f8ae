// What the user has filled in, and the request body made from it.

export const LISTS = ['images', 'reference_videos', 'reference_audios'];
export const FRAMES = ['first_image', 'last_image'];
/** In the order used in bodies, findings and the page. */
export const FIELDS = [
  'model',
  'prompt',
  'duration',
  'resolution',
  'orientation',
  'ratio',
  'images',
  'first_image',
  'last_image',
  'reference_videos',
  'reference_audios',
];

/**
 * What kind of media a field takes.
 * @param {string | null} field
 * @returns {Kind}
 */
export const kindOf = (field) =>
  field === 'reference_videos' ? 'video' : field === 'reference_audios' ? 'audio' : 'image';

let serial = 0;
/** For a draft, or for one of its links. */
export const newId = () => `m${Date.now().toString(36)}${(serial += 1)}`;

/**
 * One link of a list. `measured` is what the browser read, `typed` what the user typed.
 * @param {string} url
 * @param {Partial<Item>} more
 * @returns {Item}
 */
export const newItem = (url, more = {}) => ({
  id: newId(),
  url,
  measured: null,
  typed: {},
  status: 'new',
  ...more,
});

/** @returns {Draft} */
export const emptyDraft = () => ({
  model: '',
  prompt: '',
  duration: '',
  resolution: '',
  orientation: '',
  ratio: '',
  images: [],
  first_image: null,
  last_image: null,
  reference_videos: [],
  reference_audios: [],
});

/**
 * @param {Draft} draft
 * @param {string} field
 */
export const isFilled = (draft, field) => {
  if (LISTS.includes(field)) return draft[field].length > 0;
  if (FRAMES.includes(field)) return Boolean(draft[field]?.url);
  return draft[field] !== '';
};

/** @param {Draft} draft */
export const framesFilled = (draft) => FRAMES.some((field) => isFilled(draft, field));

/**
 * Which of the two kinds of pictures, reference images or frames, is shown: what was chosen, else what is filled.
 * @param {{ draft: Draft; mode: string | null }} given
 */
export const modeOf = ({ mode, draft }) =>
  mode ?? (framesFilled(draft) && !draft.images.length ? 'frames' : 'references');

/**
 * The route and the model's own facts in the package's table; null for an unknown model.
 * @param {Table | null} table
 * @param {string} model
 */
export function entryOf(table, model) {
  for (const route of table?.routes ?? []) {
    const found = route.models.find((m) => m.model === model);
    if (found) return { route, model: found };
  }
  return null;
}

/**
 * The resolutions that a model offers: its own; none if its output is fixed; else those of its route.
 * @param {Entry} entry
 */
export const resolutionsOf = ({ route, model }) =>
  model.resolution ?? (model.delivers ? { offered: [] } : route.fields.resolution);

/**
 * Filled fields that this model would not use: they stay in the form but are left out of the body.
 * @param {Draft} draft
 * @param {Entry | null} entry
 */
export function notSent(draft, entry) {
  const out = [];
  if (draft.orientation && draft.ratio) out.push({ field: 'orientation', why: 'ratio' });
  if (!entry) return out;
  const { fields } = entry.route;
  if (draft.resolution && !resolutionsOf(entry).offered.length) out.push({ field: 'resolution', why: 'fixed' });
  if (draft.reference_videos.length && !entry.model.takes_videos) out.push({ field: 'reference_videos', why: 'model' });
  if (draft.reference_audios.length && !fields.reference_audios.taken)
    out.push({ field: 'reference_audios', why: 'model' });
  return out;
}

/**
 * Whether the orientation agrees with the aspect ratio.
 * @param {string} orientation
 * @param {string} ratio
 */
function agrees(orientation, ratio) {
  const [width, height] = ratio.split(':').map(Number);
  return orientation === 'landscape' ? width > height : width < height;
}

/**
 * What this model drops or ignores of the draft, so that the video would differ from the form.
 * @param {Draft} draft
 * @param {Entry | null} entry
 */
export const lossesOf = (draft, entry) =>
  notSent(draft, entry).filter(({ field }) => {
    if (field === 'resolution') return draft.resolution !== entry?.model.delivers;
    if (field === 'orientation') return !agrees(draft.orientation, draft.ratio);
    return true;
  });

/**
 * A typed number as a number; other text as it is, for the core to judge.
 * @param {string} text
 */
const numberOrText = (text) => {
  const trimmed = text.trim();
  return /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(trimmed) && Number.isFinite(Number(trimmed)) ? Number(trimmed) : text;
};

/**
 * Everything the user filled, as a request body without the fields in `without`.
 * @param {Draft} draft
 * @param {Skipped[]} without
 */
export function toBody(draft, without = []) {
  const left = new Set(without.map((n) => n.field));
  const body = /** @type {RequestBody} */ ({});
  for (const field of FIELDS) {
    if (left.has(field) || !isFilled(draft, field)) continue;
    if (LISTS.includes(field)) body[field] = draft[field].map((/** @type {Item} */ item) => item.url);
    else if (FRAMES.includes(field)) body[field] = draft[field].url;
    else body[field] = field === 'duration' ? numberOrText(draft.duration) : draft[field];
  }
  return body;
}

/**
 * The field and index in a body's path (`/images/2`, `/first_image`).
 * @param {string} path
 */
export function placeOf(path) {
  const [, field = '', index] = path.split('/');
  return { field, index: index === undefined ? null : Number(index) };
}
