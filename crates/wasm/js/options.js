// Checks options and documents before they are passed to the core. Errors about a call are in English; the core's, which are about
// the data, are in the language of the call.
import { EDITIONS } from './editions.js';
import { documentOf, isPlain, isText } from './value.js';

/** The body, in an error that asks for it. */
export const BODY = 'a body: the request, as a value or as JSON text';

const PRICES = 'a price book: `{ currency, prices }`, as a value or as JSON text';

const LANGUAGES = ['en', 'zh'];
// The values for calls that name none; if they are undefined, the core uses its defaults.
const usual = { lang: undefined, edition: undefined };

/** The names of all editions, the oldest first. */
export const editions = () => [...EDITIONS];

/** Sets the language and the edition for calls that name none. */
export function agree(lang, edition) {
  Object.assign(usual, { lang, edition });
}

/** The options of the function `name`, with defaults for the language and the edition; throws if one is not `known`. */
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
  throw new RangeError(`unknown edition \`${named(name)}\`; use ${known} or \`latest\``);
}

/** Throws if a function was called without arguments; `what` says what it needs. */
export function needArgument(given, name, what) {
  if (given === 0) throw new TypeError(`${name}() needs ${what}`);
}

/** Throws if an argument is neither text nor bytes. */
export function needText(name, argument, value) {
  if (!isText(value))
    throw new TypeError(`${name}() needs \`${argument}\` as text or bytes; it was given ${shown(value)}`);
}

/** A price book as the bytes of its JSON; throws if there is none. */
export function bookOf(name, prices) {
  if (prices === undefined || prices === null) throw new TypeError(`${name}() needs ${PRICES}`);
  return documentOf(name, 'prices', prices);
}

/** A name, or what was given instead of one, as an error shows it between backticks. */
export const named = (value) => (Object(value) === value ? `a value of type ${typeof value}` : String(value));

/** A value as an error shows it. */
export const shown = (value) => (typeof value === 'string' ? JSON.stringify(value) : named(value));
