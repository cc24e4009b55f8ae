// The ledger with its module inside: ready on import, and nothing has to be beside it.
import { connect } from './core.js';
import { bytes } from './inside.js';

export * from './ledger.js';

connect(new WebAssembly.Module(bytes()));
