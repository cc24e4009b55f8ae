// What a page loads before its first verdict, and how much of it there may be, each file compressed by gzip. Nearly all of it is the
// core's own code and messages in two languages.
export const LOADED_FILES = ['core.wasm', 'core.js', 'check.js'];
/** What the whole entry loads beside them: what is only looked up. */
export const LOOKED_UP_FILES = ['index.js', 'api.js', 'reading.js', 'reference.js'];
// Where the standard library cannot be compiled along (crates/xtask/src/wasm/compile.rs), the module is larger.
export const budgetOf = ({ compiler }) => (compiler.includes('compiled along for size') ? 143_500 : 201_000);
