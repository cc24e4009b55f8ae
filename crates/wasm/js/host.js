// What the core needs of its host, said before anything of it runs.
for (const name of ['WebAssembly', 'TextDecoder', 'TextEncoder']) {
  if (globalThis[name] === undefined) {
    throw new Error(
      `seedance-preflight needs \`${name}\`, which this environment does not have; under Jest, use \`testEnvironment: 'node'\``,
    );
  }
}
