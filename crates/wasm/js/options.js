// What stands beside a body: options and documents, checked before anything crosses.
import { documentOf, isPlain, isText } from './value.js';

/** What functions work on, in a sentence that asks for it. */
export const BODY = 'a body: the request, as a value or as JSON text';

const PRICES = 'a price book: `{ currency, prices }`, as a value or as JSON text';

const LANGUAGES = ['en', 'zh'];
// In which language messages are where a call names none.
let language;

/** Sets it. */
export function speak(lang) {
  language = lang;
}

/** Options with what holds where they say nothing. */
export function readOptions(name, options, known) {
  if (options === undefined || options === null) return { lang: language };
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
  const { lang = language, ...others } = options;
  checkLanguage(lang);
  return { lang, ...others };
}

export function checkLanguage(lang) {
  if (lang !== undefined && !LANGUAGES.includes(lang)) throw new RangeError('the language must be `en` or `zh`');
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
