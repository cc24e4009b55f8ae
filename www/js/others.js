// What other tabs keep meanwhile: taken over here, so that no tab overwrites it with something older.
import { withdrawUndo } from './edits.js';
import { state, update } from './state.js';
import { load, save } from './store.js';

/**
 * Calls `take` when another tab kept something under this name.
 * @param {string} name
 * @param {() => unknown} take
 */
export const onOthers = (name, take) => addEventListener('storage', ({ key }) => key === `seedance.${name}` && take());

/** Takes over the price book, and the limit above which to ask. Address and edition stay as this tab shows them. */
export function followOthers() {
  // Earlier versions kept a limit without its currency, which was that of the book.
  const { limit, limit_currency } = state.settings;
  if (limit && !limit_currency) changeSettings({ limit_currency: state.book.currency });
  onOthers('book', () =>
    update((s) => {
      Object.assign(s, { book: load('book') ?? s.book, setAside: {} }); // what is kept is the whole book
      withdrawUndo(s);
    }),
  );
  onOthers('settings', () => {
    const { limit = '', limit_currency = '' } = load('settings') ?? {};
    update({ settings: { ...state.settings, limit, limit_currency } });
  });
}

/**
 * Changes settings and keeps them, on top of what other tabs kept.
 * @param {Partial<State['settings']>} more
 */
export function changeSettings(more) {
  update({ settings: { ...state.settings, ...more } });
  save('settings', { ...state.settings, ...load('settings'), ...more });
}
