//! What is said of the JavaScript without running it: its formatting, its types, and what is wrong with the package as npm packs it.

use std::fs;
use std::process::Command;

use anyhow::Context;
use serde_json::Value;

use super::javascript::pack;
use crate::npm;
use crate::run::{Outcome, command, output, root};

/// The package, what is bundled into it, its suites and the example that uses it; the page has scripts of its own.
const FORMATTED: [&str; 6] = [
    "pkg/*.{js,ts}",
    "crates/wasm/js/*.js",
    "tests/js/**/*.{js,ts}",
    "tests/environments/**/*.{js,cts}",
    "tests/openapi/*.js",
    "examples/edge/*.js",
];

/// prettier over what is written by hand.
pub fn formatted() -> Outcome<String> {
    output(tool("prettier")?.arg("--check").args(FORMATTED))
}

/// tsc over the same JavaScript, with the package's own types.
pub fn typed() -> Outcome<String> {
    output(tool("tsc")?.args(["--project", "tests/js"]))
}

/// publint, and "Are the types wrong?" as users of both kinds of modules see them, over the tarball.
pub fn packed() -> Outcome<String> {
    let tarball = pack(&root().join("pkg"), &root().join("tests/output/packed"))?;
    output(tool("publint")?.args(["run", "--strict"]).arg(&tarball))?;
    // Only the entries that Node and Jest `require` are for CommonJS, and tests/js/types compiles a program that does.
    let attw = [
        "--profile=node16",
        "--ignore-rules=cjs-resolves-to-esm",
        "--no-color",
    ];
    output(tool("attw")?.args(attw).arg(&tarball))
}

/// A program that the folder of the package's suites installs.
fn tool(name: &str) -> Outcome<Command> {
    let folder = root().join("tests/js");
    npm::install(&folder)?;
    Ok(command(folder.join("node_modules/.bin").join(name)))
}

/// The page's own scripts for its formatting and its types.
pub fn page() -> Outcome<String> {
    let folder = root().join("tests/page");
    npm::install(&folder)?;
    let manifest: Value = serde_json::from_str(&fs::read_to_string(folder.join("package.json"))?)?;
    for script in ["format:check", "typecheck"] {
        let scripts = manifest.get("scripts");
        if scripts.and_then(|scripts| scripts.get(script)).is_some() {
            output(npm::npm(&folder)?.args(["run", "--silent", script]))
                .with_context(|| format!("the page's script `{script}` fails"))?;
        }
    }
    Ok(String::new())
}
