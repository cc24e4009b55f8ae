// The entry from which `cargo xtask wasm` bundles `pkg/core.js`: everything that a page loads before its first report.
export { readCreateAnswer, readTaskAnswer } from './answers.js';
export { check, checkNdjson, compare, judge, quote, quoteNdjson, readPriceBook } from './judging.js';
export { init } from './load.js';
export { editions } from './options.js';
export { applyFix } from './patch.js';
export { safeParse, schemaFor } from './schema.js';
// These are mainly for the package's other files.
export { connect, isReady } from './core.js';
export { named, readOptions } from './options.js';
export { DEFAULT_EDITION } from './editions.js';
