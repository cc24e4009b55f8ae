// With the core inside: ready on import wherever code may compile it, and nothing has to be beside it.
import bytes from './bytes.js';
import { connect } from './core.js';

export * from './api.js';

connect(new WebAssembly.Module(bytes));
