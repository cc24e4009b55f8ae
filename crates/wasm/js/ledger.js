// The entry from which `cargo xtask wasm` bundles `pkg/ledger.js`. It has a module of its own (crates/wasm-ledger).
import { needCore, run } from './core.js';
import { BODY, bookOf, needArgument, needText, readOptions, shown } from './options.js';
import { documentOf, isBytes } from './value.js';

export * from './answers.js';
export { isReady } from './core.js';
export { init } from './load.js';

// This many bytes of a media box say where it ends.
const HEAD_BYTES = 16;
const UTF_16 = { '\xff\xfe': 'utf-16le', '\xfe\xff': 'utf-16be' };

export function readJobs(bytes, name = '', options) {
  const { lang, edition } = readOptions('readJobs', options, ['edition', 'lang']);
  needText('readJobs', 'bytes', bytes);
  if (typeof name !== 'string')
    throw new TypeError(`readJobs() needs the file's \`name\` as text; it was given ${shown(name)}`);
  const text = documentOf('readJobs', 'bytes', decoded(bytes));
  return run('readJobs', (core) => core.readJobs(text, /\.[ct]sv$/i.test(name), lang, edition));
}

// The text without the byte-order mark, which may say that it is UTF-16. Bytes that are not text are left for the ledger and the core
// to refuse: a decoder would replace them.
function decoded(text) {
  if (typeof text === 'string') return text.replace(/^\ufeff/, '');
  const encoding = UTF_16[String.fromCharCode(...text.subarray(0, 2))] ?? 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(text);
  } catch {
    return text;
  }
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
  if (!Array.isArray(columns) || !columns.every((column) => typeof column === 'string')) {
    throw new TypeError(
      `plan() was given ${shown(columns)} as \`columns\`; it is a list of names, as readJobs() gave it`,
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

export function mergePriceBooks(book, other, options) {
  const { lang, edition } = readOptions('mergePriceBooks', options, ['edition', 'lang']);
  const [into, from] = [bookOf('mergePriceBooks', book), bookOf('mergePriceBooks', other)];
  return run('mergePriceBooks', (core) => core.mergePriceBooks(into, from, lang, edition));
}

export function readCatalog(answer, options) {
  const { lang, edition, asOf } = readOptions('readCatalog', options, ['asOf', 'edition', 'lang']);
  if (asOf !== undefined && typeof asOf !== 'string')
    throw new TypeError(`readCatalog() was given ${shown(asOf)} as \`asOf\`; it is a label such as '2026-07-01'`);
  const text = documentOf('readCatalog', 'answer', answer);
  return run('readCatalog', (core) => core.readCatalog(text, asOf, lang, edition));
}

export function convertForeign(body) {
  needArgument(arguments.length, 'convertForeign', BODY);
  const text = documentOf('convertForeign', 'body', body);
  return run('convertForeign', (core) => core.convertForeign(text));
}

export function readLenient(text, options) {
  const { lang } = readOptions('readLenient', options, ['lang']);
  if (typeof text !== 'string') throw new TypeError(`readLenient() needs \`text\`; it was given ${shown(text)}`);
  return run('readLenient', (core) => core.readLenient(text, lang));
}

// JavaScript reads the file, because that is asynchronous; the ledger says which bytes to read, and measures what they describe.
export async function measureMedia(file, options) {
  const { lang } = readOptions('measureMedia', options, ['lang']);
  const blob = isBytes(file) ? new Blob([/** @type {BlobPart} */ (file)]) : file;
  if (typeof blob?.slice !== 'function' || typeof blob.size !== 'number')
    throw new TypeError(`measureMedia() needs a file: a \`Blob\` or bytes; it was given ${shown(file)}`);
  needCore('measureMedia');
  const read = async (at, length) => new Uint8Array(await blob.slice(at, at + length).arrayBuffer());
  for (let at = 0; ;) {
    const head = await read(at, HEAD_BYTES);
    const { next, index } = run('measureMedia', (core) => core.findIndex(head, at, blob.size, lang));
    if (next === undefined) {
      const bytes = await read(at, index);
      return run('measureMedia', (core) => core.measureIndex(bytes, blob.size, lang));
    }
    at = next;
  }
}
