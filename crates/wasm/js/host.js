// Checks that the host has what the core needs, before anything else runs.
for (const name of ['WebAssembly', 'TextDecoder', 'TextEncoder']) {
  if (globalThis[name] === undefined) {
    throw new Error(
      `seedance-preflight needs \`${name}\`, which this environment does not have; under Jest, use \`testEnvironment: 'node'\``,
    );
  }
}
