// What `cargo xtask wasm` makes `pkg/core.js` of, in one piece and minified: everything that a page loads before its first verdict.
export * from './judging.js'
export { init } from './load.js'
// For the package's other files, not for who uses it.
export { CHECK, askJob, connect, isConnected } from './exchange.js'
