//! `cargo xtask wasm`: the npm package's modules of WebAssembly, from source, on any machine.
//!
//! The same sources and compiler make the same bytes, so that the tests notice a package that is older than the tree.

mod compile;
mod finish;

use std::fs;
use std::path::Path;
use std::thread::{self, ScopedJoinHandle};

use anyhow::anyhow;
use itertools::Itertools;
use serde_json::json;

use self::compile::Module;
pub use self::compile::{debian_compiler, rustup_target};
use crate::install;
use crate::run::{Outcome, root};

/// A page loads `check` first, and `ledger` once it has a batch of jobs or sends one. Servers and whole programs load `core`: there
/// a third of the time is worth more than 50 kB.
const MODULES: [Module; 3] = [
    Module { name: "check", package: "seedance-wasm", features: "judging", is_fast: false },
    Module { name: "core", package: "seedance-wasm", features: "whole", is_fast: true },
    Module { name: "ledger", package: "seedance-wasm-ledger", features: "", is_fast: false },
];

/// The file that names the compiler of a package's modules.
pub const BUILD: &str = "build.json";

/// Builds into the package's folder, and prints the sizes.
pub fn run(package: &Path) -> Outcome {
    install::npm(&root().join(finish::TOOLS))?;
    let mut compiled = Vec::new();
    for module in &MODULES {
        compiled.push((module, compile::run(module)?));
    }
    // The steps that follow take one processor core per module.
    let finished: Vec<_> = thread::scope(|scope| {
        let start = |(module, it)| scope.spawn(move || finish::run(module, it, package));
        let started: Vec<_> = compiled.iter().map(|(module, it)| start((*module, it))).collect();
        started.into_iter().map(ScopedJoinHandle::join).collect()
    });
    for line in finished {
        println!("{}", line.map_err(|_| anyhow!("a module could not be finished"))??);
    }
    let compiler = compiled.iter().map(|(_, it)| &it.compiler).dedup().join("; ");
    let built = json!({ "compiler": compiler });
    Ok(fs::write(package.join(BUILD), format!("{built:#}\n"))?)
}
