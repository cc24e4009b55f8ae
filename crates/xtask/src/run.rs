//! Commands: started in the repository, quiet unless they fail.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, bail};

/// What every verb returns.
pub type Outcome<T = ()> = anyhow::Result<T>;

/// The repository's folder.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(2)
        .unwrap_or(Path::new("."))
        .to_path_buf()
}

/// Where cargo builds to.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// A command that runs in the repository, under the cargo and toolchain that runs this program.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root());
    // Set by the outer `cargo run` for this crate alone; an inner cargo must not take them for its own.
    for name in [
        "CARGO_MANIFEST_DIR",
        "CARGO_MANIFEST_PATH",
        "CARGO_PKG_NAME",
        "CARGO_PKG_VERSION",
    ] {
        command.env_remove(name);
    }
    command
}

/// `cargo …` as it was called for this program.
pub fn cargo<S: AsRef<OsStr>>(arguments: impl IntoIterator<Item = S>) -> Command {
    let mut command = command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments);
    command
}

/// The command line as it is released, built.
pub fn seedance() -> Outcome<PathBuf> {
    output(&mut cargo([
        "build",
        "--quiet",
        "--release",
        "--package=seedance-preflight",
    ]))?;
    Ok(target().join("release/seedance"))
}

/// Runs a command to its end and returns what it printed; a failure carries all of it.
pub fn output(command: &mut Command) -> Outcome<String> {
    let name = spell(command);
    let done = command
        .output()
        .with_context(|| format!("cannot start `{name}`"))?;
    let mut text = String::from_utf8_lossy(&done.stdout).into_owned();
    let errors = String::from_utf8_lossy(&done.stderr);
    if !done.status.success() {
        bail!("`{name}` ended with {}\n{text}{errors}", done.status);
    }
    text.push_str(&errors);
    Ok(text)
}

/// The same, for a command that says on standard error how far it is: that part is shown as it comes.
pub fn watched(command: &mut Command) -> Outcome<String> {
    let name = spell(command);
    let done = command
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("cannot start `{name}`"))?;
    let text = String::from_utf8_lossy(&done.stdout).into_owned();
    if !done.status.success() {
        bail!("`{name}` ended with {}\n{text}", done.status);
    }
    Ok(text)
}

/// Lets a command find `cargo tool`: the one that is there, or this version, built into `target/tools`.
pub fn with_tool(command: &mut Command, tool: &str, version: &str) -> Outcome {
    if output(&mut cargo([tool, "--version"])).is_ok() {
        return Ok(());
    }
    let name = format!("cargo-{tool}");
    let folder = root().join("target/tools");
    let bin = folder.join("bin");
    if !bin.join(&name).exists() {
        let words = [
            "install",
            "--quiet",
            "--locked",
            "--version",
            version,
            &name,
            "--root",
        ];
        eprintln!("{name} {version} is built first, which takes some minutes");
        output(cargo(words).arg(&folder))?;
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(bin).chain(std::env::split_paths(&path));
    command.env("PATH", std::env::join_paths(folders)?);
    Ok(())
}

/// Whether a program can be started.
pub fn exists(program: &str) -> bool {
    Command::new(program)
        .arg("--version")
        .output()
        .is_ok_and(|done| done.status.success())
}

fn spell(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}
