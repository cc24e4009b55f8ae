//! What follows compiling: wasm-bindgen binds the module, wasm-opt shrinks it, and esbuild bundles `crates/wasm/js` with the glue.
//! `core.js` and `ledger.js` are minified, each in one file that a page without a build step can load as it is, with a source map
//! for debugging. `bytes.js` contains the core's module, `index.cjs` is the whole package for `require`, `ledger.cjs` the ledger
//! for `require`, and `ledger-inline.js` the ledger with its module inside.

use std::fs;
use std::path::Path;

use anyhow::Context;

use super::compile::Compiled;
use crate::install;
use crate::run::{Outcome, cargo, output, root};

/// The folder whose package.json names wasm-opt (npm's `binaryen`) and esbuild.
pub const TOOLS: &str = "crates/xtask/npm";
/// The base name of the files that wasm-bindgen writes.
const NAME: &str = "seedance_preflight";

/// Every feature is named, since `--all-features` writes modules that Node 20 refuses.
const SHRINK: [&str; 17] = [
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

/// For Node 20 and browsers of its time. Chinese text is not escaped.
const BUNDLE: [&str; 6] = [
    "--banner:js=// @ts-nocheck Made by `cargo xtask wasm`; do not edit.",
    "--bundle",
    "--minify",
    "--target=es2022",
    "--charset=utf8",
    "--log-level=warning",
];
/// For a page, which loads the module from a file of its own.
const MODULE_BESIDE: [&str; 2] = ["--format=esm", "--sourcemap=linked"];
/// Embeds the module in the script as base64 (crates/wasm/js/inside.js).
const MODULE_INSIDE: &str = "--loader:.wasm=base64";
/// Scripts that contain their module load nothing, so their own address is not needed.
const LOADS_NOTHING: &str = "--define:import.meta.url=undefined";
/// For `require`.
const COMMONJS: [&str; 3] = ["--format=cjs", "--platform=node", LOADS_NOTHING];

/// Writes a compiled module and its scripts into `out`, and returns a line with the module's size.
pub fn run(name: &str, compiled: &Compiled, out: &Path) -> Outcome<String> {
    let bound = root().join("target/webassembly/bound").join(name);
    let mut bind = cargo("run --quiet --package=xtask --features=bindgen --bin=bindgen");
    output(bind.args([&compiled.module, &bound]).arg(NAME))?;
    let module = bound.join(format!("{NAME}_bg.wasm"));
    let written = out.join(format!("{name}.wasm"));
    let mut shrink = install::npm_tool(TOOLS, "wasm-opt", "")?;
    output(shrink.args(SHRINK).arg(&module).arg("-o").arg(&module))?;
    fs::copy(&module, &written).with_context(|| format!("cannot write {}", written.display()))?;
    let options = [
        format!("--alias:glue={}", bound.join(format!("{NAME}.js")).display()),
        format!("--alias:core={}", module.display()),
        format!("--define:MODULE=\"{name}.wasm\""),
    ];
    let bundle = |source: &str, file: &str, own: &[&str]| {
        let source = format!("crates/wasm/js/{source}");
        let mut esbuild = install::npm_tool(TOOLS, "esbuild", &source)?;
        esbuild.args(BUNDLE).args(own).args(&options);
        output(esbuild.arg(format!("--outfile={}", out.join(file).display())))
    };
    if name == "core" {
        bundle("index.js", "core.js", &MODULE_BESIDE)?;
        bundle("bytes.js", "bytes.js", &["--format=esm", MODULE_INSIDE])?;
        bundle("commonjs.js", "index.cjs", &COMMONJS)?;
    } else {
        let inside = ["--format=esm", MODULE_INSIDE, LOADS_NOTHING];
        bundle("ledger.js", "ledger.js", &MODULE_BESIDE)?;
        bundle("ledger-inline.js", "ledger-inline.js", &inside)?;
        bundle("ledger-commonjs.js", "ledger.cjs", &COMMONJS)?;
    }
    let bytes = fs::metadata(&written)?.len();
    Ok(format!("{name}.wasm: {bytes} B, compiled with {}", compiled.compiler))
}
