// The module that a page loads before its first report. Node loads the whole one instead, so it has to be told where this one is.
import { readFileSync } from 'node:fs';

const at = (name) => new URL(`../node_modules/seedance-preflight/${name}`, import.meta.url);

/** @type {typeof import('seedance-preflight/check')} */
export const small = await import(String(at('check.js')));
await small.init(readFileSync(at('check.wasm')));
