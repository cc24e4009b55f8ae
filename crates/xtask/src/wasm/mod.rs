//! `cargo xtask wasm`: the npm package's two modules of WebAssembly, from source, on any machine.
//!
//! The steps: compile (`compile.rs`), bind (`../bin/bindgen.rs`), shrink (`shrink.rs`), and bundle the scripts (`bundle.rs`). The
//! same sources and compiler make the same bytes, so that the tests notice a package that is older than the tree.

mod bundle;
mod compile;
pub use compile::{debian_compiler, rustup_target};
mod shrink;

use std::fs;
use std::io::Write;
use std::path::Path;
use std::thread::{self, ScopedJoinHandle};

use anyhow::{Context, anyhow};
use flate2::{Compression, write::GzEncoder};
use serde_json::json;

use self::compile::Compiled;
use crate::npm;
use crate::run::{Outcome, cargo, output, root};

/// The package's modules, and the crate that each is compiled from. A page loads `core` first, and `ledger` once it has a batch
/// of jobs.
const MODULES: [(&str, &str); 2] = [("core", "seedance-wasm"), ("ledger", "seedance-wasm-ledger")];

/// The file that names the compiler of a package's modules.
pub const BUILD: &str = "build.json";

/// Builds into `pkg` or another folder, and prints the sizes.
pub fn run(out: Option<&Path>) -> Outcome {
    let out = out.map_or_else(|| root().join("pkg"), |out| root().join(out));
    fs::create_dir_all(&out)?;
    npm::install(&root().join(npm::TOOLS))?;
    let mut compiled = Vec::new();
    for (name, package) in MODULES {
        compiled.push((name, compile::run(package)?));
    }
    // The steps that follow take one processor core per module.
    let finished: Vec<_> = thread::scope(|scope| {
        let out = out.as_path();
        let modules = compiled.iter();
        let started: Vec<_> =
            modules.map(|(name, it)| scope.spawn(move || finish(name, it, out))).collect();
        started.into_iter().map(ScopedJoinHandle::join).collect()
    });
    for line in finished {
        println!("{}", line.map_err(|_| anyhow!("a module could not be finished"))??);
    }
    let mut compilers: Vec<_> = compiled.iter().map(|(_, it)| it.compiler.as_str()).collect();
    compilers.dedup();
    let built = json!({ "compiler": compilers.join("; ") });
    Ok(fs::write(out.join(BUILD), format!("{built:#}\n"))?)
}

/// Binds, shrinks and bundles a compiled module, and returns a line with its sizes.
fn finish(name: &str, compiled: &Compiled, out: &Path) -> Outcome<String> {
    let bound = root().join("target/webassembly/bound").join(name);
    let mut bind = cargo("run --quiet --package=xtask --features=bindgen --bin=bindgen");
    output(bind.args([&compiled.module, &bound]).arg(bundle::NAME))?;
    let module = bound.join(format!("{}_bg.wasm", bundle::NAME));
    let before = fs::metadata(&module)?.len();
    shrink::run(&module)?;
    let content = fs::read(&module)?;
    let path = out.join(format!("{name}.wasm"));
    fs::write(&path, &content).with_context(|| format!("cannot write {}", path.display()))?;
    bundle::run(name, &bound, out)?;
    Ok(format!(
        "{name}: compiled with {}; wasm-opt: {before} B to {} B, {} B gzip",
        compiled.compiler,
        content.len(),
        gzip(&content)?
    ))
}

/// The size in bytes after gzip at its best level.
fn gzip(content: &[u8]) -> Outcome<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    Ok(encoder.finish()?.len())
}
