// What authorises calls. The API key is in this module's memory or, if the user asks, in this tab's session storage;
// nowhere else. Behind the companion there is no key, but a token for its run, in the session storage.
import { state, update } from './state.js';

const NAME = 'seedance.key';
let key = '';

const session = () => {
  try {
    return window.sessionStorage;
  } catch {
    return null;
  }
};

const publish = () =>
  update({
    key: {
      held: key !== '',
      tail: key.length >= 12 ? key.slice(-4) : '',
      remembered: Boolean(session()?.getItem(NAME)),
    },
  });

/** Restores this tab's key after a reload, if the user asked for that. */
export function recallKey() {
  key = session()?.getItem(NAME) ?? '';
  publish();
}

/**
 * Sets the key; `remember` keeps it until the tab closes.
 * @param {string} value
 * @param {boolean} remember
 */
export function setKey(value, remember) {
  key = value.trim();
  try {
    if (remember && key) session()?.setItem(NAME, key);
    else session()?.removeItem(NAME);
  } catch {
    /* a tab without storage keeps the key in memory only */
  }
  publish();
}

export const forgetKey = () => setKey('', false);

/** The header that authorises a call: this tab's token for the companion, the key for the API. */
export function authorization() {
  if (state.companion) return companionAuthorization();
  return key ? { Authorization: `Bearer ${key}` } : {};
}

export const TOKEN = 'seedance.session'; // set by the page `companion/open`
export const token = () => session()?.getItem(TOKEN) ?? '';
/** @param {string} given */
export const keepToken = (given) => session()?.setItem(TOKEN, given);
/** @returns {Record<string, string>} */
export const companionAuthorization = () => (token() ? { 'Seedance-Session': token() } : {});
