// For workerd, which compiles a module when it is imported: ready on import.
import module from './core.wasm';
import { connect } from './core.js';

export * from './api.js';

connect(module);
