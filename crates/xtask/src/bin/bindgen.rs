//! The binding step of `cargo xtask wasm`, which calls it: the library behind the program `wasm-bindgen`, pinned by Cargo.lock
//! together with the crate. Its words are the module, the folder for what it writes, and what the files there are called.

fn main() -> anyhow::Result<()> {
    let words: Vec<_> = std::env::args().skip(1).collect();
    let [module, folder, name] = &words[..] else { anyhow::bail!("`cargo xtask wasm` calls this") };
    let mut bindgen = wasm_bindgen_cli_support::Bindgen::new();
    bindgen.input_path(module).out_name(name).web(true)?;
    // The types are generated from the rule table instead (`cargo xtask gen`).
    bindgen
        .typescript(false)
        // An instance that ran out of memory is dead, and another one takes its place (crates/wasm/js/core.js).
        .reset_state_function(true)
        // Where the module lies is said in crates/wasm/js/load.js alone, so that bundlers find it once.
        .omit_default_module_path(true)
        .remove_name_section(true)
        .remove_producers_section(true);
    bindgen.generate(folder)
}
