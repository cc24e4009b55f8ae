/** Where a bundler puts the core, or the core itself where modules can be imported: whichever, `init` takes it. */
declare const core: string & WebAssembly.Module
export default core
