// The part of the package that `check.js` has; every function is described in index.d.ts.
export {
  applyFix,
  check,
  editions,
  init,
  isReady,
  judge,
  quote,
  readPriceBook,
  safeParse,
  schemaFor,
} from './index.js';
export type * from './index.js';
