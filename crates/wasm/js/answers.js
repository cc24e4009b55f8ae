// Functions that read the API's answers.
import { run } from './core.js';
import { needArgument, shown } from './options.js';
import { documentOf } from './value.js';

const reader = (name) =>
  function (answer, status) {
    needArgument(arguments.length, name, 'what the API answered, as a value or as JSON text');
    const isKnown = status !== undefined && status !== null;
    if (isKnown && !(Number.isInteger(status) && status >= 100 && status <= 599)) {
      throw new RangeError(
        `${name}() was given ${shown(status)} as \`status\`; an HTTP status is a whole number from 100 to 599`,
      );
    }
    const text = documentOf(name, 'answer', answer);
    return run(name, (core) => core[name](text, isKnown ? status : undefined));
  };

// The core's module and the ledger's have these.
export const readCreateAnswer = /* @__PURE__ */ reader('readCreateAnswer');
export const readTaskAnswer = /* @__PURE__ */ reader('readTaskAnswer');
// Only the ledger is given these.
export const readAccountBalance = /* @__PURE__ */ reader('readAccountBalance');
export const readKeyBalance = /* @__PURE__ */ reader('readKeyBalance');
export const readUpload = /* @__PURE__ */ reader('readUpload');
export const readAssets = /* @__PURE__ */ reader('readAssets');
