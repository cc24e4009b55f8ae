// The core's instance, and how it is called.
import './host.js';
import * as glue from 'glue';

// An instance with more memory than this is replaced after a call, because the memory of an instance never shrinks.
const KEPT_BYTES = 2 ** 24;

// Undefined until the core is loaded.
let memory;
// Whether a call was aborted: the instance may be in an invalid state and must not be called again.
let isSpoilt = false;

/** The tag of a value, such as `Response`. For objects of other realms, as in edge and test runtimes, `instanceof` fails. */
export const tagOf = (value) => Object.prototype.toString.call(value).slice('[object '.length, -1);

/** Starts the core from a compiled module. */
export function connect(module) {
  // The glue recognises modules by their prototype.
  if (tagOf(module) === 'WebAssembly.Module') Object.setPrototypeOf(module, WebAssembly.Module.prototype);
  glue.initSync({ module });
  memory = glue.coreMemory();
}

/** Starts the core from a compiled module, its bytes, or a `Response` with them. */
export async function load(source) {
  if (tagOf(source) === 'WebAssembly.Module') return connect(source);
  await glue.default({ module_or_path: source });
  memory = glue.coreMemory();
}

/** Whether the core is loaded. */
export const isReady = () => memory !== undefined;

/** Throws if the core is not loaded. */
export function needCore(name) {
  if (!isReady()) throw new Error(`${name}() needs the core: \`await init()\` once before the first call`);
}

/** Calls the core. Only plain data may be passed, so that none of the caller's code runs meanwhile. */
export function run(name, call) {
  needCore(name);
  try {
    if (isSpoilt) restart();
    return call(glue);
  } catch (cause) {
    // If the core refuses an argument, it throws a plain `Error`; anything else was thrown by the engine.
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
