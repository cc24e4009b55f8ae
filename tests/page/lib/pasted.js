// Text that a user might paste into the import panel, drawn from a seed, and what must hold for it. For the test and the fuzzer.
import assert from 'node:assert/strict';
import * as ledger from '../../../pkg/ledger-inline.js';
import { readPaste } from '../../../www/js/importers.js';
import { random } from './native.js';

export const ORIGIN = 'https://api.example';

/** The draws of a seed. */
export function drawn(seed) {
  const next = random(seed);
  const below = (n) => Math.floor(next() * n);
  const pick = (list) => list[below(list.length)];
  const many = (least, most, draw) => Array.from({ length: least + below(most - least + 1) }, draw);
  return { below, pick, many };
}

export const FRAGMENTS = [
  'curl',
  'curl ',
  '$ curl ',
  'curl.exe ',
  "'",
  '"',
  "$'",
  '$"',
  '\\',
  '\\\n',
  '\\\r\n',
  '^',
  '^"',
  '^\n',
  '^\r\n',
  '^^',
  '\n',
  '\r',
  ' ',
  '\t',
  '\u00a0',
  '-d',
  '-d ',
  '--data',
  '--data-raw ',
  '--data-binary=',
  '--json ',
  '-d@body.json',
  '-d @-',
  '-XPOST',
  '-sSd',
  '-H',
  "-H 'Authorization: Bearer k'",
  '--',
  '-',
  '=',
  '{',
  '}',
  '[',
  ']',
  ':',
  ',',
  '"model"',
  '"seedance2.0-mini"',
  '{"request":{}}',
  '{"model":"x"}',
  `{"a":${'['.repeat(130)}${']'.repeat(130)}}`, // nested deeper than the ledger reads
  '1e400',
  'null',
  '\\u00',
  '\\u4f60',
  '\\x',
  '\\xe4\\xbd\\xa0',
  '\\U110000',
  '\\777',
  '\\c',
  '$HOME',
  '`x`',
  '!',
  '#',
  '|',
  ';',
  '&',
  '&&',
  '<<EOF\n',
  "<<'EOF'\n",
  '\nEOF',
  '>',
  '$(',
  ')',
  '*',
  '~',
  '%',
  '雨',
  '😀',
  '\ud800',
  '\udc00',
  '\0',
  '\u2028',
  '\ufeff',
  '__proto__',
];

/** Any text can be read: nothing is thrown, and there is a text for the core. */
export function readsAnything({ below, pick, many }) {
  const text =
    (below(3) ? 'curl ' : '') +
    many(0, 24, () => (below(12) ? pick(FRAGMENTS) : String.fromCharCode(below(0x10000)))).join('');
  const read = readPaste(text, ledger);
  assert.ok(
    typeof read.text === 'string' && typeof read.hadKey === 'boolean' && ['curl', 'json'].includes(read.kind),
    JSON.stringify(text),
  );
  assert.ok(
    read.value === undefined || (typeof read.value === 'object' && read.value !== null && !Array.isArray(read.value)),
    JSON.stringify(text),
  );
}

// Pieces of text that quoting must preserve.
const PIECES = [
  'a',
  'fox in the snow',
  "it's",
  '"quoted"',
  '\\',
  '\\n',
  '\n',
  '\t',
  '$HOME',
  '$(x)',
  '`x`',
  '!',
  '!!',
  '#',
  '^',
  '%PATH%',
  '|',
  ';',
  '&&',
  '雨夜',
  '😀',
  ' ',
  '  ',
  "'",
  '"',
  '{',
  '}',
  '=',
  '@',
  '-d',
  '*',
  '~',
  '/',
  '\u00a0',
  '\u2028',
];

const QUOTED = {
  single: (text) => `'${text.replaceAll("'", "'\\''")}'`,
  double: (text) => `"${text.replace(/[\\"$`]/g, '\\$&')}"`,
  ansi: (text) =>
    `$'${text
      .replace(/[\\']/g, '\\$&')
      .replaceAll('\n', '\\n')
      .replace(/[^ -~]/gu, (c) => `\\U${c.codePointAt(0).toString(16).padStart(8, '0')}`)}'`,
  bytes: (text) =>
    `$'${[...new TextEncoder().encode(text)].map((byte) => (byte % 2 ? `\\x${byte.toString(16).padStart(2, '0')}` : `\\${byte.toString(8).padStart(3, '0')}`)).join('')}'`,
  bare: (text) =>
    text
      .split('\n')
      .map((line) => line.replace(/[^A-Za-z0-9\u0080-\uffff]/g, '\\$&'))
      .join("$'\\n'"),
};

/** Quotes a word for bash in one of these ways, or in two pieces with a way each. */
function quoted({ below, pick }, text) {
  const how = () => pick(Object.values(QUOTED));
  const letters = [...text];
  if (below(3) || letters.length < 2) return text === '' ? "''" : how()(text);
  const cut = 1 + below(letters.length - 1);
  return how()(letters.slice(0, cut).join('')) + how()(letters.slice(cut).join(''));
}

/** A request body, indented or not. */
export const body = (draw) =>
  JSON.stringify(
    { model: 'seedance2.0-mini', prompt: draw.many(0, 6, () => draw.pick(PIECES)).join(''), duration: 5 },
    null,
    draw.pick([0, 2]),
  );
const DATA = [
  '-d ',
  '-d',
  '--data ',
  '--data-raw ',
  '--data-binary ',
  '--data-ascii ',
  '--json ',
  '-sSd ',
  '-XPOST -d ',
];

/** A curl command with its body and its key. */
export function command(draw) {
  const text = body(draw);
  const gap = () => draw.pick([' ', '  ', ' \\\n  ', ' \\\r\n']);
  const options = [
    `${draw.pick(DATA)}${quoted(draw, text)}`,
    quoted(draw, `${ORIGIN}/videos?a=1&b=2`),
    ...draw.many(0, 2, () =>
      draw.pick([
        '-s',
        '--compressed',
        '-X POST',
        "-H 'Content-Type: application/json'",
        '-o out.json',
        `-A ${quoted(draw, 'a -d b')}`,
      ]),
    ),
  ];
  const key = draw.pick([
    '',
    '',
    "-H 'Authorization: Bearer key'",
    '-H"authorization: Bearer $KEY"',
    '--oauth2-bearer key',
    '-ukey:',
    '--header "X-Api-Key: key"',
    '-b session=key',
  ]);
  if (key) options.push(key);
  for (let i = options.length - 1; i > 0; i -= 1) {
    const other = draw.below(i + 1);
    [options[i], options[other]] = [options[other], options[i]];
  }
  return {
    text,
    key,
    line: `curl${gap()}${options.join(gap())}${draw.pick(['', '\n', ' | jq .', '; echo', ' && echo -d x'])}`,
  };
}

/** A curl command, however quoted, gives back its body, and a key in it is noticed. */
export function readsAsMeant(draw) {
  const { text, key, line } = command(draw);
  const { text: found, hadKey, kind, value } = readPaste(line);
  assert.deepEqual(
    { found, hadKey, kind, value },
    { found: text, hadKey: key !== '', kind: 'curl', value: JSON.parse(text) },
    line,
  );
}
