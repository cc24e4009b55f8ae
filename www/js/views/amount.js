// A field for an amount of money, read when it is left. What is no amount stays in it, with the reason below.
import { html, nothing } from '../../vendor/lit-html/lit-html.js';
import { t } from '../i18n.js';
import { isAmount } from '../money.js';
import { refusedText, settle, shown, typing } from './typed.js';

/**
 * @param {string} id
 * @param {string} kept
 * @param {(value: string) => void} take gets an amount, or nothing
 */
export function amountField(id, kept, take) {
  const takeAmount = (/** @type {string} */ value) => {
    const isTaken = value === '' || isAmount(value);
    if (isTaken) take(value);
    return isTaken;
  };
  const refused = refusedText(id);
  return html`
    <input
      id=${id}
      type="text"
      inputmode="decimal"
      class="short num"
      aria-describedby="${id}-hint ${id}-error"
      .value=${shown(id, kept)}
      @input=${typing(id)}
      @change=${settle(id, takeAmount)}
    />
    <div id="${id}-error" role="alert">
      ${refused === undefined ? nothing : html`<p class="finding error">${t('amount.refused', { value: refused })}</p>`}
    </div>
  `;
}
