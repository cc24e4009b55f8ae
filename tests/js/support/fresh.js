// Independent copies of the package: each is bundled into a script, which bypasses the module cache.
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

/** The page's entry before its first `init`. A script has no address of its own, so `init` must be told where the core is. */
export function freshPackage() {
  script ??= buildSync({ ...settings, logOverride: { 'empty-import-meta': 'silent' } }).outputFiles[0].text;
  return runInThisContext(`(() => { ${script}; return seedance })()`);
}
