// The package without its types, for suites that pass what the types forbid, or read the answers as plain JSON.
import * as typed from 'seedance-preflight';

/** @type {any} */
export const seedance = typed;
