//! `cargo xtask wasm`: the npm package's two modules of WebAssembly, from source, on any machine.
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

pub use self::compile::{debian_compiler, rustup_target};
use crate::install;
use crate::run::{Outcome, root};

/// The package's modules, and the crate that each is compiled from. A page loads `core` first, and `ledger` once it has a batch
/// of jobs.
const MODULES: [(&str, &str); 2] = [("core", "seedance-wasm"), ("ledger", "seedance-wasm-ledger")];

/// The file that names the compiler of a package's modules.
pub const BUILD: &str = "build.json";

/// Builds into the package's folder, and prints the sizes.
pub fn run(package: &Path) -> Outcome {
    install::npm(&root().join(finish::TOOLS))?;
    let mut compiled = Vec::new();
    for (name, source) in MODULES {
        compiled.push((name, compile::run(source)?));
    }
    // The steps that follow take one processor core per module.
    let finished: Vec<_> = thread::scope(|scope| {
        let start = |(name, it)| scope.spawn(move || finish::run(name, it, package));
        let started: Vec<_> = compiled.iter().map(|(name, it)| start((*name, it))).collect();
        started.into_iter().map(ScopedJoinHandle::join).collect()
    });
    for line in finished {
        println!("{}", line.map_err(|_| anyhow!("a module could not be finished"))??);
    }
    let compiler = compiled.iter().map(|(_, it)| &it.compiler).dedup().join("; ");
    let built = json!({ "compiler": compiler });
    Ok(fs::write(package.join(BUILD), format!("{built:#}\n"))?)
}
