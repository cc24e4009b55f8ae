//! The package's scripts. `core.js` is the sources in `crates/wasm/js` with the glue of wasm-bindgen, in one minified file, since a
//! page without a build step loads it as it is; whoever steps through it sees the sources, by the map beside it. `bytes.js` is the
//! module as a script, and `index.cjs` the whole package for `require`.

use std::path::Path;

use anyhow::Context;

use crate::npm;
use crate::run::{Outcome, command, output};

/// What Node 20 runs, and the browsers of its time; Chinese as it is, and not as escapes.
const OPTIONS: [&str; 6] = [
    "--banner:js=// @ts-nocheck Made by `cargo xtask wasm`; do not edit.",
    "--bundle",
    "--minify",
    "--target=es2022",
    "--charset=utf8",
    "--log-level=warning",
];

/// Writes the scripts into `out`, with the module `name` and its glue as they are in the folder `bound`.
pub fn run(bound: &Path, name: &str, out: &Path) -> Outcome {
    let alias = |of: &str, file: String| format!("--alias:{of}={}", bound.join(file).display());
    let glue = alias("glue", format!("{name}.js"));
    let core = alias("core", format!("{name}_bg.wasm"));
    write(
        "index.js",
        &out.join("core.js"),
        &["--format=esm", "--sourcemap=linked", &glue],
    )?;
    write(
        "bytes.js",
        &out.join("bytes.js"),
        &["--format=esm", "--loader:.wasm=binary", &core],
    )?;
    // `init` has nothing to load there, so nobody asks where the script lies.
    write(
        "commonjs.js",
        &out.join("index.cjs"),
        &[
            "--format=cjs",
            "--platform=node",
            "--define:import.meta.url=undefined",
        ],
    )
}

fn write(source: &str, file: &Path, options: &[&str]) -> Outcome {
    let mut esbuild = command(npm::tools()?.join("esbuild"));
    esbuild
        .arg(format!("crates/wasm/js/{source}"))
        .args(OPTIONS)
        .args(options)
        .arg(format!("--outfile={}", file.display()));
    output(&mut esbuild).context("esbuild failed").map(drop)
}
