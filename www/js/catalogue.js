// The platform's list prices: fetched through the companion when the user asks, and read into a price book.
import { COIN, amountOf, messageOf } from './answers.js';
import { CallError, call, jsonOf } from './api.js';
import { billingNames } from './pricelist.js';
import { state } from './state.js';

const PATH = '/api/openapi/model/catalog';
const UNITS = { per_task: 'task', per_second: 'second', per_million_tokens: 'million-tokens' };

/** `{ book, left, others }`: a book of the names that a route bills under, those left out with why, and how many other models there are. */
export async function fetchCatalogue() {
  const { status, bytes } = await call(PATH);
  const json = jsonOf(bytes);
  const list = json?.data?.list;
  if (status >= 400 || !Array.isArray(list))
    throw new CallError('catalogue', { status, message: messageOf(json) ?? '' });
  return readCatalogue(list);
}

function readCatalogue(list) {
  const units = new Map(billingNames(state.table).map(({ name, unit }) => [name, unit]));
  const prices = {};
  const left = [];
  const known = list.filter((entry) => units.has(entry?.model_name));
  for (const { model_name: name, price_mode: mode = 'per_task', unit_price: price } of known) {
    const amount = amountOf(price);
    if (UNITS[mode] !== units.get(name)) left.push({ name, why: 'unit', mode });
    else if (amount === null || amount.startsWith('-')) left.push({ name, why: 'price', mode: String(price) });
    else if (name in prices && prices[name] !== amount)
      left.push({ name, why: 'twice', mode: `${prices[name]}, ${amount}` });
    else prices[name] = amount;
  }
  for (const { name } of left.filter(({ why }) => why === 'twice')) delete prices[name];
  const book = { currency: COIN, as_of: new Date().toLocaleDateString('sv'), prices };
  return { book, left, others: list.length - known.length };
}
