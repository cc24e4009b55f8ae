// For workerd and other edge runtimes, which compile a module when it is imported: ready on import.
import module from './seedance_preflight_bg.wasm'
import { connect } from './core.js'

export * from './api.js'

connect(module)

/** There is nothing left to load; here so that one program runs everywhere. */
export async function init() {}
