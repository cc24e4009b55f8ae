// Reads a curl command as its shell would: bash and the like, or cmd with its carets.

import { SECRET_HEADER } from './keys.js';

/**
 * @typedef {{ body: string | undefined, file: string | undefined, hadKey: boolean }} Command what it sends, the file that it sends
 *   instead, whether it held a key
 * @typedef {(read: Command, value: string) => void} Add
 */

/**
 * What a command would send, as far as it can be read.
 * @param {string} text
 * @returns {Command & { body: string }}
 */
export function readCurl(text) {
  const [command, document] = hereDocument(text);
  const words = isForCmd(command) ? cmdWords(command) : shellWords(command);
  /** @type {Command} */
  const read = { body: undefined, file: undefined, hadKey: false };
  for (const [flag, value] of options(words.slice(1))) {
    const add = ADD[flag];
    if (add) add(read, value);
    else read.hadKey ||= CREDENTIALS.has(flag) || (HEADERS.has(flag) && SECRET_HEADER.test(value));
  }
  if (read.file === '-' && document !== undefined)
    return { ...read, body: (read.body ?? '') + document, file: undefined };
  return { ...read, body: read.body ?? '' };
}

/** @type {(joint: string) => Add} */
const append = (joint) => (read, piece) => {
  read.body = read.body === undefined ? piece : read.body + joint + piece;
};
/**
 * As in curl, a value that begins with `@` names a file, which this page cannot read.
 * @type {(add: Add) => Add}
 */
const orFile = (add) => (read, value) => {
  if (value.startsWith('@')) read.file = value.slice(1);
  else add(read, value);
};
/** @type {Record<string, Add>} */
const ADD = {
  '-d': orFile(append('&')),
  '--data': orFile(append('&')),
  '--data-ascii': orFile(append('&')),
  '--data-binary': orFile(append('&')),
  '--data-raw': append('&'),
  '--json': orFile(append('')),
};
const HEADERS = new Set(['-H', '--header', '--proxy-header']);
const CREDENTIALS = new Set(['-u', '--user', '-U', '--proxy-user', '-b', '--cookie', '--oauth2-bearer']);
/** Short options that take a value: the rest of their word, or the next one. */
const TAKE = new Set('AbcCdDeEFHKmoPQrtTuUwxXyYz');
const LONG_TAKE = new Set([
  ...Object.keys(ADD),
  ...HEADERS,
  ...CREDENTIALS,
  '--request',
  '--url',
  '--user-agent',
  '--referer',
  '--output',
  '--max-time',
  '--connect-timeout',
  '--proxy',
  '--write-out',
  '--form',
  '--data-urlencode',
  '--retry',
]);

/**
 * Every option with its value, joined or separate.
 * @param {string[]} words
 * @returns {Generator<[string, string]>}
 */
function* options(words) {
  for (let i = 0; i < words.length; i += 1) {
    const word = words[i];
    if (word.startsWith('--')) {
      const [, name = word, inline] = /^([^=]*)=([^]*)$/.exec(word) ?? [];
      yield [name, inline ?? (LONG_TAKE.has(name) ? (words[(i += 1)] ?? '') : '')];
    } else if (/^-./.test(word)) {
      const letters = [...word.slice(1)];
      const taker = letters.findIndex((letter) => TAKE.has(letter));
      if (taker >= 0) yield [`-${letters[taker]}`, letters.slice(taker + 1).join('') || (words[(i += 1)] ?? '')];
    }
  }
}

/**
 * Splits off a here-document: the command, and the lines up to the end word.
 * @param {string} text
 * @returns {[string, string | undefined]}
 */
