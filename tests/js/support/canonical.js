// One spelling of a JSON value: the keys of every object in order. Two answers are equal when these texts are, to the byte.

export function canonical(value) {
  return JSON.stringify(value, (_, part) => (isObject(part) ? sorted(part) : part));
}

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

function sorted(object) {
  const copy = {};
  for (const key of Object.keys(object).sort())
    Object.defineProperty(copy, key, { value: object[key], enumerable: true });
  return copy;
}
