// Reads what other tools gave: a JSON body, a job with its media facts, or a curl command. Keys are dropped on the way.
import { readCurl } from './curl.js';

/** { text, value, media, hadKey, file, kind } of what was pasted: `value` is undefined when the body is no JSON object, `file` names the file in which a command has its body. */
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
    file: curl?.file,
    text: (wrapped && write(request)) || body,
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
