//! What follows compiling: wasm-bindgen binds the module, wasm-opt optimises it, and esbuild bundles `crates/wasm/js` with the glue.
//! `check.js`, `core.js` and `ledger.js` are minified, each in one file that a page without a build step can load as it is, with a
//! source map for debugging. `inline.js` and `ledger-inline.js` have their module inside, and `index.cjs` and `ledger.cjs` are for
//! `require`. What has to start fast is one file, since each takes Node about a millisecond.

use std::fs;
use std::path::Path;

use anyhow::Context;

use super::compile::{Compiled, Module};
use crate::install;
use crate::run::{Outcome, cargo, output, root};

/// The folder whose package.json names wasm-opt (npm's `binaryen`) and esbuild.
pub const TOOLS: &str = "crates/xtask/npm";
/// The base name of the files that wasm-bindgen writes.
const NAME: &str = "seedance_preflight";

/// For size.
const SHRINK: [&str; 8] = [
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
];
/// For speed.
const SPEED: [&str; 1] = ["-O3"];
/// Every feature is named, since `--all-features` writes modules that Node 20 refuses.
const FEATURES: [&str; 8] = [
    "--strip-target-features",
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-reference-types",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-multivalue",
];

/// For Node 20 and browsers of its time. Text is escaped to ASCII: Node starts with a script of a megabyte 4 ms sooner than if there is
/// Chinese in it.
const BUNDLE: [&str; 5] = [
    "--banner:js=// @ts-nocheck Made by `cargo xtask wasm`; do not edit.",
    "--bundle",
    "--minify",
    "--target=es2022",
    "--log-level=warning",
];
/// For a page, which loads the module from a file of its own. The page pays for bytes, and these scripts are
/// short, so Chinese is not escaped.
const MODULE_BESIDE: [&str; 3] = ["--format=esm", "--sourcemap=linked", "--charset=utf8"];
/// With the module in the script, as base64 (crates/wasm/js/inside.js).
const MODULE_WITHIN: [&str; 3] = ["--format=esm", "--loader:.wasm=base64", LOADS_NOTHING];
/// Scripts that contain their module load nothing, so their own address is not needed.
const LOADS_NOTHING: &str = "--define:import.meta.url=undefined";
/// For `require`.
const COMMONJS: [&str; 3] = ["--format=cjs", "--platform=node", LOADS_NOTHING];

/// Writes a compiled module and its scripts into `out`, and returns a line with the module's size.
pub fn run(of: &Module, compiled: &Compiled, out: &Path) -> Outcome<String> {
    let Module { name, is_fast, .. } = *of;
    let bound = root().join("target/webassembly/bound").join(name);
    let mut bind = cargo("run --quiet --package=xtask --features=bindgen --bin=bindgen");
    output(bind.args([&compiled.module, &bound]).arg(NAME))?;
    let module = bound.join(format!("{NAME}_bg.wasm"));
    let written = out.join(format!("{name}.wasm"));
    let mut shrink = install::npm_tool(TOOLS, "wasm-opt", "")?;
    // Rust's stack comes first and grows down, so nothing is stored at the lowest addresses.
    shrink.arg("--low-memory-unused").args(if is_fast { &SPEED[..] } else { &SHRINK });
    output(shrink.args(FEATURES).arg(&module).arg("-o").arg(&module))?;
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
        output(esbuild.arg(format!("--outfile={}", out.join(file).display()))).map(drop)
    };
    match name {
        "check" => bundle("check.js", "check.js", &MODULE_BESIDE)?,
        "core" => {
            bundle("index.js", "core.js", &MODULE_BESIDE)?;
            bundle("inline.js", "inline.js", &MODULE_WITHIN)?;
            bundle("commonjs.js", "index.cjs", &COMMONJS)?;
        }
        _ => {
            bundle("ledger.js", "ledger.js", &MODULE_BESIDE)?;
            bundle("ledger-inline.js", "ledger-inline.js", &MODULE_WITHIN)?;
            bundle("ledger-commonjs.js", "ledger.cjs", &COMMONJS)?;
        }
    }
    let bytes = fs::metadata(&written)?.len();
    Ok(format!("{name}.wasm: {bytes} B, compiled with {}", compiled.compiler))
}
