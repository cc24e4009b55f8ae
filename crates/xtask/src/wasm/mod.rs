//! `cargo xtask wasm`: the npm package's WebAssembly, from source, on any machine.
//!
//! Compile (`compile.rs`), bind (`bindgen.rs`), shrink (`shrink.rs`), make the package's scripts (`bundle.rs`), and write down what
//! it was all built from (`inputs.rs`), so that the tests can tell a package that is older than the tree.

pub mod bindgen;
mod bundle;
mod compile;
pub use compile::{debian_compiler, rustup_target};
pub mod inputs;
mod shrink;

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::Context;
use flate2::{Compression, write::GzEncoder};

use crate::run::{Outcome, cargo, output, root};

/// The name of the bound module's files.
pub const NAME: &str = "seedance_preflight";
/// The module in the package.
const CORE: &str = "core.wasm";

/// Builds into `pkg`, or into another folder, and prints what came out.
pub fn run(out: Option<&Path>, rustup: bool) -> Outcome {
    let out = out.map_or_else(|| root().join("pkg"), |out| root().join(out));
    let inputs = inputs::current()?;
    let compiled = compile::run(rustup)?;
    let bound = root().join("target/webassembly/bound");
    output(&mut cargo([
        "run".as_ref(),
        "--quiet".as_ref(),
        "--package=xtask".as_ref(),
        "--features=bindgen".as_ref(),
        "--".as_ref(),
        "bindgen".as_ref(),
        compiled.module.as_os_str(),
        bound.as_os_str(),
    ]))?;
    let module = bound.join(format!("{NAME}_bg.wasm"));
    let before = fs::metadata(&module)?.len();
    shrink::run(&module)?;
    fs::create_dir_all(&out)?;
    fs::copy(&module, out.join(CORE)).with_context(|| format!("cannot write {CORE}"))?;
    let content = fs::read(module)?;
    bundle::run(&bound, NAME, &out)?;
    inputs::write(&out, &inputs, &compiled.compiler)?;
    println!(
        "compiled with {}; wasm-opt: {before} B to {} B, {} B gzip",
        compiled.compiler,
        content.len(),
        gzip(&content)?
    );
    Ok(())
}

/// How many bytes gzip makes of a content at its best level.
pub fn gzip(content: &[u8]) -> Outcome<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    Ok(encoder.finish()?.len())
}
