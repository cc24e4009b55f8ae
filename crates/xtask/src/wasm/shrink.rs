//! wasm-opt, from npm's `binaryen` at a pinned version. Every feature is named, since `--all-features` writes modules that Node
//! 20 refuses.

use std::path::Path;

use anyhow::Context;

use crate::npm;
use crate::run::{Outcome, output};

const OPTIONS: [&str; 17] = [
    // Rust's stack comes first and grows down, so nothing is stored at the lowest addresses.
    "--low-memory-unused",
    // Rebuilds control flow and locals in fewer forms than the compiler's.
    "--flatten",
    "--rereloop",
    "-Oz",
    "--gufa-optimizing",
    "-Oz",
    "--converge",
    // Inlines only functions no larger than a call. The compiler has already inlined what pays off, and many functions compress
    // better than few.
    "--always-inline-max-function-size=2",
    "--one-caller-inline-max-function-size=0",
    "--strip-target-features",
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-reference-types",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-multivalue",
];

pub fn run(module: &Path) -> Outcome {
    let mut opt = npm::tool(npm::TOOLS, "wasm-opt", "")?;
    opt.args(OPTIONS).arg(module).arg("-o").arg(module);
    output(&mut opt).context("wasm-opt failed").map(drop)
}
