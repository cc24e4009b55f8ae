// Reads what other tools gave: a JSON body, a job with its media facts, a curl command, a program. Keys are dropped on the way.
import { readCurl } from './curl.js';
import { SPEAKS_OF_KEY, jsonWithoutKeys, textWithoutKeys } from './keys.js';
import { isProgram, readProgram } from './programs.js';

/**
 * What a text holds: its `body`, whether a key stands in or beside it, the `file` in which a command has its body.
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
  return { kind: 'json', body: text, hadKey: false }; // what is not understood stays to be looked at
}

/** A command, behind a comment, a fence, a prompt, other commands, its folder or what runs it. */
const CURL = /(^|\n\s*(?:\$\s*)?|[>$#%!~❯]\s*|\$\(|[/\\;&]\s*|\b(?:sudo|time|wsl|exec|command)\s+)curl(?:\.exe)?\s/;

/**
 * A command whose quotes an editor made curly has them for every other quote, too.
 * @param {string} command
 */
const straight = (command) =>
  /\s-[-\w]+[ =]?[“‘]/.test(command) ? command.replace(/[“”]/g, '"').replace(/[‘’]/g, "'") : command;

/**
 * What was pasted: `value` is undefined when the body is no JSON object.
 * What needs the package's ledger comes with it, at once or once it is there (readFurther).
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
 * What the ledger makes of something that was read without it, else that itself: another vendor's request, `vendor`, converted, with what
 * of it has no place in ours as `left`; and what is nearly JSON as it was meant, with `nearly` as the text that it was.
 * @param {Pasted} found
 * @param {Readers} ledger
 * @returns {Pasted}
 */
export function readFurther(found, ledger) {
  if (found.value) return converted(found, ledger);
  const isNearly = found.kind === 'json' && ['undefined', 'string'].includes(typeof parse(found.text));
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
 * What is nested too deep for the ledger is no other vendor's.
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
 * `undefined` for what is nested too deep to be written again.
 * @param {Foreign} value
 */
const write = (value) => {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
};
