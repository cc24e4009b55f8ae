//! Runs other programs from the repository's root folder. Their output is shown only when they fail.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, ensure};

/// The result of every command and step.
pub type Outcome<T = ()> = anyhow::Result<T>;

/// The repository's root folder.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_path_buf()
}

/// The folder that cargo builds into.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// The folders into which cargo unpacks the sources of crates, one per registry.
pub fn registries() -> Outcome<Vec<PathBuf>> {
    let home = std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(std::env::home_dir()?.join(".cargo")))
        .context("cannot tell where cargo keeps the sources of crates")?;
    let all = home.join("registry/src");
    let read = all.read_dir().with_context(|| format!("cannot read {}", all.display()))?;
    read.map(|registry| Ok(registry?.path())).collect()
}

/// A command that runs in the repository's root folder: the program and its arguments, separated by whitespace.
pub fn command(program: impl AsRef<OsStr>, words: &str) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root()).args(words.split_whitespace());
    // `cargo run` sets these variables for xtask alone. Crates whose build reads them (ring), and all crates that depend on
    // those, would be compiled again whenever the values differ.
    for (name, _) in std::env::vars_os() {
        let start = name.as_encoded_bytes();
        if start.starts_with(b"CARGO_PKG_") || start.starts_with(b"CARGO_MANIFEST_") {
            command.env_remove(name);
        }
    }
    command
}

/// The cargo that started this program, without colours in its output.
pub fn cargo(words: &str) -> Command {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut cargo = command(program, words);
    cargo.env("CARGO_TERM_COLOR", "never");
    cargo
}

/// Cargo with `--release`, but without link-time optimisation: for programs that only tests run, it takes longer than it saves.
pub fn optimised(words: &str) -> Command {
    let mut cargo = cargo(&format!("{words} --release"));
    cargo.env("CARGO_PROFILE_RELEASE_LTO", "false");
    cargo
}

/// The packages that the Rust suites are built from, always the same so that nothing is compiled twice. xtask is left out: it
/// enables serde_json's `preserve_order`, but the suites have to run with sorted members, as users' builds do.
pub const SUITES: &str = "--workspace --exclude=xtask";

/// The environment variable that makes the suites try everything (read in tests/src/long_run.rs).
pub const WHOLE: (&str, &str) = ("SEEDANCE_EXHAUSTIVE", "whole");

/// Builds the `seedance` program together with the Rust suites, and returns its path.
pub fn seedance() -> Outcome<PathBuf> {
    output(&mut cargo(&format!("test --quiet {SUITES} --no-run --test=cli")))?;
    Ok(target().join("debug/seedance"))
}

/// Runs a command to its end and returns all that it printed. The error of a failed command contains its output.
pub fn output(command: &mut Command) -> Outcome<String> {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let name = words.collect::<Vec<_>>().join(OsStr::new(" "));
    let name = name.display();
    let done = command.output();
    let done = done.with_context(|| format!("cannot start `{name}`"))?;
    let text = [done.stdout, done.stderr].concat();
    let text = String::from_utf8_lossy(&text).into_owned();
    ensure!(done.status.success(), "`{name}` ended with {}\n{text}", done.status);
    Ok(text)
}
