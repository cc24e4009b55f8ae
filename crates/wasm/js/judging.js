// The functions that check and price requests.
import { run } from './core.js';
import { BODY, bookOf, needArgument, needText, readOptions } from './options.js';
import { bodyOf, documentOf } from './value.js';

/** The options of everything that judges a request. */
export const CHECKING = ['edition', 'lang', 'media'];

const LINE_FEED = 10;
// A batch is passed in pieces of about this size, so that the core's memory holds the answers to only one.
const PIECE_BYTES = 2 ** 13;

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

export function compare(body, options) {
  needArgument(arguments.length, 'compare', BODY);
  const { lang, edition, media, prices } = readOptions('compare', options, [...CHECKING, 'prices']);
  const book = prices === undefined ? undefined : bookOf('compare', prices);
  return judged('compare', body, media, (core, given, facts) => core.compare(given, book, lang, edition, facts));
}

function judged(name, body, media, call) {
  const given = bodyOf(name, body);
  const facts = media === undefined ? undefined : documentOf(name, 'media', media);
  return run(name, (core) => call(core, given, facts));
}

export function checkNdjson(lines, options) {
  const { lang, edition } = readOptions('checkNdjson', options, ['edition', 'lang']);
  return answers('checkNdjson', lines, undefined, lang, edition);
}

export function quoteNdjson(lines, prices, options) {
  const { lang, edition } = readOptions('quoteNdjson', options, ['edition', 'lang']);
  return answers('quoteNdjson', lines, bookOf('quoteNdjson', prices), lang, edition);
}

function answers(name, lines, book, lang, edition) {
  needText(name, 'lines', lines);
  const bytes = documentOf(name, 'lines', lines);
  return run(name, (core) => {
    const batch = new core.Batch(book, lang, edition);
    const done = [...pieces(bytes)].map((piece) => batch.answer(piece));
    batch.free();
    return joined(done);
  });
}

// Each piece has whole lines.
function* pieces(bytes) {
  let start = 0;
  for (let end; (end = bytes.indexOf(LINE_FEED, start + PIECE_BYTES) + 1) > 0; start = end)
    yield bytes.subarray(start, end);
  yield bytes.subarray(start);
}

function joined(parts) {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const part of parts) {
    whole.set(part, end);
    end += part.length;
  }
  return whole;
}

export function readPriceBook(prices, options) {
  const { lang, edition } = readOptions('readPriceBook', options, ['edition', 'lang']);
  const book = bookOf('readPriceBook', prices);
  return run('readPriceBook', (core) => core.readPriceBook(book, lang, edition));
}
