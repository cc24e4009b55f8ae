// A quote in words. The numbers are the core's; nothing is multiplied or rounded here.
import { t } from './i18n.js';
import { money } from './money.js';

/**
 * 8, 8–9 or 8+.
 * @param {Quantity} quantity
 */
function count(quantity) {
  if (typeof quantity === 'number') return String(quantity);
  if (quantity.max === undefined) return `${quantity.min}+`;
  return quantity.min === quantity.max ? String(quantity.min) : `${quantity.min}–${quantity.max}`;
}

/**
 * Whether nothing is known of this quantity.
 * @param {Quantity} quantity
 */
const isOpen = (quantity) => typeof quantity === 'object' && quantity.min === 0 && quantity.max === undefined;

/**
 * `0.05 × (8 + 3)`; on a task route `0.30 × 1 task`.
 * @param {PricedQuote} quote
 */
function product(quote) {
  if (quote.unit === 'task') return `${quote.unit_price} × ${t('price.one_task')}`;
  const parts = quote.parts.map(({ quantity }) => (isOpen(quantity) ? '?' : count(quantity)));
  return `${quote.unit_price} × ${parts.length > 1 ? `(${parts.join(' + ')})` : parts[0]}`;
}

/**
 * A quote's short text, for tables and history.
 * @param {Quote | null | undefined} quote
 */
export function priceText(quote) {
  if (!quote) return '—';
  if (quote.kind === 'exact') return money(quote.amount, quote.currency);
  if (quote.kind === 'range')
    return `${money(quote.amount.min, quote.currency)} – ${money(quote.amount.max, quote.currency)}`;
  if (quote.kind === 'at-least') return t('price.at_least', { amount: money(quote.amount.min, quote.currency) });
  return t('price.unknown');
}

/** A text within a sentence. */
export const within = (/** @type {string} */ words) => words[0].toLowerCase() + words.slice(1);

/**
 * The parts of the price card: kind, figures, the multiplication, the billing name, what would make it exact.
 * @param {Quote} quote
 */
export function priceWords(quote) {
  /** @type {PriceWords} */
  const words = {
    kind: quote.kind,
    head: priceText(quote),
    formula: '',
    note: '',
    billing: quote.billing_model ?? '',
    asOf: quote.as_of ?? '',
    needs: null,
  };
  if (quote.kind === 'not-priceable') {
    if (quote.reason === 'no-price') {
      words.note = t('price.no_unit_price', { name: quote.billing_model });
      words.needs = { name: quote.billing_model, unit: quote.unit };
      words.billing = '';
    } else if (quote.reason === 'billed-by-usage') words.note = t('price.by_usage');
    else words.head = t('price.waits');
    return words;
  }
  words.formula = `${product(quote)} = ${within(words.head)}`;
  if (quote.kind === 'range') {
    words.low = money(quote.amount.min, quote.currency);
    words.high = money(quote.amount.max, quote.currency);
    words.formula = `${product(quote)}`;
    words.note = t('price.range_why');
  }
  if (quote.kind === 'at-least') words.note = t('price.at_least_why');
  return words;
}

/**
 * The highest known amount of a quote, as a decimal string; null if there is none.
 * @param {Quote | null} quote
 */
export const highest = (quote) => {
  if (quote?.kind === 'exact') return quote.amount;
  if (quote?.kind === 'range') return quote.amount.max;
  return quote?.kind === 'at-least' ? quote.amount.min : null;
};

/**
 * Billable seconds as text; empty where the route bills per task.
 * @param {Quote} quote
 */
export const secondsText = (quote) =>
  quote.unit === 'second' && 'quantity' in quote ? t('seconds', { n: count(quote.quantity) }) : '';

/**
 * The age of a price book in days, from its own label when that is a date.
 * @param {string | undefined} asOf
 */
export function bookAge(asOf, now = Date.now()) {
  const time = asOf && /^\d{4}-\d{2}-\d{2}/.test(asOf) ? Date.parse(asOf.slice(0, 10)) : NaN;
  return Number.isFinite(time) ? Math.max(0, Math.floor((now - time) / 86_400_000)) : null;
}

const OLD_DAYS = 30;

/**
 * Whether prices of this age, in days, are old.
 * @param {number | null} age
 */
export const isOld = (age) => age !== null && age > OLD_DAYS;
