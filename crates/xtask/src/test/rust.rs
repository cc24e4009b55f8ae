//! The Rust suites, and the example that runs the command line.

use std::fs;
use std::process::Command;

use anyhow::{Context, bail, ensure};

use crate::run::{
    Outcome, SUITES, cargo, command, exists, optimised, output, registries, root, seedance,
    with_tool,
};
use crate::wasm::{debian_compiler, rustup_target};
use crate::{debian, python};

/// With Debian's C compiler for the one dependency that needs one.
const WINDOWS: (&str, &str) = ("x86_64-pc-windows-gnu", "gcc-mingw-w64-x86-64");
/// A target without an operating system: nothing builds for it that needs std.
const BARE: &str = "x86_64-unknown-none";
const CARGO_DENY: &str = "0.20.2";
/// Each part of it takes seconds. A download that hangs, or another run that holds the lock of the database, would take for ever.
const MOST_SECONDS: u32 = 60;

/// Cargo running tests.
pub fn test(words: &str) -> Outcome<String> {
    run(cargo(&format!("test --quiet {words}")))
}

/// The suites of `tests` that take minutes unoptimised.
pub fn release() -> Outcome<String> {
    run(optimised("test --quiet --package=seedance-tests --no-fail-fast --test=release_*"))
}

/// Of a panic it is said where it was, not how it came to it.
fn run(mut tests: Command) -> Outcome<String> {
    output(tests.env("RUST_BACKTRACE", "0"))
}

/// Checks that the command line, the companion in it, compiles for Windows, where nothing here can run it.
pub fn windows() -> Outcome<String> {
    let (target, compiler) = WINDOWS;
    if !rustup_target(target) {
        return Ok(format!("measured: not looked at: rustup has no {target} here\n"));
    }
    debian::install(compiler)?;
    let check = "check --quiet --locked --package=seedance-preflight --target";
    output(cargo(check).arg(target))
}

/// The oldest compiler that the manifests and the README promise.
pub fn oldest() -> Outcome<String> {
    let oldest = env!("CARGO_PKG_RUST_VERSION");
    let readme = fs::read_to_string(root().join("README.md"))?;
    ensure!(
        readme.contains(&format!("Rust {oldest} or newer")),
        "the README does not say that Rust {oldest} is needed"
    );
    if output(&mut command("rustc", "--version"))?.starts_with(&format!("rustc {oldest}.")) {
        return Ok("every other step builds with it".into());
    }
    let check = format!("+{oldest} check --quiet --workspace --all-targets --target-dir");
    output(command("cargo", &check).arg(root().join("target/oldest")))
}

/// The crates packed as crates.io takes them, and built from their archives.
pub fn packed() -> Outcome<String> {
    // Cargo unpacks what it has packed into a registry of its own, without a host before the `-`, and takes what it once unpacked
    // there for the same version's sources for ever.
    for registry in registries()? {
        let is_own =
            registry.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"-"));
        if is_own {
            fs::remove_dir_all(registry)?;
        }
    }
    // What it once compiled of them it takes for today's, too.
    let publish = "publish --workspace --dry-run --locked --allow-dirty --target-dir";
    // Nobody debugs what is built of them.
    let mut publish = cargo(publish);
    output(publish.arg(root().join("target/packed")).env("CARGO_PROFILE_DEV_DEBUG", "false"))
}

/// A feature of serde_json that changes how numbers arrive is refused when the core is compiled, and not noticed at run time.
pub fn arbitrary_precision() -> Outcome<String> {
    let check = "check --package=seedance-core --features=serde_json/arbitrary_precision";
    match output(&mut cargo(check)).map_err(|error| error.to_string()) {
        Err(said) if said.contains("cannot be built with serde_json's feature") => {
            Ok(String::new())
        }
        said => bail!("arbitrary_precision is not refused: {said:?}"),
    }
}

/// Builds the core where there is no std to build it with.
pub fn no_std() -> Outcome<String> {
    let mut build = if rustup_target(BARE) {
        cargo("build")
    } else {
        debian_compiler("build", "core,alloc")?.0
    };
    build.args(["--quiet", "--locked", "--package=seedance-core", "--lib"]);
    build.args(["--target", BARE, "--target-dir"]);
    output(build.arg(root().join("target/bare"))).context("the core does not build without std")
}

/// `crates/serve/tests/soak`, for so long, by a seed that plans load and faults.
pub fn soak(seconds: u64, seed: u64) -> Outcome<String> {
    // As the other suites are built: the load waits more than it works.
    let mut soak = cargo(&format!("test --quiet {SUITES} --test=soak -- --nocapture"));
    soak.env("SEEDANCE_SOAK_SECONDS", seconds.to_string());
    output(soak.env("SEEDANCE_SOAK_SEED", seed.to_string()))
}

/// Licences, sources and duplicates always; advisories where their database can be had.
pub fn deny() -> Outcome<String> {
    let deny = |words: &str| -> Outcome<String> {
        let mut timed = command("timeout", &MOST_SECONDS.to_string());
        let words = format!("deny --workspace {words}");
        timed.arg(cargo("").get_program()).args(words.split(' '));
        with_tool(&mut timed, "deny", CARGO_DENY)?;
        output(&mut timed)
    };
    let said = deny("check licenses sources bans")?;
    let advisories = match deny("fetch db") {
        Ok(_) => deny("check --disable-fetch advisories")?,
        Err(_) => format!(
            "measured: advisories: not looked at, their database could not be fetched within {MOST_SECONDS} s\n"
        ),
    };
    Ok(said + &advisories)
}

/// `examples/spark`: the batch over partitions, against the single machine's answers.
pub fn spark() -> Outcome<String> {
    let folder = root().join("examples/spark");
    let programs = python::programs(&folder)?;
    ensure!(exists("java"), "Spark needs Java 17 or later on the PATH");
    let mut test = command(programs.join("python"), "");
    output(test.arg(folder.join("test_batch.py")).env("SEEDANCE", seedance()?))
}