function hereDocument(text) {
  const [sign, , end] = /<<-?\s*(['"]?)(\w+)\1/.exec(text) ?? [];
  const begin = sign === undefined ? -1 : text.indexOf('\n', text.indexOf(sign)) + 1;
  if (sign === undefined || begin <= 0) return [text, undefined];
  const lines = text.slice(begin).split('\n');
  const last = lines.findIndex((line) => line.trim() === end);
  return last < 0 ? [text, undefined] : [text.slice(0, text.indexOf(sign)), lines.slice(0, last).join('\n')];
}

const PLAIN = /[^ \t\r\n\\'"$|;&()]+/y;

/**
 * Splits a command as bash would, up to its end or that of the `$(…)` around it: '…', "…", $'…', $(…), backslashes and line
 * continuations. An unclosed quote takes all the rest.
 * @param {string} text
 */
export function shellWords(text) {
  const words = /** @type {string[]} */ ([]);
  let word = /** @type {string | undefined} */ (undefined);
  let at = 0;
  const add = (/** @type {string} */ piece) => {
    word = (word ?? '') + piece;
  };
  while (at < text.length) {
    const two = text.slice(at, at + 2);
    const letter = two[0];
    if ('|;)'.includes(letter) || two === '&&') break;
    if (letter === '\\') at = escaped(text, at, add);
    else if (two === "$'") at = ansi(text, at + 2, add);
    else if (letter === "'") at = single(text, at + 1, add);
    else if (letter === '"' || two === '$"') at = double(text, at + (letter === '$' ? 2 : 1), add);
    else if (letter === '(') at = parenthesis(text, at, add);
    else if (' \t\r\n'.includes(letter)) {
      if (word !== undefined) words.push(word);
      word = undefined;
      at += 1;
    } else {
      PLAIN.lastIndex = at;
      const plain = PLAIN.exec(text)?.[0] ?? letter;
      add(plain);
      at += plain.length;
    }
  }
  if (word !== undefined) words.push(word);
  return words;
}

/**
 * The length of a line break here, or 0.
 * @param {string} text
 * @param {number} at
 */
const lineEnd = (text, at) => (text[at] === '\n' ? 1 : text.startsWith('\r\n', at) ? 2 : 0);

/**
 * @param {string} text
 * @param {number} at
 * @param {(piece: string) => void} add
 */
function escaped(text, at, add) {
  const end = lineEnd(text, at + 1);
  if (end) return at + 1 + end;
  add(text[at + 1] ?? '\\');
  return at + 2;
}

/**
 * @param {string} text
 * @param {number} at
 * @param {(piece: string) => void} add
 */
function single(text, at, add) {
  const end = text.indexOf("'", at);
  add(text.slice(at, end < 0 ? text.length : end));
  return end < 0 ? text.length : end + 1;
}

/**
 * Takes a `(…)` verbatim, with quotes and `(…)` in it: its output cannot be known. An unclosed one takes all the rest.
 * @param {string} text
 * @param {number} from
 * @param {(piece: string) => void} add
 */
function parenthesis(text, from, add) {
  const ends = [')']; // closing marks to come, innermost last
  let at = from + 1;
  while (ends.length && at < text.length) {
    const letter = text[at];
    const quoted = ends.at(-1) === '"';
    if (letter === ends.at(-1)) ends.pop();
    else if (letter === '\\') at += 1;
    else if (letter === '"') ends.push('"');
    else if (letter === "'" && !quoted) at = single(text, at + 1, () => {}) - 1;
    else if (letter === '(' ? !quoted : text.startsWith('$(', at)) ends.push(')');
    at += text.startsWith('$(', at) ? 2 : 1;
  }
  add(text.slice(from, at));
  return Math.min(at, text.length);
}

const DOUBLE_PLAIN = /[^"\\$]+/y;

/**
 * @param {string} text
 * @param {number} from
 * @param {(piece: string) => void} add
 */
function double(text, from, add) {
  let at = from;
  add('');
  while (at < text.length && text[at] !== '"') {
    if (text[at] === '\\') {
      const end = lineEnd(text, at + 1);
      if (!end) add('"\\$`'.includes(text[at + 1] ?? ' ') ? text[at + 1] : text.slice(at, at + 2));
      at += end ? 1 + end : 2;
    } else if (text.startsWith('$(', at)) {
      add('$');
      at = parenthesis(text, at + 1, add);
    } else {
      DOUBLE_PLAIN.lastIndex = at;
      const plain = DOUBLE_PLAIN.exec(text)?.[0] ?? '$';
      add(plain);
      at += plain.length;
    }
  }
  return at + 1;
}

const ANSI_PLAIN = /[^'\\]+/y;
const ANSI_ESCAPE = /\\(?:u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8})|x([0-9a-fA-F]{1,2})|([0-7]{1,3})|([^]))/y;
/** @type {Record<string, string>} */
const LETTERS = {
  a: '\x07',
  b: '\b',
  e: '\x1b',
  E: '\x1b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  "'": "'",
  '"': '"',
  '\\': '\\',
  '?': '?',
};

/**
 * @param {string} text
 * @param {number} from
 * @param {(piece: string) => void} add
 */
function ansi(text, from, add) {
  let at = from;
  let bytes = /** @type {number[]} */ ([]);
  const flush = () => {
    if (bytes.length) add(new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.from(bytes)));
    bytes = [];
  };
  add('');
  while (at < text.length && text[at] !== "'") {
    const pattern = text[at] === '\\' ? ANSI_ESCAPE : ANSI_PLAIN;
    pattern.lastIndex = at;
    const [whole, unit, scalar, hex, octal, letter] = pattern.exec(text) ?? ['\\'];
    if (hex || octal) bytes.push(parseInt(hex ?? octal, hex ? 16 : 8) & 0xff);
    else {
      flush();
      // Browsers write one escape for each UTF-16 unit.
      if (unit) add(String.fromCharCode(parseInt(unit, 16)));
      else if (scalar) add(parseInt(scalar, 16) <= 0x10ffff ? String.fromCodePoint(parseInt(scalar, 16)) : '\ufffd');
      else add(letter === undefined ? whole : (LETTERS[letter] ?? whole));
    }
    at += whole.length;
  }
  flush();
  return at + 1;
}

/**
 * Browsers put `^"` around every word, people end lines with `^`: before any single quote, and outside double quotes.
 * @param {string} text
 */
const isForCmd = (text) =>
  /\s"\{\s*""\w+""\s*:/.test(text) || // bash never doubles a quote to write one
  /^[^']*?\s\^(?:"|\r?\n)/.test(
    text.replace(ESCAPED_OR_QUOTED, (whole) => (whole[0] === '\\' ? '' : whole.includes("'") ? "'" : '""')),
  );
const ESCAPED_OR_QUOTED = /\\[^]|"(?:[^"\\]|\\[^])*"/g;

