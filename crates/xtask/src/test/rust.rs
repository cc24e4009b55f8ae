//! The Rust suites.

use std::fs;
use std::process::Command;

use anyhow::{Context, bail};

use crate::debian;
use crate::run::{Outcome, cargo, command, output, root};
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
        "--package=seedance-preflight",
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
        "--package=seedance-preflight",
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

/// The oldest compiler that the manifests and the README promise.
pub fn oldest() -> Outcome<String> {
    let oldest = env!("CARGO_PKG_RUST_VERSION");
    if !fs::read_to_string(root().join("README.md"))?.contains(&format!("Rust {oldest} or newer")) {
        bail!("the README does not say that Rust {oldest} is needed");
    }
    if output(command("rustc").arg("--version"))?.starts_with(&format!("rustc {oldest}.")) {
        return Ok("every other step builds with it".into());
    }
    let mut check = command("cargo");
    check
        .arg(format!("+{oldest}"))
        .args(["check", "--quiet", "--workspace", "--all-targets"]);
    output(check.arg("--target-dir").arg(root().join("target/oldest")))
}

/// A feature of serde_json that changes how numbers arrive is refused when the core is compiled, and not noticed at run time.
pub fn arbitrary_precision() -> Outcome<String> {
    let check = [
        "check",
        "--package=seedance-core",
        "--features=serde_json/arbitrary_precision",
    ];
    let said = output(&mut cargo(check))
        .err()
        .map(|error| error.to_string());
    match said {
        Some(said) if said.contains("cannot be built with serde_json's feature") => {
            Ok(String::new())
        }
        said => bail!("arbitrary_precision is not refused: {said:?}"),
    }
}

/// Every crate that is to be published, packed as crates.io takes it and built from its archive.
pub fn packed() -> Outcome<String> {
    let publish = ["publish", "--workspace", "--dry-run", "--locked"];
    output(cargo(publish).arg("--allow-dirty"))
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
