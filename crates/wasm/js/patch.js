// Applies a fix's JSON Patch (RFC 6902) to a copy of a body. Only the operations that fixes use: add, remove, replace, move.
import { isPlain, isText, wordsOf } from './value.js';

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
    else throw new RangeError(`a fix's patch has no operation \`${String(op)}\``);
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

// Copies lists and plain objects, and keeps all other values as they are: `structuredClone` fails on proxies and functions.
function copy(value, copies = new Map()) {
  const isList = Array.isArray(value);
  if (!isList && (typeof value !== 'object' || value === null || !isPlain(value))) return value;
  if (copies.has(value)) return copies.get(value);
  const made = isList ? new Array(value.length) : {};
  copies.set(value, made);
  for (const key of Object.keys(value)) set(made, key, copy(value[key], copies));
  return made;
}

function add(holder, path, value) {
  const [parent, key] = place(holder, path);
  if (Array.isArray(parent)) parent.splice(key === '-' ? parent.length : Number(key), 0, copy(value));
  else set(parent, key, copy(value));
}

function replace(holder, path, value) {
  const [parent, key] = existing(holder, path);
  set(parent, key, copy(value));
}

function remove(holder, path) {
  const [parent, key] = existing(holder, path);
  const value = parent[key];
  if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else delete parent[key];
  return value;
}

/** The names and indexes in a JSON Pointer (RFC 6901). */
export function tokensOf(pointer) {
  const [, ...tokens] = pointer.split('/');
  return tokens.map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

// The list or object that holds the value at a path, and its key there.
function place(holder, path) {
  if (!/^(\/|$)/.test(path)) throw missing(path);
  const keys = ['body', ...tokensOf(path)];
  const last = keys.pop();
  let parent = holder;
  for (const key of keys) {
    parent = Object.hasOwn(parent, key) ? parent[key] : undefined;
    if (parent === null || typeof parent !== 'object') throw missing(path);
  }
  return [parent, last];
}

function existing(holder, path) {
  const [parent, key] = place(holder, path);
  if (!Object.hasOwn(parent, key)) throw missing(path);
  return [parent, key];
}

const missing = (path) => new RangeError(`the patch's path \`${path}\` is not in the body`);

// Not an assignment: a field called `__proto__` must become a field.
function set(parent, key, value) {
  Object.defineProperty(parent, key, { value, configurable: true, enumerable: true, writable: true });
}
