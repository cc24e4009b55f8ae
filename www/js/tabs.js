// The tabs of one browser share the token of the companion's run.
import { locks } from './locks.js';
import { TOKEN, keepToken, token } from './secret.js';

const openTabs = () => ('BroadcastChannel' in globalThis ? new BroadcastChannel(TOKEN) : null);

/**
 * Gives this tab's token to the tabs of this browser that ask for it, as long as it is open. The lock tells them that it will
 * answer; resolves once it is held, or cannot be.
 */
export async function answerTabs() {
  const tabs = openTabs();
  tabs?.addEventListener('message', ({ data }) => data === 'token?' && token() && tabs.postMessage({ token: token() }));
  const usable = await locks();
  if (!usable) return;
  await new Promise((resolve) => {
    const hold = () => {
      resolve(null);
      return new Promise(() => {});
    };
    usable.request(TOKEN, { mode: 'shared' }, hold).catch(resolve);
  });
}

/** How long to wait for a tab that holds the lock, and where locks cannot be used. */
const PATIENCE = { held: 10_000, unknown: 1000 };

/** How long an answer may take: not at all, if no tab will give one. */
async function patience() {
  const usable = await locks();
  if (!usable) return PATIENCE.unknown;
  const { held = [] } = await usable.query();
  return held.some(({ name }) => name === TOKEN) ? PATIENCE.held : 0;
}

/** Asks this browser's other tabs for the token that a new tab lacks; true if one gave it. */
export async function askTabs() {
  const wait = token() ? 0 : await patience();
  const tabs = wait ? openTabs() : null;
  if (!tabs) return false;
  return new Promise((resolve) => {
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
    setTimeout(end, wait, false);
  });
}
