// What a page loads before its first verdict, and how much of it there may be, each file compressed by gzip.
export const LOADED_FILES = ['seedance_preflight_bg.wasm', 'seedance_preflight.js', 'core.js', 'index.js', 'api.js', 'patch.js', 'schema.js']
export const BUDGET_BYTES = 60_000
