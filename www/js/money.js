// Decimal strings, exactly: amounts are never numbers.

const parts = (text) => {
  const [whole, fraction = ''] = text.split('.');
  return { whole, fraction };
};

const scaled = (text, places) => {
  const { whole, fraction } = parts(text);
  return BigInt(whole + fraction.padEnd(places, '0'));
};

const placesOf = (...texts) => Math.max(...texts.map((text) => parts(text).fraction.length));

export function compareAmounts(a, b) {
  const places = placesOf(a, b);
  const difference = scaled(a, places) - scaled(b, places);
  return difference < 0n ? -1 : Number(difference > 0n);
}

/** A decimal string of so many units of the last place. */
function unscaled(units, places) {
  const digits = (units < 0n ? -units : units).toString().padStart(places + 1, '0');
  const text = places ? `${digits.slice(0, -places)}.${digits.slice(-places)}` : digits;
  return units < 0n ? `-${text}` : text;
}

function combined(a, b, sign) {
  const places = placesOf(a, b);
  return unscaled(scaled(a, places) + sign * scaled(b, places), places);
}

export const addAmounts = (a, b) => combined(a, b, 1n);
export const subtractAmounts = (a, b) => combined(a, b, -1n);

/** An amount so many times, `count` being a whole number. */
export function multiplyAmount(amount, count) {
  const places = placesOf(amount);
  return unscaled(scaled(amount, places) * BigInt(count), places);
}

const MOST_PLACES = 6;

/** The decimal that makes `amount` when taken `count` times; null where none of a price's length does. */
export function divideAmount(amount, count) {
  const places = placesOf(amount) + MOST_PLACES;
  const units = scaled(amount, places);
  if (count < 1 || units % BigInt(count)) return null;
  return unscaled(units / BigInt(count), places).replace(/\.?0+$/, '');
}

/** An amount with its currency: $0.55, 0.55 元. At least two digits after the point. */
export function money(amount, currency) {
  const { whole, fraction } = parts(amount);
  const figure = `${whole}.${fraction.padEnd(2, '0')}`;
  return currency === 'USD' ? `$${figure}` : `${figure} ${currency}`;
}

/** Is this text an amount that a limit can be? */
export const isAmount = (text) => /^\d{1,12}(\.\d{1,12})?$/.test(text);
