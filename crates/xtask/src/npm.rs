//! npm: installs what a folder's package.json and lock file name, and again only after one of them changed.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::ensure;

use crate::run::{Outcome, command, exists, output, root};

/// The folder whose package.json names the programs that `cargo xtask wasm` needs.
pub const TOOLS: &str = "crates/xtask/npm";

/// Runs `npm ci` in a folder, unless it has already run there with these very files.
pub fn install(folder: &Path) -> Outcome {
    let read = |name: &str| fs::read_to_string(folder.join(name));
    let wanted = read("package.json")? + &read("package-lock.json")?;
    let mark = "node_modules/.installed";
    if read(mark).is_ok_and(|found| found == wanted) {
        return Ok(());
    }
    output(&mut npm(folder, "ci --no-audit --no-fund")?)?;
    fs::create_dir_all(folder.join("node_modules"))?;
    Ok(fs::write(folder.join(mark), wanted)?)
}

/// A command for a program that a folder's package.json installs. It runs in the repository's root folder.
pub fn tool(folder: &str, name: &str, words: &str) -> Outcome<Command> {
    let folder = root().join(folder);
    install(&folder)?;
    Ok(command(folder.join("node_modules/.bin").join(name), words))
}

/// `npm` in a folder.
pub fn npm(folder: &Path, words: &str) -> Outcome<Command> {
    ensure!(exists("npm"), "needs Node.js 20 or later with npm on the PATH");
    let mut npm = command("npm", words);
    npm.current_dir(folder);
    Ok(npm)
}
