// Pictures of media, and the names of their files.
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { FRAMES, kindOf } from '../draft.js';

/**
 * The file name in a link, decoded.
 * @param {string} url
 */
export function nameOf(url) {
  const last = url.split(/[?#]/)[0].split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

/** @param {string} url */
const picture = (url) => html`
  <img
    src=${url}
    alt=""
    loading="lazy"
    decoding="async"
    referrerpolicy="no-referrer"
    @error=${(/** @type {On<HTMLImageElement>} */ event) => event.target.classList.add('gone')}
    @load=${(/** @type {On<HTMLImageElement>} */ event) => event.target.classList.remove('gone')}
  />
`;

/**
 * A link with white space in it may be more than a link, such as a command with a key: no host is to get that.
 * @param {string} field
 * @param {Shown} item
 */
const isPicture = (field, item) =>
  kindOf(field) === 'image' && /^(https:\/\/[^\s/]|data:image\/)\S*$/i.test(item.url) && item.status !== 'editing';

/**
 * Whether its length was measured.
 * @param {Shown} item
 */
export const hasLength = ({ measured }) => Number.isFinite(measured?.seconds);

/**
 * The first frame of a readable video, without sound or controls.
 * @param {string} url
 */
const clip = (url) => html`<video src="${url}#t=0.1" muted playsinline preload="metadata"></video>`;

/**
 * @param {string} field
 * @param {Shown | null} item
 */
function look(field, item) {
  if (item && isPicture(field, item)) return picture(item.url);
  return item && hasLength(item) && kindOf(field) === 'video' ? clip(item.url) : nothing;
}

/**
 * A lazy thumbnail without a referrer, or a sign if there is none; `n` is its place in its list.
 * @param {string} field
 * @param {Shown | null} item
 * @param {number | null} n
 */
export const thumb = (field, item, n = null) => html`
  <div class="thumb sign-${kindOf(field)}" aria-hidden="true">
    ${look(field, item)} ${n === null ? nothing : html`<span class="thumb-number">${n}</span>`}
  </div>
`;

/**
 * All links of a draft's fields, as { field, item, n }.
 * @param {Draft} draft
 * @param {string[]} fields
 * @returns {Linked[]}
 */
export const linksOf = (draft, fields) =>
  fields.flatMap((field) => {
    if (FRAMES.includes(field)) return draft[field]?.url ? [{ field, item: draft[field], n: null }] : [];
    return (draft[field] ?? []).map((/** @type {Item} */ item, /** @type {number} */ i) => ({ field, item, n: i + 1 }));
  });
