// Fills a draft from a body, by an import or a fix, and lists what the form cannot hold.
import { FIELDS, FRAMES, LISTS, newItem } from './draft.js';

/**
 * Whether the field can show this value as text.
 * @param {string} field
 * @param {unknown} value
 */
const isTypable = (field, value) => typeof value === 'string' || (field === 'duration' && typeof value === 'number');

/**
 * Writes a body into the draft. Links that were there keep their measurements; `keep` names fields to leave alone.
 * @param {Draft} draft
 * @param {RequestBody} body
 * @param {string[]} keep
 */
export function fillFrom(draft, body, keep = []) {
  const left = new Set(keep);
  for (const field of FIELDS) {
    if (left.has(field)) continue;
    const value = body[field];
    if (LISTS.includes(field)) {
      const pool = [...draft[field]];
      draft[field] = (Array.isArray(value) ? value.filter((v) => typeof v === 'string') : []).map((url) => {
        const at = pool.findIndex((item) => item.url === url);
        return at < 0 ? newItem(url) : pool.splice(at, 1)[0];
      });
    } else if (FRAMES.includes(field)) {
      if (typeof value !== 'string' || value === '') draft[field] = null;
      else if (draft[field]?.url !== value) draft[field] = newItem(value);
    } else draft[field] = isTypable(field, value) ? String(value) : '';
  }
}

/**
 * Members of a body that the form cannot hold: unknown names and values of a wrong type.
 * @param {RequestBody} body
 */
export function leftOut(body) {
  const fits = (/** @type {string} */ field, /** @type {unknown} */ value) => {
    if (LISTS.includes(field)) return Array.isArray(value) && value.every((v) => typeof v === 'string');
    return isTypable(field, value);
  };
  return Object.keys(body).filter((name) => !FIELDS.includes(name) || !fits(name, body[name]));
}

/**
 * The label of a fix, as a note of what was done.
 * @param {string} label
 */
export const asSentence = (label) => label.replace(/^./, (first) => first.toUpperCase());
