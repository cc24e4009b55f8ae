// The files that a page loads before its first report, and their largest total size, each file compressed by gzip. Most of it is
// the core's code and its messages in two languages.
export const LOADED_FILES = ['check.wasm', 'check.js'];
/** The files that a page loads which uses the whole entry. */
export const WHOLE_FILES = [
  'core.wasm',
  'core.js',
  'index.js',
  'api.js',
  'routes.js',
  'table.js',
  'reading.js',
  'reference.js',
];
// If the standard library could not be compiled along (crates/xtask/src/wasm/compile.rs), the modules are larger.
export const budgetsOf = ({ compiler }) =>
  compiler.includes('compiled along for size') ? { page: 124_000, whole: 218_000 } : { page: 180_000, whole: 320_000 };
