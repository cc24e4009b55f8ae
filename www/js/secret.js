// What calls are authorised by. The API key lives in this module's memory, or, when the user asks, in this tab's session;
// nowhere else. Behind the companion there is no key, but a token of the companion's run, in this tab's session.
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
  update((s) => {
    s.key = {
      held: key !== '',
      tail: key.length >= 12 ? key.slice(-4) : '',
      remembered: Boolean(session()?.getItem(NAME)),
    };
  });

/** Takes back the key of this tab after a reload, if the user asked for that. */
export function recallKey() {
  key = session()?.getItem(NAME) ?? '';
  publish();
}

/**
 * Takes a key; `remember` keeps it for this tab's life.
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

/** For the one header of a call: to the companion with this tab's token, to the configured origin with the key. */
export function authorization() {
  if (state.companion) return companionAuthorization();
  return key ? { Authorization: `Bearer ${key}` } : {};
}

export const TOKEN = 'seedance.session'; // the companion's door puts it there
export const token = () => session()?.getItem(TOKEN) ?? '';
/** @param {string} given */
export const keepToken = (given) => session()?.setItem(TOKEN, given);
/** @returns {Record<string, string>} */
export const companionAuthorization = () => (token() ? { 'Seedance-Session': token() } : {});
