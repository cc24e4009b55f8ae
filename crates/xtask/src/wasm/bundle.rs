//! The package's scripts. `core.js` and `ledger.js` are the sources in `crates/wasm/js` with the glue of wasm-bindgen, each in one
//! minified file, since a page without a build step loads it as it is; whoever steps through it sees the sources, by the map beside
//! it. `bytes.js` is the core's module as a script, `index.cjs` the whole package for `require`, `ledger.cjs` the ledger for it, and
//! `ledger-inline.js` the ledger with its module inside.

use std::path::Path;

use anyhow::Context;

use crate::npm;
use crate::run::{Outcome, output};

/// The name of a bound module's files.
pub const NAME: &str = "seedance_preflight";
/// What Node 20 runs, and the browsers of its time; Chinese as it is, and not as escapes.
const OPTIONS: [&str; 6] = [
    "--banner:js=// @ts-nocheck Made by `cargo xtask wasm`; do not edit.",
    "--bundle",
    "--minify",
    "--target=es2022",
    "--charset=utf8",
    "--log-level=warning",
];
/// What is ready on import has nothing to load, so nobody asks where the script lies.
const LOADS_NOTHING: &str = "--define:import.meta.url=undefined";
/// For `require`.
const COMMONJS: [&str; 3] = ["--format=cjs", "--platform=node", LOADS_NOTHING];
/// The module as a text in a script (crates/wasm/js/inside.js).
const INSIDE: &str = "--loader:.wasm=base64";

/// Writes the scripts of one of the package's modules into `out`; the module and its glue are in the folder `bound`.
pub fn run(name: &str, bound: &Path, out: &Path) -> Outcome {
    let bound = bound.join(NAME);
    let glue = format!("--alias:glue={}.js", bound.display());
    let core = format!("--alias:core={}_bg.wasm", bound.display());
    let module = format!("--define:MODULE=\"{name}.wasm\"");
    let shared = [glue.as_str(), &core, &module];
    let write = |source: &str, file: &str, options: &[&str]| {
        write(source, &out.join(file), &[options, &shared].concat())
    };
    let esm = "--format=esm";
    match name {
        "core" => {
            write("index.js", "core.js", &[esm, "--sourcemap=linked"])?;
            write("bytes.js", "bytes.js", &[esm, INSIDE])?;
            write("commonjs.js", "index.cjs", &COMMONJS)
        }
        _ => {
            write("ledger.js", "ledger.js", &[esm, "--sourcemap=linked"])?;
            let inline = "ledger-inline.js";
            write(inline, inline, &[esm, INSIDE, LOADS_NOTHING])?;
            write("ledger-commonjs.js", "ledger.cjs", &COMMONJS)
        }
    }
}

fn write(source: &str, file: &Path, options: &[&str]) -> Outcome {
    let mut esbuild = npm::tool(npm::TOOLS, "esbuild", &format!("crates/wasm/js/{source}"))?;
    esbuild.args(OPTIONS).args(options);
    esbuild.arg(format!("--outfile={}", file.display()));
    output(&mut esbuild).context("esbuild failed").map(drop)
}
