// For Node and what works like it: ready on import.
import { readFileSync } from 'node:fs'
import { initSync } from './seedance_preflight.js'
import { connect } from './core.js'

export * from './api.js'

connect(initSync({ module: readFileSync(new URL('seedance_preflight_bg.wasm', import.meta.url)) }))

/** There is nothing left to load; here so that one program runs everywhere. */
export async function init() {}
