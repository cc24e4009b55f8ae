//! The package's scripts, bundled by esbuild from `crates/wasm/js` and wasm-bindgen's glue. `core.js` and `ledger.js` are
//! minified, each in one file that a page without a build step can load as it is, with a source map for debugging. `bytes.js`
//! contains the core's module, `index.cjs` is the whole package for `require`, `ledger.cjs` the ledger for `require`, and
//! `ledger-inline.js` the ledger with its module inside.

use std::path::Path;

use anyhow::Context;

use crate::npm;
use crate::run::{Outcome, output};

/// The base name of the files that wasm-bindgen writes.
pub const NAME: &str = "seedance_preflight";
/// For Node 20 and browsers of its time. Chinese text is not escaped.
const OPTIONS: [&str; 6] = [
    "--banner:js=// @ts-nocheck Made by `cargo xtask wasm`; do not edit.",
    "--bundle",
    "--minify",
    "--target=es2022",
    "--charset=utf8",
    "--log-level=warning",
];
/// Scripts that contain their module load nothing, so their own address is not needed.
const LOADS_NOTHING: &str = "--define:import.meta.url=undefined";
/// For `require`.
const COMMONJS: [&str; 3] = ["--format=cjs", "--platform=node", LOADS_NOTHING];
/// Embeds the module in the script as base64 (crates/wasm/js/inside.js).
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
