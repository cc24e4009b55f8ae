// The package for `require`, where `pkg/node.js` cannot be.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from '../../../pkg/core.js';

export * from '../../../pkg/api.js';

connect(new WebAssembly.Module(readCore()));

function readCore() {
  try {
    return readFileSync(join(__dirname, 'core.wasm'));
  } catch (cause) {
    throw new Error(
      `seedance-preflight has no core.wasm in ${__dirname}: leave the package out of the bundle, or import seedance-preflight/inline`,
      { cause },
    );
  }
}
