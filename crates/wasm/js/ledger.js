// What `cargo xtask wasm` makes `pkg/ledger.js` of: what a batch of jobs will cost, over a module of its own (crates/wasm-ledger).
import { run } from './core.js';
import { bookOf, needText, readOptions, shown } from './options.js';
import { documentOf } from './value.js';

export { isReady } from './core.js';
export { init } from './load.js';

const UTF_16 = { '\xff\xfe': 'utf-16le', '\xfe\xff': 'utf-16be' };

export function readJobs(bytes, name = '', options) {
  const { lang } = readOptions('readJobs', options, ['lang']);
  needText('readJobs', 'bytes', bytes);
  if (typeof name !== 'string')
    throw new TypeError(`readJobs() needs the file's \`name\` as text; it was given ${shown(name)}`);
  const text = documentOf('readJobs', 'bytes', decoded(bytes));
  return run('readJobs', (core) => core.readJobs(text, /\.[ct]sv$/i.test(name), lang));
}

// As a byte-order mark says, which is no part of the text.
function decoded(bytes) {
  if (typeof bytes === 'string') return bytes;
  return new TextDecoder(UTF_16[String.fromCharCode(...bytes.subarray(0, 2))] ?? 'utf-8').decode(bytes);
}

export function plan(ndjson, options) {
  const known = ['prices', 'budget', 'columns', 'by', 'edition', 'lang'];
  const { lang, edition, prices, budget, columns = [], by } = readOptions('plan', options, known);
  needText('plan', 'ndjson', ndjson);
  if (budget !== undefined && !['string', 'number'].includes(typeof budget)) {
    throw new TypeError(
      `plan() was given ${shown(budget)} as \`budget\`; it is an amount of the price book's currency, such as '99.50'`,
    );
  }
  if (by !== undefined && !columns.includes(by)) {
    throw new RangeError(
      `plan() was given ${shown(by)} as \`by\`; the jobs have ${columns.length === 0 ? 'no further columns' : columns.map((each) => `\`${each}\``).join(', ')}`,
    );
  }
  const lines = documentOf('plan', 'ndjson', ndjson);
  const book = bookOf('plan', prices);
  return run('plan', (core) =>
    core.plan(lines, book, budget === undefined ? undefined : String(budget), columns, by, lang, edition),
  );
}
