// Where in the draft a link or a file belongs, by its kind.
import { FRAMES, isFilled, modeOf, newItem } from './draft.js';
import { readPaste } from './importers.js';
import { SPEAKS_OF_KEY } from './keys.js';
import { changeDraft, state } from './state.js';
import { UPLOAD_TYPES } from './upload-limits.js';
import { isUnderWay } from './views/media.js';
import { openImport } from './views/request.js';

/** @param {string} name */
export const endingOf = (name) => (/\.([a-z0-9]+)$/i.exec(name)?.[1] ?? '').toLowerCase();

const KINDS = /** @type {Kind[]} */ (Object.keys(UPLOAD_TYPES));

/**
 * `image`, `video` or `audio` by the ending of a name; undefined for others.
 * @param {string} name
 */
const kindOfName = (name) => KINDS.find((kind) => UPLOAD_TYPES[kind].includes(endingOf(name)));

const LIST_OF = { image: 'images', video: 'reference_videos', audio: 'reference_audios' };

/**
 * The field for each of these names: if frames are shown, images go to free frames first. Null if the kind is unknown.
 * @param {string[]} names
 */
export function placesFor(names) {
  const pending = new Set([...state.uploads.values()].filter(isUnderWay).map(({ slot }) => slot));
  const free = FRAMES.filter(
    (field) => modeOf(state) === 'frames' && !isFilled(state.draft, field) && !pending.has(field),
  );
  return names.map((name) => {
    const kind = kindOfName(name);
    return (kind === 'image' && free.shift()) || (kind ? LIST_OF[kind] : null);
  });
}

/**
 * Puts an item into its place; a frame that was there becomes a reference image and is not lost.
 * @param {Draft} draft
 * @param {string} slot
 * @param {Item} item
 */
export function put(draft, slot, item) {
  if (!FRAMES.includes(slot)) draft[slot].push(item);
  else {
    if (draft[slot]?.url) draft.images.push(draft[slot]);
    draft[slot] = item;
  }
}

/** What separates links; within a link it belongs to it. Tried once a run, not at each of its characters. */
const JOINT = /(^|[^\s,;|，；、。])[\s,;|，；、。]+(?=[a-z]+:\/\/|[\n\r]|$)/gi;

/**
 * The links in a text, one a line or each beginning with its scheme; other text in it passes for a link, too.
 * @param {string} text
 */
const piecesOf = (text) =>
  text
    .replace(JOINT, '$1\n')
    .split(/[\n\r]+/)
    .map((piece) => piece.trim())
    .filter(Boolean);

/** How a link begins; the core mends one that lacks its scheme. */
const LINK = /^([a-z][\w+.-]*:\/\/|data:\w+\/|www\.)/i;
/** @param {string} piece */
export const isLink = (piece) => LINK.test(piece);

/**
 * Whether a text holds a request or a key. A link may hold one that its host asks for.
 * @param {string} text
 * @param {string[]} pieces
 */
const isRequest = (text, pieces) =>
  !pieces.every((piece) => isLink(piece) && !/\s/.test(piece)) &&
  (/^\s*\{/.test(text) || SPEAKS_OF_KEY.test(text) || readPaste(text).kind !== 'json');

/**
 * Adds the links in a text as items, to `slot` or where their kind belongs; a request goes to the import instead, which drops
 * its key before anything is kept or loaded. False if there is neither.
 * @param {string} text
 * @param {(piece: string) => boolean} [which] which pieces of the text are links
 */
export function addText(text, slot = /** @type {string | null} */ (null), which = Boolean) {
  const pieces = piecesOf(text);
  if (isRequest(text, pieces)) {
    openImport(text);
    return true;
  }
  const links = pieces.filter(which);
  if (!links.length) return false;
  const places = placesFor(links.map((link) => link.split(/[?#]/)[0]));
  changeDraft((draft, s) => {
    links.forEach((url, i) => {
      const own = slot ?? places[i] ?? 'images';
      put(draft, own, newItem(url));
      s.touched.add(own);
    });
  });
  return true;
}
