// The ledger with its module inside: ready on import, without another file.
import { connect } from './core.js';
import { bytes } from './inside.js';

export * from './ledger.js';

connect(new WebAssembly.Module(bytes()));
