//! The Rust suites.

use std::process::Command;

use anyhow::Context;

use crate::debian;
use crate::run::{Outcome, cargo, output, root};
use crate::wasm::{debian_compiler, rustup_target};

/// With Debian's C compiler for the one dependency that needs one.
const WINDOWS: (&str, &str) = ("x86_64-pc-windows-gnu", "gcc-mingw-w64-x86-64");
/// A target without an operating system: nothing builds for it that needs std.
const BARE: &str = "x86_64-unknown-none";

/// Every crate's formatting.
pub fn format() -> Outcome<String> {
    output(&mut cargo(["fmt", "--all", "--check"]))
}

/// Every crate's lints, warnings refused.
pub fn lints() -> Outcome<String> {
    let clippy = [
        "clippy",
        "--workspace",
        "--all-targets",
        "--quiet",
        "--",
        "-Dwarnings",
    ];
    output(cargo(clippy).env("CARGO_TERM_COLOR", "never"))
}

/// Cargo running tests: plain text, and of a panic where it was, not how it came to it.
fn tests<'a>(arguments: impl IntoIterator<Item = &'a str>) -> Command {
    let mut test = cargo(["test", "--quiet"]);
    test.args(arguments)
        .env("CARGO_TERM_COLOR", "never")
        .env("RUST_BACKTRACE", "0");
    test
}

/// Unit, integration and documentation tests of every crate.
pub fn workspace() -> Outcome<String> {
    output(&mut tests(["--workspace", "--no-fail-fast"]))
}

/// What is behind a feature that is off by default: Parquet files of the command line, written and read back.
pub fn features() -> Outcome<String> {
    output(&mut tests([
        "--package=seedance",
        "--features=parquet",
        "--test=cli",
        "--",
        "plan::",
    ]))
}

/// Checks that the command line, the companion in it, compiles for Windows, where nothing here can run it.
pub fn windows() -> Outcome<String> {
    let (target, compiler) = WINDOWS;
    if !rustup_target(target) {
        return Ok(format!(
            "measured: not looked at: rustup has no {target} here\n"
        ));
    }
    debian::install(&[compiler])?;
    let check = [
        "check",
        "--quiet",
        "--locked",
        "--package=seedance",
        "--target",
        target,
    ];
    output(&mut cargo(check))
}

/// The suites of `tests` that take minutes unoptimised: those whose name begins with `release_`.
pub fn release() -> Outcome<String> {
    output(&mut tests([
        "--release",
        "--package=seedance-tests",
        "--no-fail-fast",
        "--test=release_*",
    ]))
}

/// Builds the core where there is no std to build it with.
pub fn no_std() -> Outcome<String> {
    let mut build = if rustup_target(BARE) {
        cargo(["build"])
    } else {
        debian_compiler("build", "core,alloc")?.0
    };
    build.args([
        "--quiet",
        "--locked",
        "--package=seedance-core",
        "--lib",
        "--target",
        BARE,
        "--target-dir",
    ]);
    output(build.arg(root().join("target/bare"))).context("the core does not build without std")
}
