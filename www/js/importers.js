// Reads what other tools gave: a JSON body, a job with its media facts, or a curl command. Keys are dropped on the way.

/** { body text, value, media, hadKey, kind } of pasted text; `value` is undefined when the body is no JSON object. */
export function readPaste(text) {
  const trimmed = text.trim();
  const curl = /^\$?\s*curl(\.exe)?\s/.test(trimmed) ? readCurl(trimmed) : null;
  const body = curl ? curl.body : text;
  const value = parse(body);
  const wrapped = isObject(value) && isObject(value.request) && value.model === undefined;
  const request = wrapped ? value.request : value;
  return {
    kind: curl ? 'curl' : 'json',
    hadKey: curl?.hadKey ?? false,
    text: wrapped ? JSON.stringify(request) : body,
    value: isObject(request) ? request : undefined,
    media: wrapped ? value.media : undefined,
  };
}

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

const parse = (text) => {
  try { return JSON.parse(text); } catch { return undefined; }
};

const DATA = new Set(['-d', '--data', '--data-raw', '--data-binary', '--data-ascii', '--json']);

function readCurl(command) {
  const words = shellWords(command);
  let body = '';
  let hadKey = false;
  for (let i = 1; i < words.length; i += 1) {
    const [flag, inline] = words[i].startsWith('--') && words[i].includes('=') ? words[i].split(/=(.*)/s) : [words[i]];
    if (DATA.has(flag)) body += inline ?? words[(i += 1)] ?? '';
    else if (/^-d./.test(flag)) body += flag.slice(2);
    else if (flag === '-H' || flag === '--header') {
      const header = inline ?? words[(i += 1)] ?? '';
      hadKey ||= /^authorization\s*:/i.test(header);
    }
  }
  return { body, hadKey };
}

const ESCAPES = { n: '\n', t: '\t', r: '\r', "'": "'", '"': '"', '\\': '\\' };

/** Splits a command as a POSIX shell would: '…', "…", $'…', backslashes and line continuations. */
export function shellWords(text) {
  const words = [];
  let word = null;
  const add = (piece) => { word = (word ?? '') + piece; };
  const pieces = /\\\r?\n|\s+|\$'((?:[^'\\]|\\[^])*)'|'([^']*)'|"((?:[^"\\]|\\[^])*)"|\\([^])|([^\s\\'"$]+|\$)/g;
  for (const [whole, ansi, single, double, escaped, plain] of text.matchAll(pieces)) {
    if (ansi !== undefined) add(ansi.replace(/\\(?:u([0-9a-f]{4})|x([0-9a-f]{2})|([^]))/gi, (_, u, x, c) => (u || x ? String.fromCharCode(parseInt(u ?? x, 16)) : (ESCAPES[c] ?? `\\${c}`))));
    else if (single !== undefined) add(single);
    else if (double !== undefined) add(double.replace(/\\(\r?\n|["\\$`])/g, (_, c) => (c.includes('\n') ? '' : c)));
    else if (escaped !== undefined) add(escaped);
    else if (plain !== undefined) add(plain);
    else if (!whole.startsWith('\\') && word !== null) {
      words.push(word);
      word = null;
    }
  }
  if (word !== null) words.push(word);
  return words;
}

/** A price table pasted from a console: `name<tab, comma or spaces>price` a line. Throws a sentence naming the row. */
export function readPriceLines(text, currency, wrong) {
  const prices = {};
  text.split('\n').forEach((line, at) => {
    if (!line.trim()) return;
    const [name, price, ...rest] = line.trim().split(/[\t,;]\s*|\s+/).filter(Boolean);
    if (!price || rest.length) throw new Error(wrong(at + 1, line.trim()));
    prices[name] = price;
  });
  return { currency, prices };
}
