//! Installs what a step needs and the machine lacks: Debian's packages, npm's, Python's, and cargo's subcommands.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, PoisonError};

use anyhow::Context;

use crate::run::{Outcome, cargo, command, output, root};

/// Installs the Debian packages that are missing. Waits for another installation that is under way, and tries twice, since mirrors
/// fail for moments.
pub fn debian(packages: &str) -> Outcome {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let is_there = |package: &str| {
        let query = format!("--show --showformat=${{db:Status-Status}} {package}");
        output(&mut command("dpkg-query", &query)).is_ok_and(|status| status == "installed")
    };
    if packages.split(' ').all(is_there) {
        return Ok(());
    }
    let apt = |words: &str| {
        let options = "-y -qq -o DPkg::Lock::Timeout=600";
        let mut apt = command("apt-get", &format!("{options} {words}"));
        output(apt.env("DEBIAN_FRONTEND", "noninteractive"))
    };
    let install = || {
        // Lists that cannot be renewed may still do.
        let _ = apt("update");
        apt(&format!("install --no-install-recommends {packages}"))
    };
    let done = install().or_else(|_| install());
    done.map(drop).with_context(|| format!("cannot install {packages}"))
}

/// Runs `npm ci` in a folder, unless it has already run there with this very package.json and lock file.
pub fn npm(folder: &Path) -> Outcome {
    let read = |name: &str| fs::read_to_string(folder.join(name));
    let wanted = read("package.json")? + &read("package-lock.json")?;
    let mark = "node_modules/.installed";
    if read(mark).is_ok_and(|found| found == wanted) {
        return Ok(());
    }
    output(command("npm", "ci --no-audit --no-fund").current_dir(folder))?;
    fs::create_dir_all(folder.join("node_modules"))?;
    Ok(fs::write(folder.join(mark), wanted)?)
}

/// A command for a program that a folder's package.json installs. It runs in the repository's root folder.
pub fn npm_tool(folder: &str, name: &str, words: &str) -> Outcome<Command> {
    let folder = root().join(folder);
    npm(&folder)?;
    Ok(command(folder.join("node_modules/.bin").join(name), words))
}

/// Installs a folder's `requirements.txt` into a virtual environment, and returns the folder of the environment's programs.
pub fn python(folder: &Path) -> Outcome<PathBuf> {
    let name = folder.file_name().unwrap_or_default();
    let environment = root().join("target/python").join(name);
    let python = environment.join("bin/python");
    if !python.exists() {
        output(command("python3", "-m venv").arg(&environment))?;
    }
    let mut install = command(python, "-m pip install --quiet --requirement");
    output(install.arg(folder.join("requirements.txt")))?;
    Ok(environment.join("bin"))
}

/// Makes `cargo TOOL` available to a command: the installed one, or else this version, built into `target/tools`.
pub fn cargo_tool(command: &mut Command, tool: &str, version: &str) -> Outcome {
    if output(&mut cargo(&format!("{tool} --version"))).is_ok() {
        return Ok(());
    }
    let folder = root().join("target/tools");
    if !folder.join(format!("bin/cargo-{tool}")).exists() {
        eprintln!("cargo-{tool} {version} is built first, which takes a minute");
        let install = format!("install --quiet --locked --debug --version {version} cargo-{tool}");
        let mut install = cargo(&install);
        // The tool runs for seconds: an optimised build would take longer than it saves, and nobody debugs it.
        install.env("CARGO_PROFILE_DEV_DEBUG", "false");
        output(install.arg("--root").arg(&folder))?;
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(folder.join("bin")).chain(std::env::split_paths(&path));
    command.env("PATH", std::env::join_paths(folders)?);
    Ok(())
}
