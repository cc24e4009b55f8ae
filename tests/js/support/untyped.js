// The package without its types, for suites that give it what its types forbid or look into its answers as JSON.
import * as typed from 'seedance-preflight';

/** @type {any} */
export const seedance = typed;
