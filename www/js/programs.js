// Finds the request in a program: fetch and axios, Python, PowerShell. Only literals are read; nothing is run.
import { FIELDS } from './draft.js';

/** Members that mark a request of this kind, ours or another vendor's. */
const TELLING = new Set([...FIELDS, 'content', 'image_url', 'image_urls', 'video_urls', 'aspect_ratio']);

/**
 * @param {unknown} value
 * @returns {value is object}
 */
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
/** @param {unknown} value */
const knownIn = (value) => (isObject(value) ? Object.keys(value).filter((name) => TELLING.has(name)).length : 0);

const POWERSHELL = /\b(Invoke-(WebRequest|RestMethod)|iwr|irm)\b/i;

/** In characters: a longer text is not read. */
const LONGEST = 32_768;

/**
 * Whether this program may hold a request.
 * @param {string} text
 */
export const isProgram = (text) =>
  text.length <= LONGEST && (POWERSHELL.test(text) || /\b(fetch|axios|requests|httpx|urllib|urlopen)\b/.test(text));

/**
 * The object among a program's literals that looks most like a request, as JSON text; empty where there is none.
 * @param {string} text
 */
export function readProgram(text) {
  const reader = new Reader(text, POWERSHELL.test(text));
  let best;
  let most = 0;
  for (let at = 0; at < text.length; at += 1) {
    const found = reader.literalAt(at);
    if (!found) continue;
    const value = typeof found.value === 'string' ? parsed(found.value) : found.value;
    if (knownIn(value) > most)
      [best, most] = [typeof found.value === 'string' ? found.value : JSON.stringify(value), knownIn(value)];
    if (typeof found.value === 'string') at = found.end - 1; // a brace in a string is not code
  }
  return best ?? '';
}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const SPACE = /(?:\s|\/\/[^\n]*|#[^\n]*)*/y;
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const NAME = /[A-Za-z_$][\w$-]*/y;
/** @type {Record<string, boolean | null>} */
const WORDS = {
  true: true,
  True: true,
  $true: true,
  false: false,
  False: false,
  $false: false,
  null: null,
  None: null,
  $null: null,
};
/** @type {Record<string, string>} */
const ESCAPES = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', 0: '\0' };
const DEEPEST = 32;

/** @typedef {{ value: unknown, end: number } | null} Literal a literal's value and its end; null if there is none */

/** Reads literals as JavaScript, Python and PowerShell write them. */
class Reader {
  /**
   * @param {string} text
   * @param {boolean} powershell
   */
  constructor(text, powershell) {
    this.text = text;
    this.escape = powershell ? '`' : '\\';
    this.powershell = powershell;
    this.open = new Set(); // quotes that were never closed: the rest is not searched for them again
  }

  /**
   * @param {RegExp} pattern
   * @param {number} at
   */
  match(pattern, at) {
    pattern.lastIndex = at;
    return pattern.exec(this.text)?.[0] ?? null;
  }

  /** @param {number} at */
  skip(at) {
    return at + (this.match(SPACE, at) ?? '').length;
  }

  /**
   * A string, object or hash table that begins at `at`.
   * @param {number} at
   * @returns {Literal}
   */
  literalAt(at) {
    const letter = this.text[at];
    if (letter === '{' || this.text.startsWith('@{', at)) return this.members(at, 0);
    if (letter === '"' || letter === "'" || this.text.startsWith("@'", at) || this.text.startsWith('@"', at))
      return this.string(at);
    return letter === '`' && !this.powershell ? this.string(at) : null;
  }

  /**
   * @param {number} from
   * @param {number} depth
   * @returns {Literal}
   */
  value(from, depth) {
    const at = this.skip(from);
    const letter = this.text[at];
    if (depth > DEEPEST || letter === undefined) return null;
    if (letter === '[' || letter === '(' || this.text.startsWith('@(', at)) return this.items(at, depth);
    const literal = letter === '{' || this.text.startsWith('@{', at) ? this.members(at, depth) : this.literalAt(at);
    if (literal) return literal;
    const number = this.match(NUMBER, at);
    if (number) return { value: Number(number), end: at + number.length };
    const name = this.match(NAME, at);
    return name !== null && Object.hasOwn(WORDS, name) ? { value: WORDS[name], end: at + name.length } : null;
  }

  /**
   * @param {number} at
   * @param {number} depth
   * @returns {Literal}
   */
  items(at, depth) {
    const list = [];
    let end = this.skip(at + (this.text[at] === '@' ? 2 : 1));
    while (end < this.text.length && !'])'.includes(this.text[end])) {
      const item = this.value(end, depth + 1);
      if (!item) return null;
      list.push(item.value);
      end = this.skip(item.end);
      if (this.text[end] === ',') end = this.skip(end + 1);
    }
    return { value: list, end: end + 1 };
  }

  /**
   * @param {number} at
   * @param {number} depth
   * @returns {Literal}
   */
  members(at, depth) {
    const object = {};
    let end = this.skip(at + (this.text[at] === '@' ? 2 : 1));
    while (end < this.text.length && this.text[end] !== '}') {
      const name = this.name(end);
      const sign = name ? this.skip(name.end) : -1;
      const value = ':='.includes(this.text[sign] ?? ' ') ? this.value(sign + 1, depth + 1) : null;
      if (!name || !value) return null;
      Object.defineProperty(object, name.value, {
        value: value.value,
        enumerable: true,
        configurable: true,
        writable: true,
      });
      end = this.skip(value.end);
      while (',;'.includes(this.text[end] ?? ' ')) end = this.skip(end + 1);
    }
    return end < this.text.length ? { value: object, end: end + 1 } : null;
  }

  /** @param {number} at */
  name(at) {
    if (`"'`.includes(this.text[at])) return this.string(at);
    const name = this.match(NAME, at);
    return name ? { value: name, end: at + name.length } : null;
  }

  /**
   * A string of any of the three languages, also PowerShell's here-strings and Python's triple quotes.
   * @param {number} at
   */
  string(at) {
    if (this.text[at] === '@') return this.hereString(at);
    const quote = this.text[at];
    const mark = this.text.startsWith(quote.repeat(3), at) ? quote.repeat(3) : quote;
    if (this.open.has(mark)) return null;
    const plain = this.powershell && quote === "'";
    let value = '';
    for (let i = at + mark.length; i < this.text.length; i += 1) {
      const character = /^\$\(\[char\](0x[\da-f]+|\d+)\)/i.exec(this.powershell ? this.text.slice(i, i + 24) : '');
      if (plain && this.text.startsWith("''", i)) {
        value += "'";
        i += 1;
      } else if (character) {
        value += String.fromCharCode(Number(character[1]));
        i += character[0].length - 1;
      } else if (this.text.startsWith(mark, i)) return { value, end: i + mark.length };
      else if (this.text[i] === this.escape && !plain) [value, i] = this.escaped(value, i + 1);
      else value += this.text[i];
    }
    this.open.add(mark);
    return null;
  }

  /** @param {number} at */
  hereString(at) {
    const [head, quote] = /^@(['"])\r?\n/.exec(this.text.slice(at, at + 4)) ?? [];
    if (!head || this.open.has(head)) return null;
    const end = this.text.indexOf(`\n${quote}@`, at + head.length - 1);
    if (end < 0) {
      this.open.add(head);
      return null;
    }
    return { value: this.text.slice(at + head.length, end).replace(/\r$/, ''), end: end + 3 };
  }

  /**
   * @param {string} value
   * @param {number} at
   * @returns {[string, number]}
   */
  escaped(value, at) {
    const letter = this.text[at] ?? '';
    const unit = this.powershell ? null : /^u([\da-fA-F]{4})|^x([\da-fA-F]{2})/.exec(this.text.slice(at, at + 5));
    if (unit) return [value + String.fromCharCode(parseInt(unit[1] ?? unit[2], 16)), at + unit[0].length - 1];
    return [letter === '\n' ? value : value + (ESCAPES[letter] ?? letter), at];
  }
}
