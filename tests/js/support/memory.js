// How much memory the core has, which only its own instance tells: whoever imports this before the package sees it made.
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
