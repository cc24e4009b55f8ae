// Reads what other tools gave: a JSON body, a job with its media facts, a curl command, a program. Keys are dropped on the way.
import { readCurl } from './curl.js';
import { convert, vendorOf } from './foreign.js';
import { isProgram, readProgram } from './programs.js';

const SECRET = /\b(?:authorization|(?:x-)?api[-_]?key)\b|\bBearer\s+\S/i;

/** What a text holds: its `body`, whether a key stands beside it, the `file` in which a command has its body. */
function read(text) {
  const trimmed = text.trim();
  if (/^\$?\s*curl(\.exe)?\s/.test(trimmed)) return { kind: 'curl', ...readCurl(trimmed) };
  if (!/^[[{]/.test(trimmed) && isProgram(trimmed))
    return { kind: 'program', body: readProgram(trimmed), hadKey: SECRET.test(trimmed) };
  return { kind: 'json', body: text, hadKey: false };
}

/**
 * { text, value, media, hadKey, file, kind, vendor, left } of what was pasted: `value` is undefined when the body is no JSON object;
 * `vendor` is whose shape it had, `left` what of that has no place in ours.
 */
export function readPaste(text) {
  const { kind, body, hadKey, file } = /** @type {{ kind: string, body: string, hadKey: boolean, file?: string }} */ (
    read(text)
  );
  const value = parse(body);
  const wrapped = isObject(value) && isObject(value.request) && value.model === undefined;
  const given = wrapped ? value.request : value;
  const vendor = isObject(given) ? vendorOf(given) : null;
  const { request, left } = vendor ? convert(vendor, given) : { request: given, left: [] };
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
