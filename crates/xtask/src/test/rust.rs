//! The Rust suites, and the example that runs the command line.

use std::fs;
use std::process::{Command, Stdio};

use anyhow::{Context, bail, ensure};

use crate::install;
use crate::run::{
    Outcome, SUITES, WHOLE, cargo, command, optimised, output, registries, root, seedance,
};
use crate::wasm::{debian_compiler, rustup_target};

/// The target, and Debian's package of the C compiler that one dependency needs.
const WINDOWS: (&str, &str) = ("x86_64-pc-windows-gnu", "gcc-mingw-w64-x86-64");
/// A target without an operating system: whatever needs std does not build for it.
const BARE: &str = "x86_64-unknown-none";
const CARGO_DENY: &str = "0.20.2";
/// The time limit in seconds of each call, which is only reached when a download hangs or another run has locked the database.
const MOST_SECONDS: u32 = 60;

/// Runs `cargo test`.
pub fn test(words: &str) -> Outcome<String> {
    run(cargo(&format!("test --quiet {words}")))
}

/// Runs the suites of `tests` that would take minutes without optimisation.
pub fn release() -> Outcome<String> {
    run(optimised("test --quiet --package=seedance-tests --no-fail-fast --test=release_*"))
}

/// Runs one of these suites over the whole of its space.
pub fn whole(name: &str) -> Outcome<String> {
    let mut test = cargo("test --quiet --release --package=seedance-tests --test");
    // The progress comes on standard error.
    output(test.arg(name).env(WHOLE.0, WHOLE.1).stderr(Stdio::inherit()))
}

/// A panic is reported with its place, but without a backtrace.
fn run(mut tests: Command) -> Outcome<String> {
    output(tests.env("RUST_BACKTRACE", "0"))
}

/// Checks that the command line, including the companion, compiles for Windows. It cannot be run here.
pub fn windows() -> Outcome<String> {
    let (target, compiler) = WINDOWS;
    if !rustup_target(target) {
        return Ok(format!("measured: not looked at: rustup has no {target} here\n"));
    }
    install::debian(compiler)?;
    let check = "check --quiet --locked --package=seedance-preflight --target";
    output(cargo(check).arg(target))
}

/// Checks the workspace with the oldest compiler that the manifests and the README promise.
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

/// Packs the crates as crates.io takes them, and builds them from their archives.
pub fn packed() -> Outcome<String> {
    // Cargo unpacks these archives into a registry of its own, whose folder has no host name before the `-`, and reuses what an
    // earlier run unpacked there for the same version.
    for registry in registries()? {
        let is_own =
            registry.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"-"));
        if is_own {
            fs::remove_dir_all(registry)?;
        }
    }
    // It would also reuse what an earlier run compiled from them, hence a target folder that is removed after the step.
    let publish = "publish --workspace --dry-run --locked --allow-dirty --target-dir";
    // Nobody debugs these builds.
    let mut publish = cargo(publish);
    output(publish.arg(root().join("target/packed")).env("CARGO_PROFILE_DEV_DEBUG", "false"))
}

/// Checks that the core refuses at compile time, not at run time, the serde_json feature that changes how numbers arrive.
pub fn arbitrary_precision() -> Outcome<String> {
    let check = "check --package=seedance-core --features=serde_json/arbitrary_precision";
    match output(&mut cargo(check)).map_err(|error| error.to_string()) {
        Err(said) if said.contains("cannot be built with serde_json's feature") => {
            Ok(String::new())
        }
        said => bail!("arbitrary_precision is not refused: {said:?}"),
    }
}

/// Builds the core for a target without std.
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

/// Runs `crates/serve/tests/soak` for this many seconds. The seed plans load and faults.
pub fn soak(seconds: u64, seed: u64) -> Outcome<String> {
    // Built like the other suites, without optimisation: the load mostly waits.
    let mut soak = cargo(&format!("test --quiet {SUITES} --test=soak -- --nocapture"));
    soak.env("SEEDANCE_SOAK_SECONDS", seconds.to_string());
    output(soak.env("SEEDANCE_SOAK_SEED", seed.to_string()))
}

/// Checks licences, sources and duplicates, and advisories if their database can be fetched.
pub fn deny() -> Outcome<String> {
    let deny = |words: &str| -> Outcome<String> {
        let mut timed = command("timeout", &MOST_SECONDS.to_string());
        let words = format!("deny --workspace {words}");
        timed.arg(cargo("").get_program()).args(words.split(' '));
        install::cargo_tool(&mut timed, "deny", CARGO_DENY)?;
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

/// `examples/spark`: compares the batch over partitions with the answers of a single machine.
pub fn spark() -> Outcome<String> {
    let folder = root().join("examples/spark");
    let programs = install::python(&folder)?;
    let mut test = command(programs.join("python"), "");
    output(test.arg(folder.join("test_batch.py")).env("SEEDANCE", seedance()?))
}
