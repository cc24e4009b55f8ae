// What stands beside a body: options and documents, checked before anything crosses.
import { EDITIONS } from './table.js';
import { documentOf, isPlain, isText } from './value.js';

/** What functions work on, in a sentence that asks for it. */
export const BODY = 'a body: the request, as a value or as JSON text';

const PRICES = 'a price book: `{ currency, prices }`, as a value or as JSON text';

const LANGUAGES = ['en', 'zh'];
// What holds where a call names none; the core has its own of what is undefined.
const usual = { lang: undefined, edition: undefined };

/** Sets it. */
export function agree(lang, edition) {
  Object.assign(usual, { lang, edition });
}

/** Options with what holds where they say nothing. */
export function readOptions(name, options, known) {
  if (options === undefined || options === null) return { ...usual };
  if (typeof options !== 'object' || !isPlain(options)) {
    throw new TypeError(
      `${name}() was given ${shown(options)} as its options; they are an object, such as \`{ lang: 'zh' }\``,
    );
  }
  for (const key of Object.keys(options)) {
    if (!known.includes(key))
      throw new TypeError(
        `${name}() has no option \`${key}\`; it has ${known.map((each) => `\`${each}\``).join(', ')}`,
      );
  }
  const { lang = usual.lang, edition = usual.edition, ...others } = options;
  if (lang !== undefined && !LANGUAGES.includes(lang)) throw new RangeError('the language must be `en` or `zh`');
  return { lang, edition: editionOf(edition), ...others };
}

function editionOf(name) {
  if (name === 'latest') return EDITIONS.at(-1);
  if (name === undefined || EDITIONS.includes(name)) return name;
  const known = EDITIONS.map((each) => `\`${each}\``).join(', ');
  throw new RangeError(`unknown edition \`${String(name)}\`; use ${known} or \`latest\``);
}

/** Throws where a function was called without what it works on. */
export function needArgument(given, name, what) {
  if (given === 0) throw new TypeError(`${name}() needs ${what}`);
}

/** Throws where something else stands for text or its bytes. */
export function needText(name, argument, value) {
  if (!isText(value))
    throw new TypeError(`${name}() needs \`${argument}\` as text or bytes; it was given ${shown(value)}`);
}

/** The price book that a function needs, as it crosses. */
export function bookOf(name, prices) {
  if (prices === undefined || prices === null) throw new TypeError(`${name}() needs ${PRICES}`);
  return documentOf(name, 'prices', prices);
}

/** A value in a sentence. */
export function shown(value) {
  if (typeof value === 'string') return JSON.stringify(value);
  return typeof value === 'object' && value !== null ? 'a value of type object' : String(value);
}
