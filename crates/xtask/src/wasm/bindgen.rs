//! The binding step: the library behind the program `wasm-bindgen`, pinned by Cargo.lock together with the crate.

use std::path::Path;

use crate::run::Outcome;

/// Writes the module and the script that loads it and calls it, for any host.
#[cfg(feature = "bindgen")]
pub fn run(module: &Path, out: &Path) -> Outcome {
    let mut bindgen = wasm_bindgen_cli_support::Bindgen::new();
    bindgen.input_path(module).out_name(super::bundle::NAME).web(true)?;
    // The types are generated from the rule table instead (`cargo xtask gen`).
    bindgen
        .typescript(false)
        // An instance that ran out of memory is dead, and another one takes its place (crates/wasm/js/core.js).
        .reset_state_function(true)
        // Where the module lies is said in crates/wasm/js/load.js alone, so that bundlers find it once.
        .omit_default_module_path(true)
        .remove_name_section(true)
        .remove_producers_section(true);
    bindgen.generate(out)
}

/// Without the feature there is no binding step in this program; `cargo xtask wasm` builds one that has it.
#[cfg(not(feature = "bindgen"))]
pub fn run(module: &Path, _out: &Path) -> Outcome {
    anyhow::bail!(
        "{} can be bound only with `--features bindgen`; `cargo xtask wasm` does so itself",
        module.display()
    )
}
