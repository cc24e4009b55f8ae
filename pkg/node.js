// For Node and what works like it: ready on import.
import { readFileSync } from 'node:fs'
import { connect } from './core.js'

export * from './api.js'

connect(new WebAssembly.Module(readFileSync(new URL('seedance_preflight_bg.wasm', import.meta.url))))

/** There is nothing left to load; here so that one program runs everywhere. */
export async function init() {}
