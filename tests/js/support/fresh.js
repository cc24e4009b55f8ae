// Copies of the package that share nothing: each is bundled as one script, which no module cache knows.
import { fileURLToPath } from 'node:url';
import { runInThisContext } from 'node:vm';
import { buildSync } from 'esbuild';

const entry = fileURLToPath(new URL('../node_modules/seedance-preflight/index.js', import.meta.url));
/** @type {import('esbuild').BuildOptions & { write: false }} */
const settings = {
  entryPoints: [entry],
  bundle: true,
  write: false,
  format: 'iife',
  globalName: 'seedance',
  logLevel: 'error',
};
let script;

/** The page's entry, before its first `init`; a script does not know where it lies, so `init` needs to be told where the core is. */
export function freshPackage() {
  script ??= buildSync({ ...settings, logOverride: { 'empty-import-meta': 'silent' } }).outputFiles[0].text;
  return runInThisContext(`(() => { ${script}; return seedance })()`);
}
