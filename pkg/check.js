// What checks, prices and mends, made of crates/wasm/js.
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
} from './core.js';
