// The package without what is only looked up (reading.js): what checks, prices and mends. It is made of crates/wasm/js.
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
  routes,
  safeParse,
  schemaFor,
} from './core.js';
