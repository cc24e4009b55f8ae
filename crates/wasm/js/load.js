// Loads the core in pages and bundles. `cargo xtask wasm` replaces `MODULE` with the name of the module's file.
import { connect, isReady, load, tagOf } from './core.js';
import { agree, readOptions } from './options.js';
import { isPlain, wordsOf } from './value.js';

const WASM = 'application/wasm';

let started;

/** Loads the core. All calls share one attempt; if it fails, the next call tries again. */
export function init(given) {
  let source = given;
  try {
    if (typeof given === 'object' && given !== null && isPlain(given) && typeof given.then !== 'function') {
      const options = readOptions('init', given, ['lang', 'edition', 'source']);
      agree(options.lang, options.edition);
      source = options.source;
    }
  } catch (cause) {
    return Promise.reject(cause);
  }
  started ??= bring(source).catch((cause) => {
    started = undefined;
    throw cause;
  });
  return started;
}

async function bring(source) {
  if (isReady()) return;
  // A compiled module is used before `init` returns, so that an entry with a module is ready on import.
  if (tagOf(source) === 'WebAssembly.Module') return connect(source);
  try {
    await load(await loadable((await source) ?? new URL(MODULE, import.meta.url)));
  } catch (cause) {
    if (!/unsafe-eval|\bCSP\b|Content Security Policy/.test(String(cause?.message))) throw cause;
    throw new Error(
      "init() may not compile WebAssembly here: add 'wasm-unsafe-eval' to `script-src` in the page's Content Security Policy",
      { cause },
    );
  }
}

// Fetches an address and checks the response: if it is an HTML page, engines would only say that a magic word is missing.
async function loadable(source) {
  const isAddress = typeof source === 'string' || ['URL', 'Request'].includes(tagOf(source));
  const answer = isAddress ? await fetched(source) : source;
  if (tagOf(answer) !== 'Response') return answer;
  if (!answer.ok) throw new Error(`init() got no core from ${answer.url}: the status is ${answer.status}`);
  const [type = ''] = (answer.headers.get('content-type') ?? '').split(';');
  if (type === 'text/html')
    throw new Error(
      `init() got text/html from ${answer.url}: the core is not there; serve \`${MODULE}\`, or pass its address`,
    );
  // Engines compile a response while it arrives only if it has the type of WebAssembly.
  return type === WASM ? answer : answer.arrayBuffer();
}

async function fetched(address) {
  try {
    return await fetch(address);
  } catch (cause) {
    throw new Error(
      `init() cannot fetch ${address.url ?? address}: ${wordsOf(cause)}; \`seedance-preflight/inline\` and \`seedance-preflight/ledger/inline\` have their module inside`,
      { cause },
    );
  }
}
