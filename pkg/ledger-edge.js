// For edge runtimes whose bundlers know `?module`: the ledger, ready on import.
import module from './ledger.wasm?module';
import { init } from './ledger.js';

export * from './ledger.js';

init(module);
