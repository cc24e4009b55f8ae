// The core's instance, and calls to it.
import './host.js';
import * as glue from 'glue';

// A core with more memory than this is not kept for the next call: memory never shrinks.
const KEPT_BYTES = 2 ** 24;

// Undefined until there is a core.
let memory;
// Whether a call ended in the middle of what it did: then its instance may not be asked again.
let isSpoilt = false;

/** What an object says it is. Those of another realm, as edge runtimes and test runners have them, are told by this alone. */
export const tagOf = (value) => Object.prototype.toString.call(value).slice('[object '.length, -1);

/** Takes over a compiled core. */
export function connect(module) {
  // The glue tells modules by their prototype.
  if (tagOf(module) === 'WebAssembly.Module') Object.setPrototypeOf(module, WebAssembly.Module.prototype);
  glue.initSync({ module });
  memory = glue.coreMemory();
}

/** Takes over a core that has to be compiled: its bytes, or the answer that brings them. */
export async function load(source) {
  if (tagOf(source) === 'WebAssembly.Module') return connect(source);
  await glue.default({ module_or_path: source });
  memory = glue.coreMemory();
}

/** Whether the core is there: then everything is synchronous. */
export const isReady = () => memory !== undefined;

/** Throws where it is not. */
export function needCore(name) {
  if (!isReady()) throw new Error(`${name}() needs the core: \`await init()\` once before the first call`);
}

/** Calls the core. Only plain data may cross, so that nothing but the core runs meanwhile. */
export function run(name, call) {
  needCore(name);
  try {
    if (isSpoilt) restart();
    return call(glue);
  } catch (cause) {
    // What the core refuses is an error of its own making; anything else came from the engine.
    if (Object.getPrototypeOf(cause) === Error.prototype) throw cause;
    isSpoilt = true;
    throw cause instanceof WebAssembly.RuntimeError ? outOfMemory(name, cause) : cause;
  } finally {
    if (isSpoilt || memory.buffer.byteLength > KEPT_BYTES) restart();
  }
}

function restart() {
  glue.__wbg_reset_state();
  memory = glue.coreMemory();
  isSpoilt = false;
}

const outOfMemory = (name, cause) =>
  new RangeError(`${name}() needs more memory than the core can have (4 GB at most); pass less at once`, { cause });
