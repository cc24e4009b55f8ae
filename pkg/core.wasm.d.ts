/** Where a bundler puts the core, or the core itself where modules can be imported: whichever, `init` takes it. */
declare const core: string & object;
export default core;
