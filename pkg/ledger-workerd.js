// For workerd, which compiles a module when it is imported: the ledger, ready on import.
import module from './ledger.wasm';
import { init } from './ledger.js';

export * from './ledger.js';

init(module);
