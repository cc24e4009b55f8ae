// Reads what other tools gave: a JSON body, a job with its media facts, a curl command, a program. Keys are dropped on the way.
import { readCurl } from './curl.js';
import { isProgram, readProgram } from './programs.js';

const SECRET = /\b(?:authorization|(?:x-)?api[-_]?key)\b|\bBearer\s+\S/i;

/** What a text holds: its `body`, whether a key stands beside it, the `file` in which a command has its body. */
function read(text) {
  const trimmed = text.trim();
  const isJson = /^[[{]/.test(trimmed);
  const curl = isJson ? null : CURL.exec(trimmed);
  if (curl) {
    const read = readCurl(straight(trimmed.slice(curl.index + curl[1].length)));
    return { kind: 'curl', ...read, hadKey: read.hadKey || SECRET.test(trimmed) };
  }
  if (!isJson && isProgram(trimmed))
    return { kind: 'program', body: readProgram(trimmed), hadKey: SECRET.test(trimmed) };
  // What is not understood stays to be looked at, but for a key. In JSON a key is a text of its own: a prompt may speak of bearers.
  const body = text.replace(parse(text) === undefined ? BEARER : BEARER_ALONE, '$1…');
  return { kind: 'json', body, hadKey: body !== text };
}

/** A command, behind a comment, a fence, a prompt, other commands, its folder or what runs it. */
const CURL = /(^|\n\s*(?:\$\s*)?|[>$#%!~❯]\s*|\$\(|[/\\;&]\s*|\b(?:sudo|time|wsl|exec|command)\s+)curl(?:\.exe)?\s/;
const BEARER = /(\bBearer\s+)[\w.~+/=-]{8,}/gi;
const BEARER_ALONE = /("Bearer\s+)[\w.~+/=-]{8,}(?=")/gi;

/** A command whose quotes an editor made curly has them for every other quote, too. */
const straight = (command) =>
  /\s-[-\w]+[ =]?[“‘]/.test(command) ? command.replace(/[“”]/g, '"').replace(/[‘’]/g, "'") : command;

/**
 * { text, value, media, hadKey, file, kind, vendor, left } of what was pasted: `value` is undefined when the body is no JSON object;
 * `vendor` is whose shape it had, as `convert` knows it, and `left` what of that has no place in ours.
 */
export function readPaste(text, convert = /** @type {(body: any) => any} */ (() => null)) {
  const { kind, body, hadKey, file } = /** @type {{ kind: string, body: string, hadKey: boolean, file?: string }} */ (
    read(text)
  );
  const value = parse(body);
  const wrapped = isObject(value) && isObject(value.request) && value.model === undefined;
  const given = wrapped ? value.request : value;
  const foreign = isObject(given) ? convert(given) : null;
  const { vendor, request, left_out: left } = foreign ?? { vendor: null, request: given, left_out: [] };
  return {
    kind,
    hadKey,
    file,
    vendor,
    left,
    text: ((wrapped || vendor) && write(request)) || body,
    value: isObject(request) ? request : undefined,
    media: wrapped ? value.media : undefined,
  };
}

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

const parse = (text) => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** `undefined` for what is nested too deep to be written again. */
const write = (value) => {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
};
