// Moments and lengths of time in the user's words.
import { t } from './i18n.js';

/**
 * A moment in the user's words.
 * @param {number} ms
 */
export const when = (ms) =>
  new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: 'medium', timeStyle: 'short' }).format(ms);

/**
 * Days, hours, minutes: "2 d 23 h", "4 min", "12 s".
 * @param {number} ms
 */
export function span(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const [d, h, m] = [Math.floor(seconds / 86400), Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60];
  if (d) return t('span.dh', { d, h });
  if (h) return t('span.hm', { h, m });
  return m ? t('span.m', { m }) : t('span.s', { s: seconds });
}

/**
 * A running clock: 02:13, 1:02:13.
 * @param {number} ms
 */
export function clock(ms) {
  const s = Math.max(0, Math.floor(ms / 1000));
  const two = (/** @type {number} */ n) => String(n).padStart(2, '0');
  const tail = `${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;
  return s >= 3600 ? `${Math.floor(s / 3600)}:${tail}` : tail;
}
