// The core as a script, for hosts on which nothing lies beside one.
import { bytes } from './inside.js';

export default bytes();
