// The module that a page loads before its first report. Node loads the whole one instead, so it has to be told where this one is.
import { readFileSync } from 'node:fs';
import * as small from '../node_modules/seedance-preflight/check.js';

await small.init(readFileSync(new URL('../node_modules/seedance-preflight/check.wasm', import.meta.url)));

export { small };
