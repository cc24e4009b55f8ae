// Finds keys in pasted text, by the name before them or after `Bearer`, and drops them before anything is shown or kept.

/** The names of headers and members that hold a key. */
const NAME = String.raw`(?:proxy-)?(?:authorization|(?:x-)?api[-_]?key|cookie)`;
const SECRET_NAME = new RegExp(`^${NAME}$`, 'i');

/** The line of a header that holds a key. */
export const SECRET_HEADER = new RegExp(String.raw`^\s*${NAME}\s*:`, 'i');

/** A mention of a key in a command or program. */
export const SPEAKS_OF_KEY = /\b(?:authorization|(?:x-)?api[-_]?key)\b|\bBearer\s+\S/i;

// Pasted prose may mention bearers and cookies: a digit, `_` or `=` tells a key from a word.
const KEY = String.raw`(?=[\w.~+/=-]*[\d_=])[\w.~+/=-]{4,}`;
const BEARER = new RegExp(String.raw`(\bBearer\s+)${KEY}`, 'gi');
const NAMED = new RegExp(String.raw`(\b${NAME}["'“”‘’]?\s*[:=：]\s*["'“‘]?)${KEY}`, 'gi');
const IN_JSON = [
  BEARER,
  /^(\s*Bearer\s+)\S{8,}\s*$/gi,
  new RegExp(String.raw`^(\s*${NAME}\s*:\s*)(?:(?:Bearer|Basic)\s+\S+|(?=\S*[\d_=])\S+(?:;\s*\S+)*)\s*$`, 'gi'),
];

/**
 * @param {RegExp[]} patterns
 * @param {string} text
 */
const without = (patterns, text) => patterns.reduce((rest, pattern) => rest.replace(pattern, '$1…'), text);

/**
 * A text that is not JSON, without its keys.
 * @param {string} text
 */
export const textWithoutKeys = (text) => without([BEARER, NAMED], text);

/**
 * The text of a JSON string without its keys; it may be JSON itself.
 * @param {string} text
 * @returns {string}
 */
function stringWithoutKeys(text) {
  if (/^\s*[[{"]/.test(text) && isJson(text)) return jsonWithoutKeys(text);
  return without(IN_JSON, text);
}

const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?|[[\]{}]/g;

/**
 * JSON without its keys, including all strings below a member with such a name. The rest stays as written.
 * @param {string} json
 * @returns {string}
 */
export function jsonWithoutKeys(json) {
  let depth = 0;
  let secret = Infinity; // the depth of the member that holds a key
  return json.replace(TOKEN, (/** @type {string} */ token, /** @type {string | undefined} */ colon) => {
    if (token === '[' || token === '{') depth += 1;
    else if (token === ']' || token === '}') {
      depth -= 1;
      if (depth < secret) secret = Infinity;
    } else if (colon) {
      if (depth <= secret) secret = SECRET_NAME.test(JSON.parse(token.slice(0, -colon.length))) ? depth : Infinity;
    } else {
      const text = JSON.parse(token);
      const rest = depth >= secret && text ? '…' : stringWithoutKeys(text);
      if (rest !== text) return JSON.stringify(rest);
    }
    return token;
  });
}

/** @param {string} text */
function isJson(text) {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
