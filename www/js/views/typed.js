// What is typed into a control that is read only when it is left: the page is drawn again for many reasons, and none of them loses it.
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
 * Takes what was typed; where `take` says no, it stays there beside the reason.
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

/** Lets go of all of it, where what is kept was replaced as a whole. */
export const discard = () => typed.clear();
