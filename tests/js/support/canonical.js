// One spelling for every JSON value, with the keys of all objects sorted. Two answers are equal if these texts are.

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
