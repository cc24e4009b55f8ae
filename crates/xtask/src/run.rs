//! Commands: started in the repository, quiet unless they fail.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, ensure};

/// What every verb returns.
pub type Outcome<T = ()> = anyhow::Result<T>;

/// The repository's folder.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here).to_path_buf()
}

/// Where cargo builds to.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// Where cargo keeps the sources of crates, a folder a registry.
pub fn registries() -> Outcome<Vec<PathBuf>> {
    let home = std::env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(std::env::home_dir()?.join(".cargo")))
        .context("cannot tell where cargo keeps the sources of crates")?;
    let all = home.join("registry/src");
    let read = all.read_dir().with_context(|| format!("cannot read {}", all.display()))?;
    read.map(|registry| Ok(registry?.path())).collect()
}

/// A command that runs in the repository: a program and its words, which are split at blanks.
pub fn command(program: impl AsRef<OsStr>, words: &str) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root()).args(words.split_whitespace());
    // The outer `cargo run` sets these for this program alone. Crates that read them (ring) would be compiled again for other values,
    // and everything that stands on those crates.
    for (name, _) in std::env::vars_os() {
        let start = name.as_encoded_bytes();
        if start.starts_with(b"CARGO_PKG_") || start.starts_with(b"CARGO_MANIFEST_") {
            command.env_remove(name);
        }
    }
    command
}

/// `cargo …` as it was called for this program, in plain text.
pub fn cargo(words: &str) -> Command {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut cargo = command(program, words);
    cargo.env("CARGO_TERM_COLOR", "never");
    cargo
}

/// Cargo building what only tests run, each crate optimised by itself: to do so across crates takes longer than it saves here.
pub fn optimised(words: &str) -> Command {
    let mut cargo = cargo(&format!("{words} --release"));
    cargo.env("CARGO_PROFILE_RELEASE_LTO", "false");
    cargo
}

/// What the Rust suites are built of, always the same so that nothing is compiled twice: all but this program, for which JSON keeps
/// the order of members, where what users build sorts them.
pub const SUITES: &str = "--workspace --exclude=xtask";

/// The command line as the Rust suites have built it.
pub fn seedance() -> Outcome<PathBuf> {
    output(&mut cargo(&format!("test --quiet {SUITES} --no-run --test=cli")))?;
    Ok(target().join("debug/seedance"))
}

/// Runs a command to its end and returns what it printed; a failure carries all of it.
pub fn output(command: &mut Command) -> Outcome<String> {
    finish(command.stderr(Stdio::piped()))
}

/// The same, for a command that says on standard error how far it is: that part is shown as it comes.
pub fn watched(command: &mut Command) -> Outcome<String> {
    finish(command.stderr(Stdio::inherit()))
}

fn finish(command: &mut Command) -> Outcome<String> {
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

/// Lets a command find `cargo tool`: the one that is there, or this version, built into `target/tools`.
pub fn with_tool(command: &mut Command, tool: &str, version: &str) -> Outcome {
    if output(&mut cargo(&format!("{tool} --version"))).is_ok() {
        return Ok(());
    }
    let folder = root().join("target/tools");
    if !folder.join(format!("bin/cargo-{tool}")).exists() {
        eprintln!("cargo-{tool} {version} is built first, which takes a minute");
        let install = format!("install --quiet --locked --debug --version {version} cargo-{tool}");
        let mut install = cargo(&install);
        // It works for seconds: to optimise it takes longer than that, and nobody debugs it.
        install.env("CARGO_PROFILE_DEV_DEBUG", "false");
        output(install.arg("--root").arg(&folder))?;
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders = std::iter::once(folder.join("bin")).chain(std::env::split_paths(&path));
    command.env("PATH", std::env::join_paths(folders)?);
    Ok(())
}

/// Whether a program can be started.
pub fn exists(program: &str) -> bool {
    output(&mut command(program, "--version")).is_ok()
}
