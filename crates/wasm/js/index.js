// The entry from which `cargo xtask wasm` bundles `pkg/core.js`: everything that uses the core.
export * from './check.js';
export { readCreateAnswer, readTaskAnswer } from './answers.js';
export { checkNdjson, quoteNdjson } from './batch.js';
export { compare } from './compare.js';
// These are for the package's other files.
export { connect } from './core.js';
export { named, readOptions } from './options.js';
export { DEFAULT_EDITION } from './editions.js';
