// A fix's JSON Patch (RFC 6902) applied to a copy of a body. Only what fixes use: add, remove, replace, move.

export function apply_fix(body, patch) {
  const holder = { body: structuredClone(body) }
  for (const { op, path, from, value } of patch) {
    if (op === 'add') add(holder, path, value)
    else if (op === 'replace') replace(holder, path, value)
    else if (op === 'remove') remove(holder, path)
    else if (op === 'move') add(holder, path, remove(holder, from))
    else throw new RangeError(`a fix's patch has no operation \`${String(op)}\``)
  }
  return holder.body
}

function add(holder, path, value) {
  const [parent, key] = place(holder, path)
  if (Array.isArray(parent)) parent.splice(key === '-' ? parent.length : Number(key), 0, structuredClone(value))
  else set(parent, key, structuredClone(value))
}

function replace(holder, path, value) {
  const [parent, key] = existing(holder, path)
  set(parent, key, structuredClone(value))
}

function remove(holder, path) {
  const [parent, key] = existing(holder, path)
  const value = parent[key]
  if (Array.isArray(parent)) parent.splice(Number(key), 1)
  else delete parent[key]
  return value
}

// The list or object that holds a value, and under which key.
function place(holder, path) {
  const keys = ['body', ...path.split('/').slice(1)].map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
  const last = keys.pop()
  let parent = holder
  for (const key of keys) {
    parent = Object.hasOwn(parent, key) ? parent[key] : undefined
    if (parent === null || typeof parent !== 'object') throw new RangeError(`the patch's path \`${path}\` is not in the body`)
  }
  return [parent, last]
}

function existing(holder, path) {
  const [parent, key] = place(holder, path)
  if (!Object.hasOwn(parent, key)) throw new RangeError(`the patch's path \`${path}\` is not in the body`)
  return [parent, key]
}

// A field may be called `__proto__`, and must be one then.
function set(parent, key, value) {
  Object.defineProperty(parent, key, { value, configurable: true, enumerable: true, writable: true })
}
