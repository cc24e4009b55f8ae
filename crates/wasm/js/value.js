// Values as the core reads them: plain data, read once. What a getter or proxy does happens here, and not inside of the core.

// Deeper than JSON may nest (the core knows how deep that is), so that the walk has an end everywhere.
const DEEPEST = 128;
// A value of more parts is no request, and would only take the page's memory.
const MOST_PARTS = 2 ** 22;
// Stands where JSON cannot hold a value: bytes, which no JSON value is.
const NOT_JSON = new ArrayBuffer(0);

const encoder = new TextEncoder();

export const isText = (value) => typeof value === 'string' || value instanceof Uint8Array;

/** A body as it crosses: text, or plain data. */
export function bodyOf(name, body) {
  return isText(body) ? body : read(name, 'body', () => copyOf(name, body, () => NOT_JSON));
}

/** A document beside a body as it crosses: UTF-8 of JSON text, whether it was given as that or as a value. */
export function documentOf(name, argument, value) {
  if (value instanceof Uint8Array) return value;
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

// Said as it is, and in no other sentence.
class TooMuch extends RangeError {}

// An object with nothing to inherit: no member but those that are copied, of which `__proto__` may be one. Engines read the members
// of what a constructor makes faster than those of an object without a prototype.
function Plain() {}
Plain.prototype = Object.freeze(Object.create(null));

// Lists and objects anew, without what is undefined; `foreign` says what stands for a value that JSON cannot hold.
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
      if (value !== undefined && !isEmptied(key, value)) made[key] = member(key, value);
    }
    return made;
  }

  // What an emptied number input of a form gives: there is no duration.
  const isEmptied = (key, value) => key === 'duration' && ancestors.length === 1 && Number.isNaN(value);

  function member(key, value) {
    path.push(key);
    const made = copy(value);
    path.pop();
    return made;
  }

  return copy(whole);
}

// Not a Date, a Map, a boxed string …: those are objects too, but none that JSON has.
export function isPlain(value) {
  const prototype = Object.getPrototypeOf(value);
  return (
    prototype === Object.prototype || prototype === null || Object.prototype.toString.call(value) === '[object Object]'
  );
}
