// The account's balance, if the companion holds the key: fetched at the start and after what may have changed it.
// It is read here, since the start does not wait for the half megabyte of the package's ledger.
import { COIN, amountOf } from './answers.js';
import { call, jsonOf } from './api.js';
import { compareAmounts } from './money.js';
import { onChange, state, update } from './state.js';

const ACCOUNT = '/api/open-api/v1/user/balance';
const KEY = '/api/open-api/v1/key/balance';

/** @param {string} path */
const ask = (path) =>
  call(path).then(
    ({ status, bytes }) => (status < 400 ? (jsonOf(bytes)?.data ?? {}) : {}),
    () => ({}),
  );

/** Updates what may be spent: the account's balance, or the key's own quota if lower. Without a response the old figure stays. */
export async function refreshBalance() {
  if (!state.companion?.has_key) return;
  const [account, key] = await Promise.all([ask(ACCOUNT), ask(KEY)]);
  const available = amountOf(account.available);
  if (available === null) return;
  const quota = key.unlimited === false || Number(key.total_quota) > 0 ? amountOf(key.available_quota) : null;
  const byKey = quota !== null && compareAmounts(quota, available) < 0;
  update({ balance: { amount: byKey ? quota : available, currency: COIN, byKey, at: Date.now() } });
}

const SOON_MS = 1000;
const OLD_MS = 60_000;

export function watchBalance() {
  let seen = /** @type {string | null} */ (null);
  let timer = 0;
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(refreshBalance, SOON_MS);
  };
  onChange(() => {
    const now = [...state.records.values()].map((r) => r.state).join();
    if (now !== seen && seen !== null) soon();
    seen = now;
  });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible' && Date.now() - (state.balance?.at ?? 0) > OLD_MS) soon();
  });
  refreshBalance();
}

/**
 * Whether the balance is known, in this currency, and below this amount.
 * @param {string | null} amount
 * @param {string} currency
 */
export const isShort = (amount, currency) =>
  amount !== null &&
  state.balance !== null &&
  state.balance.currency === currency &&
  compareAmounts(amount, state.balance.amount) > 0;