/**
 * Splits a command as cmd and the C runtime would.
 * @param {string} text
 */
export function cmdWords(text) {
  const line = withoutCarets(text);
  const words = /** @type {string[]} */ ([]);
  let word = /** @type {string | undefined} */ (undefined);
  let quoted = false;
  for (let at = 0; at < line.length; at += 1) {
    const letter = line[at];
    if (letter === '\\') {
      let end = at;
      while (line[end] === '\\') end += 1;
      const many = end - at;
      const before = line[end] === '"';
      word = (word ?? '') + '\\'.repeat(before ? many >> 1 : many) + (before && many % 2 ? '"' : '');
      at = before && many % 2 ? end : end - 1;
    } else if (letter === '"') {
      const doubled = quoted && line[at + 1] === '"';
      word = (word ?? '') + (doubled ? '"' : '');
      if (doubled) at += 1;
      else quoted = !quoted;
    } else if (!quoted && /\s/.test(letter)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + letter;
  }
  if (word !== undefined) words.push(word);
  return words;
}

/**
 * Outside quotes a caret escapes what follows; before a line break it joins the lines.
 * @param {string} text
 */
function withoutCarets(text) {
  let out = '';
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '^' && !quoted) {
      at += 1;
      at += lineEnd(text, at);
    } else if (text[at] === '"') quoted = !quoted;
    out += text[at] ?? '';
  }
  return out;
}
