// The package with its module inside: ready on import wherever code may compile it, without another file.
import { connect } from '../../../pkg/core.js';
import { bytes } from './inside.js';

export * from '../../../pkg/api.js';

connect(new WebAssembly.Module(bytes()));
