// Applies a fix's JSON Patch (RFC 6902) to a copy of a body. Only the operations that fixes use: add, remove, replace, move.
import { named } from './options.js';
import { isPlain, isText, wordsOf } from './value.js';

/** How an index is written: `01`, `1.0` and `+1` are none. */
export const INDEX = /^(0|[1-9]\d*)$/;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export function applyFix(body, patch) {
  if (!Array.isArray(patch))
    throw new TypeError('applyFix() needs a `patch`: a list of operations, as in the `fixes` of a finding');
  const holder = { body: isText(body) ? parse(body) : copy(body) };
  for (const step of patch) {
    const { op, path, from, value } = step ?? {};
    if (op === 'add') add(holder, path, value);
    else if (op === 'replace') replace(holder, path, value);
    else if (op === 'remove') remove(holder, path);
    else if (op === 'move') add(holder, path, remove(holder, from));
    else throw new RangeError(`a fix's patch has no operation \`${named(op)}\``);
  }
  return holder.body;
}

function parse(text) {
  try {
    return JSON.parse(typeof text === 'string' ? text : utf8.decode(text));
  } catch (cause) {
    throw new TypeError(`applyFix() cannot read \`body\`: ${wordsOf(cause)}`, { cause });
  }
}

// Whether a value is a list or a plain object. All others are neither copied nor changed inside.
const isJson = (value) => Array.isArray(value) || (typeof value === 'object' && value !== null && isPlain(value));

// `structuredClone` fails on proxies and functions. No recursion, since a body may be nested deeper than a stack.
function copy(value) {
  const copies = new Map();
  const begun = (part) => {
    if (!isJson(part)) return part;
    if (!copies.has(part)) copies.set(part, Array.isArray(part) ? new Array(part.length) : {});
    return copies.get(part);
  };
  const whole = begun(value);
  // This also visits what is begun meanwhile.
  for (const [part, made] of copies) {
    for (const key of Object.keys(part)) set(made, key, begun(part[key]));
  }
  return whole;
}

function add(holder, path, value) {
  const [parent, key] = place(holder, path, 1);
  if (Array.isArray(parent)) parent.splice(key, 0, copy(value));
  else set(parent, key, copy(value));
}

function replace(holder, path, value) {
  const [parent, key] = place(holder, path);
  set(parent, key, copy(value));
}

function remove(holder, path) {
  const [parent, key] = place(holder, path);
  const value = parent[key];
  if (Array.isArray(parent)) parent.splice(key, 1);
  else delete parent[key];
  return value;
}

/** The names and indexes in a JSON Pointer (RFC 6901). */
export function tokensOf(pointer) {
  const [, ...tokens] = pointer.split('/');
  return tokens.map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

// The list or object that holds the value at a path, and its key there. `more` is 1 where a value is added: then an object may lack
// the key, and a list's end has an index, too.
function place(holder, path, more = 0) {
  const missing = () => new RangeError(`the patch's path \`${named(path)}\` is not in the body`);
  if (typeof path !== 'string' || !/^(\/|$)/.test(path)) throw missing();
  const keys = ['body', ...tokensOf(path)];
  const last = keys.pop();
  let parent = holder;
  for (const key of keys) {
    parent = Object.hasOwn(parent, key) ? parent[key] : undefined;
    if (!isJson(parent)) throw missing();
  }
  if (Array.isArray(parent)) {
    // `-` is the end of a list.
    const index = last === '-' ? parent.length : INDEX.test(last) ? Number(last) : NaN;
    if (index < parent.length + more) return [parent, index];
  } else if (more || Object.hasOwn(parent, last)) return [parent, last];
  throw missing();
}

// Not an assignment: a field called `__proto__` must become a field.
function set(parent, key, value) {
  Object.defineProperty(parent, key, { value, configurable: true, enumerable: true, writable: true });
}
