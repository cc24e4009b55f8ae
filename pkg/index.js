// For pages and bundlers: `await init()` once, then everything is synchronous.
import instantiate from './seedance_preflight.js'
import { connect } from './core.js'

export * from './api.js'

let started

/** Loads the core. Calls share one loading; one that failed can be repeated. */
export function init(input) {
  started ??= load(input)
  return started
}

async function load(input) {
  try {
    connect(await instantiate(input === undefined ? undefined : { module_or_path: input }))
  } catch (cause) {
    started = undefined
    throw cause
  }
}
