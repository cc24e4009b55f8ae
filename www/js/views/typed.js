// Text typed into controls that are read only when they are left, kept so that no redrawing of the page loses it.
import { live } from '../../vendor/lit-html/directives/live.js';
import { update } from '../state.js';

/** The text of each such control, by its id, until it is taken. */
const typed = new Map();

/**
 * What a control shows: what is being typed, or else what is kept.
 * @param {string} id
 * @param {string} kept
 */
export const textIn = (id, kept) => live(typed.get(id) ?? kept);

/** The controls whose text was refused when it was left, until it is typed again. */
const refused = new Set();
/** @param {string} id */
export const isRefused = (id) => refused.has(id);
/** @param {string} id */
export const refusedText = (id) => (refused.has(id) ? typed.get(id) : undefined);

/** @param {string} id */
export const typing =
  (id) =>
  (/** @type {OnInput} */ { target }) => {
    typed.set(id, target.value);
    if (refused.delete(id)) update();
  };

/**
 * Takes what was typed; if `take` refuses it, it stays there beside the reason.
 * @param {string} id
 * @param {(value: string) => boolean} take
 */
export const settle =
  (id, take) =>
  (/** @type {Pick<OnInput, 'target'>} */ { target }) => {
    const text = target.value;
    typed.delete(id);
    refused.delete(id);
    if (take(text.trim())) return;
    typed.set(id, text);
    refused.add(id);
    update();
  };

/** Drops all typed text, once the kept values are replaced as a whole. */
export function discard() {
  typed.clear();
  refused.clear();
}
