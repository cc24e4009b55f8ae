// For edge runtimes whose bundlers know `?module`: ready on import.
import module from './core.wasm?module';
import { connect } from './core.js';

export * from './api.js';

connect(module);
