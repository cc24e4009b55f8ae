//! wasm-opt, from npm's `binaryen`: the version is pinned, and every feature is named, since `--all-features` writes modules
//! that Node 20 refuses.

use std::path::Path;

use anyhow::Context;

use crate::npm;
use crate::run::{Outcome, output};

const OPTIONS: [&str; 17] = [
    // Rust's stack lies first and grows down, so that nobody is at the lowest addresses.
    "--low-memory-unused",
    // Control flow and locals anew, in fewer kinds than the compiler has.
    "--flatten",
    "--rereloop",
    "-Oz",
    "--gufa-optimizing",
    "-Oz",
    "--converge",
    // What is as small as a call. Beyond that the compiler has inlined what it wanted, and gzip makes less of many functions than
    // of few.
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
