// Exact arithmetic with amounts.
import { placesOf, scaled } from './money.js';

/**
 * `units` of the last place as a decimal string.
 * @param {bigint} units
 * @param {number} places
 */
function unscaled(units, places) {
  const digits = (units < 0n ? -units : units).toString().padStart(places + 1, '0');
  const text = places ? `${digits.slice(0, -places)}.${digits.slice(-places)}` : digits;
  return units < 0n ? `-${text}` : text;
}

/**
 * @param {string} a
 * @param {string} b
 * @param {bigint} sign
 */
function combined(a, b, sign) {
  const places = placesOf(a, b);
  return unscaled(scaled(a, places) + sign * scaled(b, places), places);
}

/**
 * @param {string} a
 * @param {string} b
 */
export const addAmounts = (a, b) => combined(a, b, 1n);
/**
 * @param {string} a
 * @param {string} b
 */
export const subtractAmounts = (a, b) => combined(a, b, -1n);

/**
 * An amount times a whole number.
 * @param {string} amount
 * @param {number} count
 */
export function multiplyAmount(amount, count) {
  const places = placesOf(amount);
  return unscaled(scaled(amount, places) * BigInt(count), places);
}

const MOST_PLACES = 6;

/**
 * `amount` divided by `count`, exactly; null if the quotient has too many decimal places.
 * @param {string} amount
 * @param {number} count
 */
export function divideAmount(amount, count) {
  const places = placesOf(amount) + MOST_PLACES;
  const units = scaled(amount, places);
  if (count < 1 || units % BigInt(count)) return null;
  return unscaled(units / BigInt(count), places).replace(/\.?0+$/, '');
}
