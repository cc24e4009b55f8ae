//! The Rust suites.

use anyhow::Context;

use crate::run::{Outcome, cargo, output, root};
use crate::wasm::{debian_compiler, rustup_target};

/// A target without an operating system: nothing builds for it that needs std.
const BARE: &str = "x86_64-unknown-none";

/// Unit, integration and documentation tests of every crate.
pub fn workspace() -> Outcome<String> {
    output(
        cargo(["test", "--quiet", "--workspace", "--no-fail-fast"])
            .env("CARGO_TERM_COLOR", "never"),
    )
}

/// What is behind a feature that is off by default: Parquet files of the command line, written and read back.
pub fn features() -> Outcome<String> {
    let mut test = cargo([
        "test",
        "--quiet",
        "--package=seedance",
        "--features=parquet",
        "--test=cli",
        "--",
        "plan::",
    ]);
    output(test.env("CARGO_TERM_COLOR", "never"))
}

/// The suites of `tests` that take minutes unoptimised: those whose name begins with `release_`.
pub fn release() -> Outcome<String> {
    let mut test = cargo([
        "test",
        "--quiet",
        "--release",
        "--package=seedance-tests",
        "--no-fail-fast",
        "--test=release_*",
    ]);
    output(test.env("CARGO_TERM_COLOR", "never"))
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
