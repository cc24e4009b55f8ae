// The size of the core's memory, which only its WebAssembly instance knows. To see that instance, import this before the package.
const { Instance } = WebAssembly;
let memory;

WebAssembly.Instance = /** @type {any} */ (
  function (module, imports) {
    const instance = new Instance(module, imports);
    memory = instance.exports.memory;
    return instance;
  }
);

export const memoryBytes = () => memory.buffer.byteLength;
