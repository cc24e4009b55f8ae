// The bytes of the core in a script, for hosts that cannot load files beside it.
import { bytes } from './inside.js';

export default bytes();
