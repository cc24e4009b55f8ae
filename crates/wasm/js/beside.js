// A module that lies beside a script for `require`. `cargo xtask wasm` puts the module's file in the place of `MODULE`.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The compiled module; `remedy` is what a bundle without it can do instead of leaving the package out. */
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
