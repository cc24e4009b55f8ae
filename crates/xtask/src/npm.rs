//! npm: installs what a folder's package.json and lock file name, once per version of them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};

use crate::digest::Digest;
use crate::run::{Outcome, command, exists, output, root};

/// `npm ci` in a folder, unless it was done there for these very files.
pub fn install(folder: &Path) -> Outcome {
    let wanted = Digest::of_files(folder, ["package.json", "package-lock.json"])?.to_string();
    let mark = folder.join("node_modules/.installed");
    if fs::read_to_string(&mark).is_ok_and(|found| found == wanted) {
        return Ok(());
    }
    output(npm(folder)?.args(["ci", "--no-audit", "--no-fund"]))?;
    fs::create_dir_all(folder.join("node_modules"))?;
    fs::write(&mark, wanted).with_context(|| format!("cannot write {}", mark.display()))
}

/// The folder of the programs that `cargo xtask wasm` needs from npm, installed.
pub fn tools() -> Outcome<PathBuf> {
    let folder = root().join("crates/xtask/npm");
    install(&folder)?;
    Ok(folder.join("node_modules/.bin"))
}

/// `npm` in a folder.
pub fn npm(folder: &Path) -> Outcome<Command> {
    if !exists("npm") {
        bail!("needs Node.js 20 or later with npm on the PATH");
    }
    let mut npm = command("npm");
    npm.current_dir(folder);
    Ok(npm)
}
