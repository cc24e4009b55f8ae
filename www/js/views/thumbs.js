// Pictures of media, and the names of their files.
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { FRAMES, kindOf } from '../draft.js';

/** The file's name in a link, as a person would write it. */
export function nameOf(url) {
  const last = url.split(/[?#]/)[0].split('/').at(-1);
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

const picture = (url) => html`
  <img
    src=${url}
    alt=""
    loading="lazy"
    decoding="async"
    referrerpolicy="no-referrer"
    @error=${(event) => event.target.classList.add('gone')}
    @load=${(event) => event.target.classList.remove('gone')}
  />
`;

const isPicture = (field, item) =>
  kindOf(field) === 'image' && /^(https:\/\/[^\s/]|data:image\/)/i.test(item.url) && item.status !== 'editing';

/** The first frame of a video that could be read; its sound and controls are not wanted here. */
const clip = (url) => html`<video src="${url}#t=0.1" muted playsinline preload="metadata"></video>`;

function look(field, item) {
  if (item && isPicture(field, item)) return picture(item.url);
  return item?.status === 'measured' && kindOf(field) === 'video' ? clip(item.url) : nothing;
}

/** A lazy thumbnail without a referrer, or a sign where there is none; `n` counts it in its list. */
export const thumb = (field, item, n = null) => html`
  <div class="thumb sign-${kindOf(field)}" aria-hidden="true">
    ${look(field, item)} ${n === null ? nothing : html`<span class="thumb-number">${n}</span>`}
  </div>
`;

/** All links of a draft's fields, as { field, item, n }. */
export const linksOf = (draft, fields) =>
  fields.flatMap((field) => {
    if (FRAMES.includes(field)) return draft[field]?.url ? [{ field, item: draft[field], n: null }] : [];
    return (draft[field] ?? []).map((item, i) => ({ field, item, n: i + 1 }));
  });
