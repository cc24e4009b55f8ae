// The function that compares models.
import { CHECKING, judged } from './judging.js';
import { BODY, bookOf, needArgument, readOptions } from './options.js';

export function compare(body, options) {
  needArgument(arguments.length, 'compare', BODY);
  const { lang, edition, media, prices } = readOptions('compare', options, [...CHECKING, 'prices']);
  const book = prices === undefined ? undefined : bookOf('compare', prices);
  return judged('compare', body, media, (core, given, facts) => core.compare(given, book, lang, edition, facts));
}
