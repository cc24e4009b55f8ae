// The part of the package that `check.js` has; every function is described in index.d.ts.
export {
  applyFix,
  check,
  checkNdjson,
  compare,
  editions,
  init,
  isReady,
  judge,
  quote,
  quoteNdjson,
  readCreateAnswer,
  readPriceBook,
  readTaskAnswer,
  safeParse,
  schemaFor,
} from './index.js';
export type * from './index.js';
