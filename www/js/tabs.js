// The tabs of one browser share the token of the companion's run.
import { TOKEN, keepToken, token } from './secret.js';

const PATIENCE = 1000;

const openTabs = () => ('BroadcastChannel' in globalThis ? new BroadcastChannel(TOKEN) : null);

/** Gives this tab's token to the tabs of this browser that ask for it. */
export function answerTabs() {
  const tabs = openTabs();
  tabs?.addEventListener('message', ({ data }) => data === 'token?' && token() && tabs.postMessage({ token: token() }));
}

/** Asks this browser's other tabs for the token that a new tab lacks; true if one gave it. */
export const askTabs = () =>
  new Promise((resolve) => {
    const tabs = token() ? null : openTabs();
    if (!tabs) return resolve(false);
    const end = (/** @type {boolean} */ found) => {
      tabs.close();
      resolve(found);
    };
    tabs.addEventListener('message', ({ data }) => {
      if (!data.token) return;
      keepToken(data.token);
      end(true);
    });
    tabs.postMessage('token?');
    return setTimeout(end, PATIENCE, false);
  });
