// The API key. It lives in this module's memory, or, when the user asks, in this tab's session; nowhere else.
import { update } from './state.js';

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

/** Takes a key; `remember` keeps it for this tab's life. */
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

/** For the one header of a call to the configured origin. */
export const authorization = () => (key ? { Authorization: `Bearer ${key}` } : {});
