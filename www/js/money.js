// Exact decimal strings: amounts are never numbers.

/** @param {string} text */
const parts = (text) => {
  const [whole, fraction = ''] = text.split('.');
  return { whole, fraction };
};

/**
 * An amount times 10 to the power of `places`.
 * @param {string} text
 * @param {number} places
 */
export const scaled = (text, places) => {
  const { whole, fraction } = parts(text);
  return BigInt(whole + fraction.padEnd(places, '0'));
};

export const placesOf = (/** @type {string[]} */ ...texts) =>
  Math.max(...texts.map((text) => parts(text).fraction.length));

/**
 * @param {string} a
 * @param {string} b
 */
export function compareAmounts(a, b) {
  const places = placesOf(a, b);
  const difference = scaled(a, places) - scaled(b, places);
  return difference < 0n ? -1 : Number(difference > 0n);
}

/**
 * An amount with its currency: $0.55, 0.55 元. At least two digits after the point.
 * @param {string} amount
 * @param {string} currency
 */
export function money(amount, currency) {
  const { whole, fraction } = parts(amount);
  const figure = `${whole}.${fraction.padEnd(2, '0')}`;
  return currency === 'USD' ? `$${figure}` : `${figure} ${currency}`;
}

/**
 * Whether this text is a plain amount.
 * @param {string} text
 */
export const isAmount = (text) => /^\d{1,12}(\.\d{1,12})?$/.test(text);
