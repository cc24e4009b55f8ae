// How pages and bundlers bring the core.
import { IMPORTS, connect } from './exchange.js'

let started

/** Loads the core. Calls share one loading; one that failed can be repeated. */
export function init(source) {
  started ??= load(source).catch((cause) => {
    started = undefined
    throw cause
  })
  return started
}

async function load(source) {
  const module = await compile((await source) ?? new URL('seedance_preflight_bg.wasm', import.meta.url))
  connect(module, await WebAssembly.instantiate(module, IMPORTS))
}

async function compile(source) {
  if (source instanceof WebAssembly.Module) return source
  const isAddress = typeof source === 'string' || source instanceof URL || source instanceof Request
  const answer = isAddress ? await fetch(source) : source
  if (!(answer instanceof Response)) return WebAssembly.compile(answer)
  if (!answer.ok) throw new Error(`init() got no core from ${answer.url}: the status is ${answer.status}`)
  // Only what is served as a module may be compiled while it arrives.
  if (answer.headers.get('content-type') === 'application/wasm') return WebAssembly.compileStreaming(answer)
  return WebAssembly.compile(await answer.arrayBuffer())
}
