// The functions that check and price batches.
import { run } from './core.js';
import { bookOf, needText, readOptions } from './options.js';
import { documentOf } from './value.js';

const LINE_FEED = 10;
// A batch is passed in pieces of about this size, so that the core's memory holds the answers to only one.
const PIECE_BYTES = 2 ** 13;

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
