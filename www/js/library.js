// The history as a library: groups by day, filters, sums of what was quoted and charged, and why the two differ.
import { t } from './i18n.js';
import { compareAmounts, money } from './money.js';
import { addAmounts, divideAmount, multiplyAmount, subtractAmounts } from './sums.js';
import { isResultLink } from './save.js';
import { state } from './state.js';

const WARN_MS = 12 * 3600_000;

/** @param {Attempt} record */
export const isRunning = ({ state: name }) => ['sending', 'following', 'paused', 'unknown'].includes(name);

/**
 * Milliseconds until a result's link expires; Infinity if not known.
 * @param {Attempt} record
 */
export const leftOf = (record) => (record.expires_at ? record.expires_at - Date.now() : Infinity);
/** @param {Attempt} record */
export const expiresSoon = (record) => leftOf(record) < WARN_MS;
/** @param {Attempt} record */
export const canBeSaved = (record) =>
  record.state === 'completed' && leftOf(record) > 0 && isResultLink(record.video_url);
/**
 * Unsaved results whose links expire soon.
 * @param {Attempt[]} records
 */
export const toBeSaved = (records) => records.filter((r) => canBeSaved(r) && expiresSoon(r) && !r.saved_at);

/** The library's filters by name. @type {Record<string, (r: Attempt) => boolean>} */
export const FILTERS = {
  all: () => true,
  completed: (r) => r.state === 'completed',
  expiring: (r) => toBeSaved([r]).length > 0,
  failed: (r) => ['failed', 'refused', 'canceled'].includes(r.state),
};

export const newestFirst = () => [...state.records.values()].sort((a, b) => b.at - a.at);

const DAY_MS = 86_400_000;
/** @param {number} ms */
const dayOf = (ms) => new Date(ms).setHours(0, 0, 0, 0);

/**
 * Records by the day on which they were sent, as [day, records], in their order.
 * @param {Attempt[]} records
 */
export function byDay(records) {
  const days = /** @type {Map<number, Attempt[]>} */ (new Map());
  for (const record of records) {
    const day = dayOf(record.at);
    days.set(day, [...(days.get(day) ?? []), record]);
  }
  return [...days];
}

/** @param {number} day */
export function dayWords(day) {
  const age = Math.round((dayOf(Date.now()) - day) / DAY_MS);
  if (age === 0) return t('day.today');
  if (age === 1) return t('day.yesterday');
  const locale = state.lang === 'zh' ? 'zh-CN' : 'en';
  const year = new Date(day).getFullYear() === new Date().getFullYear() ? undefined : 'numeric';
  return new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'long', year }).format(day);
}

/**
 * Sums by currency; amounts of two currencies are never added.
 * @param {{ amount: string | null; currency: string }[]} amounts
 */
export function sumsOf(amounts) {
  const sums = /** @type {Map<string, string>} */ (new Map());
  for (const { amount, currency } of amounts)
    if (amount != null) sums.set(currency, addAmounts(sums.get(currency) ?? '0', amount));
  return sums;
}

/** @param {Map<string, string>} sums */
const sumWords = (sums) => [...sums].map(([currency, sum]) => money(sum, currency)).join(' + ');

/**
 * The records' totals: quoted, for those that were sent, and charged, as the service says.
 * @param {Attempt[]} records
 */
const totalsOf = (records) => ({
  quoted: sumsOf(records.filter((r) => r.state !== 'refused' && r.state !== 'sending').map((r) => r.quoted)),
  charged: sumsOf(records.flatMap(({ charged }) => charged ?? [])),
});

/**
 * “quoted $1.25 · charged 1.20 JimiCoin”; empty where neither is known.
 * @param {Attempt[]} records
 */
export function totalWords(records) {
  const { quoted, charged } = totalsOf(records);
  return [
    quoted.size ? t('total.quoted', { amount: sumWords(quoted) }) : '',
    charged.size ? t('total.charged', { amount: sumWords(charged) }) : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

/**
 * A record's project; rows of a batch without a name have one whose name follows the language.
 * @param {Attempt} record
 */
export const projectOf = ({ project, row }) => project || (row ? t('batch.pasted') : '');

/**
 * Records by project, those without one last, as [project, records].
 * @param {Attempt[]} records
 */
export function byProject(records) {
  const projects = /** @type {Map<string, Attempt[]>} */ (new Map());
  for (const record of records) {
    const name = projectOf(record);
    projects.set(name, [...(projects.get(name) ?? []), record]);
  }
  return [...projects].sort(([a], [b]) => Number(!a) - Number(!b) || a.localeCompare(b));
}

/**
 * Compares the charge with the quote: null without a charge, else { same, difference, why }. If the currencies differ, or
 * nothing was quoted, there is no difference.
 * @param {Attempt} record
 */
export function chargeBeside({ quoted, charged, body, state: name }) {
  if (!charged) return null;
  if (quoted.amount == null) return { why: t('charge.unquoted') };
  if (quoted.currency !== charged.currency) return { why: t('charge.other_currency') };
  if (!compareAmounts(charged.amount, quoted.amount)) return { same: true };
  const difference = subtractAmounts(charged.amount, quoted.amount);
  const sign = difference.startsWith('-') ? '−' : '+';
  return {
    difference: sign + money(difference.replace('-', ''), charged.currency),
    why: causeOf({ ...quoted, amount: quoted.amount }, charged, JSON.parse(body).duration, name),
  };
}

/**
 * @param {Attempt['quoted'] & { amount: string }} quoted
 * @param {Amount & { tokens: number | null }} charged
 * @param {number} duration
 * @param {string} name
 */
function causeOf(quoted, charged, duration, name) {
  const is = (/** @type {string} */ amount) => !compareAmounts(charged.amount, amount);
  if (is('0')) return t('charge.nothing');
  if (name === 'failed') return t('charge.failed');
  if (is(multiplyAmount(quoted.amount, 2))) return t('charge.twice');
  if (charged.tokens !== null) return t('charge.tokens', { n: charged.tokens });
  const { unit_price: price, quantity } = quoted;
  const perSecond = price !== undefined && quantity !== undefined;
  if (perSecond && quantity !== duration && is(multiplyAmount(price, duration))) return t('charge.without_video');
  if (quoted.kind === 'range') return t('charge.range');
  if (quoted.kind === 'at-least') return t('charge.length');
  const isWhole = perSecond && typeof quantity === 'number' && Number.isInteger(quantity);
  const unit = isWhole ? divideAmount(charged.amount, quantity) : null;
  return unit ? t('charge.unit', { unit, book: price }) : t('charge.book');
}
