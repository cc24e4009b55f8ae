// Compares the models: what each does with the draft, and which to offer.
import { entryOf, lossesOf, notSent, toBody } from './draft.js';
import { compareAmounts } from './money.js';
import { highest } from './price.js';
import { judge, mediaOf } from './verdict.js';

/**
 * The amount to sort by: the least that a quote may cost.
 * @param {Quote | null} quote
 */
const lowest = (quote) => (quote?.kind === 'range' ? quote.amount.min : highest(quote));

/**
 * Order of priced things: the cheapest first, those without a known price last.
 * @param {{ quote: Quote }} a
 * @param {{ quote: Quote }} b
 */
export function byPrice(a, b) {
  const [x, y] = [lowest(a.quote), lowest(b.quote)];
  return x === null || y === null ? Number(x === null) - Number(y === null) : compareAmounts(x, y);
}

/**
 * What one model does with the draft: `group` says if it accepts all of it, accepts it with losses, or refuses it.
 * @param {Given} given
 * @param {Entry} entry
 * @returns {Candidate}
 */
function candidate({ draft, book, lang }, entry) {
  const own = { ...draft, model: entry.model.model };
  const body = toBody(own, notSent(own, entry));
  const { report, quote } = judge(body, { media: mediaOf(own, body), book, lang });
  const losses = lossesOf(own, entry).filter(({ why }) => why !== 'ratio'); // the draft's own loss on every model
  const accepted = losses.length ? 'loss' : 'all';
  return {
    entry,
    model: own.model,
    group: report.accepted ? accepted : 'no',
    losses,
    findings: report.findings,
    quote,
  };
}

/**
 * The draft on every model, in the table's order.
 * @param {Given} given
 */
export const compareAll = (given) =>
  given.table.routes.flatMap((route) => route.models.map((model) => candidate(given, { route, model })));

/**
 * A model that accepts all of the draft, to offer if the chosen one does not: its partner if possible, else the cheapest, of a
 * route whose name begins like this if one of these accepts it.
 * @param {Given} given
 */
export function takerOf(given, route = '') {
  const takers = compareAll(given).filter(({ group, model }) => group === 'all' && model !== given.draft.model);
  const partner = entryOf(given.table, given.draft.model)?.model.partner;
  const sorted = takers.sort(byPrice);
  return (
    sorted.find(({ model }) => model === partner) ??
    sorted.find(({ entry }) => entry.route.route.startsWith(route)) ??
    sorted[0]
  );
}
