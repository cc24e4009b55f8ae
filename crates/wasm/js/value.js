// Copies values to plain data for the core. Getters and proxies run here, and not while the core runs.
import { tagOf } from './core.js';

// More levels than the core reads in JSON. The limit keeps the recursion finite.
const DEEPEST = 128;
// A value with more parts is no request, and copying it would only use up memory.
const MOST_PARTS = 2 ** 22;
// Stands for a value that JSON cannot hold: the core takes bytes for that.
const NOT_JSON = new ArrayBuffer(0);

const encoder = new TextEncoder();

/** Whether a value is a `Uint8Array`, of this realm or another. */
export const isBytes = (value) => ArrayBuffer.isView(value) && tagOf(value) === 'Uint8Array';

export const isText = (value) => typeof value === 'string' || isBytes(value);

/** A body as the core takes it: text, bytes or plain data. */
export function bodyOf(name, body) {
  // The core knows only bytes of its own realm.
  if (isBytes(body)) return body instanceof Uint8Array ? body : new Uint8Array(body);
  return typeof body === 'string' ? body : read(name, 'body', () => copyOf(name, body, () => NOT_JSON));
}

/** Another document as the core takes it: JSON as UTF-8, whether it was given as text, bytes or a value. */
export function documentOf(name, argument, value) {
  if (isBytes(value)) return value;
  return encoder.encode(typeof value === 'string' ? value : read(name, argument, () => jsonOf(name, value)));
}

function jsonOf(name, value) {
  const json = copyOf(name, value, (path) => {
    throw new TypeError(`${path.length > 0 ? `\`/${path.join('/')}\`` : 'it'} is a value that JSON cannot hold`);
  });
  return JSON.stringify(json);
}

function read(name, argument, how) {
  try {
    return how();
  } catch (cause) {
    if (cause instanceof TooMuch) throw cause;
    throw new TypeError(`${name}() cannot read \`${argument}\`: ${wordsOf(cause)}`, { cause });
  }
}

export function wordsOf(cause) {
  try {
    return String(cause?.message ?? cause).split('\n')[0];
  } catch {
    return 'reading it threw something without words';
  }
}

// This error is thrown as it is, not wrapped in another.
class TooMuch extends RangeError {}

// An object that inherits nothing, so that it has only copied members, even one called `__proto__`. Engines read the members of
// objects that a constructor made faster than those of objects without a prototype.
function Plain() {}
Plain.prototype = Object.freeze(Object.create(null));

// Copies lists and objects without undefined members; `foreign` gives what replaces a value that JSON cannot hold.
function copyOf(name, whole, foreign) {
  const [ancestors, path] = [[], []];
  let parts = 0;

  function copy(value) {
    need(1);
    parts++;
    switch (typeof value) {
      case 'string':
      case 'boolean':
        return value;
      case 'number':
        return Number.isFinite(value) ? value : foreign(path);
      case 'object':
        if (value === null) return value;
        if (ancestors.length < DEEPEST && !ancestors.includes(value)) {
          if (Array.isArray(value)) return inside(value, copyList);
          if (isPlain(value)) return inside(value, copyObject);
        }
    }
    return foreign(path);
  }

  function need(more) {
    if (parts + more > MOST_PARTS) throw new TooMuch(`${name}() was given a value of more than ${MOST_PARTS} parts`);
  }

  function inside(value, copyParts) {
    ancestors.push(value);
    const made = copyParts(value);
    ancestors.pop();
    return made;
  }

  function copyList(list) {
    const length = list.length;
    need(length);
    const made = [];
    for (let i = 0; i < length; i++) made.push(member(i, list[i]));
    return made;
  }

  function copyObject(object) {
    const made = new Plain();
    for (const key of Object.keys(object)) {
      const value = object[key];
      if (value !== undefined) made[key] = member(key, value);
    }
    return made;
  }

  function member(key, value) {
    path.push(key);
    const made = copy(value);
    path.pop();
    return made;
  }

  return copy(whole);
}

// Whether an object is one of JSON, and not a Date, a Map, a boxed string …
export function isPlain(value) {
  const prototype = Object.getPrototypeOf(value);
  return (
    prototype === Object.prototype || prototype === null || Object.prototype.toString.call(value) === '[object Object]'
  );
}
