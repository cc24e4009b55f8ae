// The functions that check and price requests.
import { run } from './core.js';
import { BODY, bookOf, needArgument, readOptions } from './options.js';
import { bodyOf, documentOf } from './value.js';

/** The options of everything that judges a request. */
export const CHECKING = ['edition', 'lang', 'media'];

export function check(body, options) {
  needArgument(arguments.length, 'check', BODY);
  return report('check', body, options);
}

/** The report on a body; `name` is the function that errors name. */
export function report(name, body, options) {
  const { lang, edition, media } = readOptions(name, options, CHECKING);
  return judged(name, body, media, (core, given, facts) => core.check(given, lang, edition, facts));
}

export function quote(body, prices, options) {
  needArgument(arguments.length, 'quote', BODY);
  const { lang, edition, media } = readOptions('quote', options, CHECKING);
  const book = bookOf('quote', prices);
  return judged('quote', body, media, (core, given, facts) => core.quote(given, book, lang, edition, facts));
}

export function judge(body, prices, options) {
  needArgument(arguments.length, 'judge', BODY);
  const { lang, edition, media } = readOptions('judge', options, CHECKING);
  const book = bookOf('judge', prices);
  return judged('judge', body, media, (core, given, facts) => core.judge(given, book, lang, edition, facts));
}

/** Calls the core with a body and media facts. */
export function judged(name, body, media, call) {
  const given = bodyOf(name, body);
  const facts = media === undefined ? undefined : documentOf(name, 'media', media);
  return run(name, (core) => call(core, given, facts));
}

export function readPriceBook(prices, options) {
  const { lang, edition } = readOptions('readPriceBook', options, ['edition', 'lang']);
  const book = bookOf('readPriceBook', prices);
  return run('readPriceBook', (core) => core.readPriceBook(book, lang, edition));
}
