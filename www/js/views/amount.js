// A field for an amount of money, read when it is left. Text that is not an amount stays in it, with the reason below.
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { t } from '../i18n.js';
import { isAmount } from '../money.js';
import { isRefused, refusedText, settle, textIn, typing } from './typed.js';

/**
 * @param {string} id
 * @param {string} kept
 * @param {(value: string) => void} take gets an amount, or nothing
 * @param {string} hint the id of a further description
 */
export function amountField(id, kept, take, hint = '') {
  const takeAmount = (/** @type {string} */ value) => {
    const isTaken = value === '' || isAmount(value);
    if (isTaken) take(value);
    return isTaken;
  };
  return html`
    <input
      id=${id}
      type="text"
      inputmode="decimal"
      class="short num"
      aria-describedby="${hint} ${id}-error"
      aria-invalid=${isRefused(id)}
      .value=${textIn(id, kept)}
      @input=${typing(id)}
      @change=${settle(id, takeAmount)}
    />
    ${amountError(id)}
  `;
}

/**
 * Why the text in a field is not taken as an amount, if it was refused.
 * @param {string} id
 */
export function amountError(id) {
  const value = refusedText(id);
  return html`<div id="${id}-error" role="alert">
    ${value === undefined ? nothing : html`<p class="finding error">${t('amount.refused', { value })}</p>`}
  </div>`;
}
