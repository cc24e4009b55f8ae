// The balance in the header, what the draft would leave of it, and a warning if it is too low.
import { html, nothing, render } from '../../vendor/lit-html/lit-html.js';
import { isShort, refreshBalance } from '../balance.js';
import { at } from '../dom.js';
import { t } from '../i18n.js';
import { span } from '../times.js';
import { money } from '../money.js';
import { highest } from '../price.js';
import { state } from '../state.js';
import { subtractAmounts } from '../sums.js';

export function drawBalance() {
  render(state.balance ? inHead(state.balance) : nothing, at('balance'));
  render(after(), at('balance-after'));
}

/** @param {Balance} balance */
const agoWords = ({ at: time }) => t('balance.checked', { ago: span(Date.now() - time) });

/** @param {Balance} balance */
const inHead = (balance) => html`
  <button type="button" class="balance" title=${`${agoWords(balance)} ${t('tasks.refresh')}`} @click=${refreshBalance}>
    <span class="quiet-text">${t(balance.byKey ? 'balance.key' : 'balance')}</span>
    <b class="num">${money(balance.amount, balance.currency)}</b>
  </button>
`;

/** Beside the price: what would be left. Currencies are never converted. */
function after() {
  const { quote } = state.result;
  const amount = highest(quote);
  if (!state.balance || amount === null || quote.currency !== state.balance.currency) return nothing;
  if (isShort(amount, quote.currency)) return balanceWarning(amount);
  return html`<p class="quiet-text">
    ${t('balance.after')} <b class="num">${money(subtractAmounts(state.balance.amount, amount), quote.currency)}</b>
  </p>`;
}

/**
 * A warning that never prevents sending: the figure may be old.
 * @param {string | null} amount
 */
export function balanceWarning(amount) {
  const { balance } = state;
  if (!balance || !isShort(amount, state.book.currency)) return nothing;
  return html`<p class="warn-box balance-short">
    ${t('balance.short', { amount: money(balance.amount, balance.currency) })} ${agoWords(balance)}
  </p>`;
}
