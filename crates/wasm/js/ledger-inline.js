// The ledger with its module inside: ready on import, and nothing has to be beside it.
import bytes from 'core';
import { connect } from './core.js';

export * from './ledger.js';

connect(new WebAssembly.Module(bytes));
