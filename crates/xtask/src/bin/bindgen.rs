//! The binding step of `cargo xtask wasm`, which calls it with the module, the output folder and the base name of the files to
//! write. It is the library behind the program `wasm-bindgen`, pinned by Cargo.lock together with the crate.

fn main() -> anyhow::Result<()> {
    let words: Vec<_> = std::env::args().skip(1).collect();
    let [module, folder, name] = &words[..] else { anyhow::bail!("`cargo xtask wasm` calls this") };
    let mut bindgen = wasm_bindgen_cli_support::Bindgen::new();
    bindgen.input_path(module).out_name(name).web(true)?;
    // The types are generated from the rule table instead (`cargo xtask gen`).
    bindgen
        .typescript(false)
        // An instance that ran out of memory is unusable, and a new one replaces it (crates/wasm/js/core.js).
        .reset_state_function(true)
        // Only crates/wasm/js/load.js says where the module is, so that bundlers find it once.
        .omit_default_module_path(true)
        .remove_name_section(true)
        .remove_producers_section(true);
    bindgen.generate(folder)
}
