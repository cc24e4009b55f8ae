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
  return ask('check', name, body, undefined, readOptions(name, options, CHECKING));
}

export function quote(body, prices, options) {
  needArgument(arguments.length, 'quote', BODY);
  const by = readOptions('quote', options, CHECKING);
  return ask('quote', 'quote', body, bookOf('quote', prices), by);
}

export function judge(body, prices, options) {
  needArgument(arguments.length, 'judge', BODY);
  const by = readOptions('judge', options, CHECKING);
  return ask('judge', 'judge', body, bookOf('judge', prices), by);
}

export function compare(body, options) {
  needArgument(arguments.length, 'compare', BODY);
  const { prices, ...by } = readOptions('compare', options, [...CHECKING, 'prices']);
  return ask('compare', 'compare', body, prices === undefined ? undefined : bookOf('compare', prices), by);
}

function ask(question, name, body, book, { lang, edition, media }) {
  const given = bodyOf(name, body);
  const facts = media === undefined ? undefined : documentOf(name, 'media', media);
  return run(name, (core) => core.ask(question, given, book, lang, edition, facts));
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
