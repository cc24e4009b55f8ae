// Loads a module from a file beside a CommonJS script. `cargo xtask wasm` replaces `MODULE` with the file's name.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The compiled module. If a bundle lacks the file, the error suggests `remedy` or leaving the package out of the bundle. */
export function moduleBeside(remedy) {
  try {
    return new WebAssembly.Module(readFileSync(join(__dirname, MODULE)));
  } catch (cause) {
    throw new Error(
      `seedance-preflight has no ${MODULE} in ${__dirname}: leave the package out of the bundle, or ${remedy}`,
      { cause },
    );
  }
}
