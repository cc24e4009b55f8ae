//! The binding step: the library behind the program `wasm-bindgen`, pinned by Cargo.lock together with the crate.

use std::path::Path;

use crate::run::Outcome;

/// Writes the module for a page or any other host that passes the module itself, and a script for it.
#[cfg(feature = "bindgen")]
pub fn run(module: &Path, out: &Path) -> Outcome {
    let mut bindgen = wasm_bindgen_cli_support::Bindgen::new();
    bindgen.input_path(module).out_name(super::NAME).web(true)?;
    // The types are generated from the rule table instead (`cargo xtask gen`).
    bindgen
        .typescript(false)
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
