// Reads text from other tools: a JSON body, a job with its media facts, a curl command, a program. Keys are dropped on the way.
import { readCurl } from './curl.js';
import { SPEAKS_OF_KEY, jsonWithoutKeys, textWithoutKeys } from './keys.js';
import { isProgram, readProgram } from './programs.js';

/**
 * What a text holds: its `body`, whether a key was in or beside it, and the `file` that a command sends instead.
 * @param {string} text
 */
function read(text) {
  const found = find(text);
  const body = parse(found.body) === undefined ? textWithoutKeys(found.body) : jsonWithoutKeys(found.body);
  return { ...found, body, hadKey: found.hadKey || body !== found.body };
}

/**
 * @param {string} text
 * @returns {{ kind: string, body: string, hadKey: boolean, file?: string }}
 */
function find(text) {
  const trimmed = text.trim();
  const isJson = /^[[{]/.test(trimmed);
  const curl = isJson ? null : CURL.exec(trimmed);
  if (curl) {
    const read = readCurl(straight(trimmed.slice(curl.index + curl[1].length)));
    return { kind: 'curl', ...read, hadKey: read.hadKey || SPEAKS_OF_KEY.test(trimmed) };
  }
  const program = !isJson && isProgram(trimmed) ? readProgram(trimmed) : '';
  if (program) return { kind: 'program', body: program, hadKey: SPEAKS_OF_KEY.test(trimmed) };
  return { kind: 'json', body: text, hadKey: false }; // anything else is kept, to be shown
}

/** A command, even behind a comment, a fence, a prompt, other commands, a folder or `sudo`. */
const CURL = /(^|\n\s*(?:\$\s*)?|[>$#%!~❯]\s*|\$\(|[/\\;&]\s*|\b(?:sudo|time|wsl|exec|command)\s+)curl(?:\.exe)?\s/;

/** An option's value in quotes that an editor made curly. One without its end takes all the rest, as in a shell. */
const CURLY = /(\s-[-\w]+[ =]?)(?:‘([^]*?)(?:’(?=\s|$)|$)|“([^]*?)(?:”(?=\s|$)|$))/g;

/**
 * Straightens the quotes around an option's value, and those within if none of them is straight: else they are the prompt's.
 * @param {string} command
 */
const straight = (command) =>
  command.replace(CURLY, (_, option, single, double) => {
    const value = single ?? double;
    const text = value.includes('"') ? value : value.replace(/[“”]/g, '"');
    return option + (single === undefined ? `"${text}"` : `'${text.replaceAll("'", "'\\''")}'`);
  });

/**
 * Reads a paste: `value` is undefined unless the body is a JSON object.
 * What needs the package's ledger is read too if it is given, else by readFurther later.
 * @param {string} text
 * @param {Readers | null} [ledger]
 * @returns {Pasted}
 */
export function readPaste(text, ledger) {
  const { kind, body, hadKey, file } = read(text);
  const value = parse(body);
  const wrapped = isObject(value) && isObject(value.request) && value.model === undefined;
  const request = wrapped ? value.request : value;
  const found = {
    kind,
    hadKey,
    file,
    vendor: null,
    left: [],
    nearly: undefined,
    text: (wrapped && write(request)) || body,
    value: isObject(request) ? request : undefined,
    media: wrapped ? value.media : undefined,
  };
  return ledger ? readFurther(found, ledger) : found;
}

/**
 * Reads on with the ledger: converts another vendor's request (`vendor`, and as `left` what has no place in ours), and reads
 * what is nearly JSON as it was meant (`nearly` is the original text). Otherwise returns `found` itself.
 * @param {Pasted} found
 * @param {Readers} ledger
 * @returns {Pasted}
 */
export function readFurther(found, ledger) {
  if (found.value) return converted(found, ledger);
  const isNearly = ['undefined', 'string'].includes(typeof parse(found.text));
  const meant = isNearly ? ledger.readLenient(found.text) : null;
  const read = meant && readPaste(meant.json);
  if (!read?.value) return found;
  return converted({ ...read, hadKey: found.hadKey || read.hadKey, nearly: found.text }, ledger);
}

/**
 * @param {Pasted} found
 * @param {Readers} ledger
 */
function converted(found, ledger) {
  const foreign = foreignOf(found.value, ledger);
  if (!foreign) return found;
  const { vendor, request, left_out: left } = foreign;
  return { ...found, vendor, left, value: request, text: write(request) ?? found.text };
}

/**
 * Null also for what is nested too deep for the ledger.
 * @param {Foreign} value
 * @param {Readers} ledger
 */
function foreignOf(value, ledger) {
  try {
    return ledger.convertForeign(value);
  } catch {
    return null;
  }
}

/** @param {Foreign} value */
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** @param {string} text */
const parse = (text) => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/**
 * `undefined` if nested too deep to be written.
 * @param {Foreign} value
 */
const write = (value) => {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
};
