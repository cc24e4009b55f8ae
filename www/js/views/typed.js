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
export const shown = (id, kept) => live(typed.get(id) ?? kept);

/** @param {string} id */
export const typing = (id) => (/** @type {OnInput} */ event) => {
  typed.set(id, event.target.value);
};

/**
 * Takes what was typed; if `take` refuses it, it stays there beside the reason.
 * @param {string} id
 * @param {(value: string) => boolean} take
 */
export const settle =
  (id, take) =>
  (/** @type {OnInput} */ { target }) => {
    const text = target.value;
    typed.delete(id);
    const taken = take(text.trim());
    target.setAttribute('aria-invalid', String(!taken));
    if (taken) return;
    typed.set(id, text);
    update();
  };

/** Drops all typed text, once the kept values are replaced as a whole. */
export const discard = () => typed.clear();
