// How pages and bundlers bring the core.
import instantiate from './seedance_preflight.js'
import { connect } from './core.js'

let started

/** Loads the core. Calls share one loading; one that failed can be repeated. */
export function init(input) {
  started ??= load(input)
  return started
}

async function load(input) {
  try {
    const module_or_path = input ?? new URL('seedance_preflight_bg.wasm', import.meta.url)
    connect(await instantiate({ module_or_path }))
  } catch (cause) {
    started = undefined
    throw cause
  }
}
