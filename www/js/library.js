// The history as a library: groups by day, filters, sums of what was quoted and charged, and why the two differ.
import { t } from './i18n.js';
import { compareAmounts, money } from './money.js';
import { addAmounts, divideAmount, multiplyAmount, subtractAmounts } from './sums.js';
import { isResultLink } from './save.js';
import { state } from './state.js';

const WARN_MS = 12 * 3600_000;

export const isRunning = ({ state: name }) => ['sending', 'following', 'paused', 'unknown'].includes(name);

/** Milliseconds until a result's link ends; Infinity where that is not known. */
export const leftOf = (record) => (record.expires_at ? record.expires_at - Date.now() : Infinity);
export const expiresSoon = (record) => leftOf(record) < WARN_MS;
export const canBeSaved = (record) =>
  record.state === 'completed' && leftOf(record) > 0 && isResultLink(record.video_url);
/** Results that are lost before long, unless they are saved. */
export const toBeSaved = (records) => records.filter((r) => canBeSaved(r) && expiresSoon(r) && !r.saved_at);

/** What the filter shows of what is not in the queue, by its name. */
export const FILTERS = {
  all: () => true,
  completed: (r) => r.state === 'completed',
  expiring: (r) => toBeSaved([r]).length > 0,
  failed: (r) => ['failed', 'refused', 'canceled'].includes(r.state),
};

export const newestFirst = () => [...state.records.values()].sort((a, b) => b.at - a.at);

const DAY_MS = 86_400_000;
const dayOf = (ms) => new Date(ms).setHours(0, 0, 0, 0);

/** Records by the day on which they were sent, as [day, records], in their order. */
export function byDay(records) {
  const days = new Map();
  for (const record of records) {
    const day = dayOf(record.at);
    days.set(day, [...(days.get(day) ?? []), record]);
  }
  return [...days];
}

export function dayWords(day) {
  const age = Math.round((dayOf(Date.now()) - day) / DAY_MS);
  if (age === 0) return t('day.today');
  if (age === 1) return t('day.yesterday');
  const locale = state.lang === 'zh' ? 'zh-CN' : 'en';
  const year = new Date(day).getFullYear() === new Date().getFullYear() ? undefined : 'numeric';
  return new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', month: 'long', year }).format(day);
}

/** Sums by currency; amounts of two currencies are never added. */
export function sumsOf(amounts) {
  const sums = new Map();
  for (const { amount, currency } of amounts)
    if (amount != null) sums.set(currency, addAmounts(sums.get(currency) ?? '0', amount));
  return sums;
}

export const sumWords = (sums) => [...sums].map(([currency, sum]) => money(sum, currency)).join(' + ');

/** What records come to: what was quoted for those that were sent, and what the service says it charged. */
export const totalsOf = (records) => ({
  quoted: sumsOf(records.filter((r) => r.state !== 'refused' && r.state !== 'sending').map((r) => r.quoted)),
  charged: sumsOf(records.map((r) => r.charged).filter(Boolean)),
});

/** “quoted $1.25 · charged 1.20 JimiCoin”; empty where neither is known. */
export function totalWords(records) {
  const { quoted, charged } = totalsOf(records);
  return [
    quoted.size ? t('total.quoted', { amount: sumWords(quoted) }) : '',
    charged.size ? t('total.charged', { amount: sumWords(charged) }) : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

/** Records by their project, those of none last, as [project, records]. */
export function byProject(records) {
  const projects = new Map();
  for (const record of records) {
    const name = record.project || '';
    projects.set(name, [...(projects.get(name) ?? []), record]);
  }
  return [...projects].sort(([a], [b]) => Number(!a) - Number(!b) || a.localeCompare(b));
}

/**
 * What the charge is beside the quote: null where there is none, else { same, difference, why }. Where the currencies differ, or
 * nothing was quoted, there is no difference to tell of.
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
    why: causeOf(quoted, charged, JSON.parse(body).duration, name),
  };
}

function causeOf(quoted, charged, duration, name) {
  const is = (amount) => !compareAmounts(charged.amount, amount);
  if (is('0')) return t('charge.nothing');
  if (name === 'failed') return t('charge.failed');
  if (is(multiplyAmount(quoted.amount, 2))) return t('charge.twice');
  if (charged.tokens !== null) return t('charge.tokens', { n: charged.tokens });
  const perSecond = quoted.unit_price !== undefined && quoted.quantity !== undefined;
  if (perSecond && quoted.quantity !== duration && is(multiplyAmount(quoted.unit_price, duration)))
    return t('charge.without_video');
  if (quoted.kind === 'range') return t('charge.range');
  if (quoted.kind === 'at-least') return t('charge.length');
  const count = perSecond ? quoted.quantity : 1;
  const unit = Number.isInteger(count) ? divideAmount(charged.amount, count) : null;
  return unit && perSecond ? t('charge.unit', { unit, book: quoted.unit_price }) : t('charge.book');
}
