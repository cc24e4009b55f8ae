// With the core inside: ready on import wherever code may compile it, and nothing has to be beside it.
import { connect } from './core.js';
import bytes from './bytes.js';

export * from './api.js';

connect(new WebAssembly.Module(bytes));
