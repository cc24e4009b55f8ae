// The entry from which `cargo xtask wasm` bundles `pkg/check.js`: what a page loads before its first report.
export { isReady } from './core.js';
export { check, judge, quote, readPriceBook } from './judging.js';
export { init } from './load.js';
export { editions } from './options.js';
export { applyFix } from './patch.js';
export { safeParse, schemaFor } from './schema.js';
