//! The script beside the module: the sources in `crates/wasm/js` in one minified file, since a page without a build step loads it as
//! it is. Whoever steps through it sees the sources, by the map beside it.

use std::path::Path;

use anyhow::Context;

use crate::npm;
use crate::run::{Outcome, command, output};

const OPTIONS: [&str; 6] = [
    "--bundle",
    "--minify",
    "--format=esm",
    // What Node 20 runs, and the browsers of its time.
    "--target=es2022",
    // Chinese as it is, and not as escapes.
    "--charset=utf8",
    "--sourcemap=linked",
];

pub fn run(out: &Path) -> Outcome {
    let file = out.join("core.js");
    let mut esbuild = command(npm::tools()?.join("esbuild"));
    esbuild
        .arg("crates/wasm/js/index.js")
        .args(OPTIONS)
        .arg("--log-level=warning")
        .arg(format!("--outfile={}", file.display()));
    output(&mut esbuild).context("esbuild failed").map(drop)
}
