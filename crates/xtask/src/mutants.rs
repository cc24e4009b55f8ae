//! `cargo xtask mutants`: cargo-mutants over the rules, the prices and the fixes, configured in `.cargo/mutants.toml`.

use std::fs;

use anyhow::{Context, ensure};

use crate::install;
use crate::run::{Outcome, cargo, root};

const CARGO_MUTANTS: &str = "27.1.0";

/// Arguments of the second pass, which tries only what the first one did not catch, with the suites that take seconds.
const SECOND_PASS: &str = "--iterate --cargo-arg=--package=seedance-tests --cargo-arg=--test=check --cargo-arg=--test=compare \
     --cargo-arg=--test=fix --cargo-arg=--test=inputs --cargo-arg=--test=quote --cargo-arg=--test=release_differential";

/// Tries every mutant of the scope whose name matches `only`, and prints how many there were; cargo-mutants names those that survive.
pub fn run(only: Option<&str>) -> Outcome {
    println!("first the core's unit tests, which are built in seconds and catch most mutants:");
    let [caught, _, unviable, _] = pass(only, "")?;
    println!("now the suites, on those that are left:");
    let [caught_now, late, unviable_now, missed] = pass(only, SECOND_PASS)?;
    let (caught, unviable) = (caught + caught_now, unviable + unviable_now);
    println!(
        "measured: mutants: {caught} caught, {late} timeout, {unviable} unviable, {missed} missed"
    );
    Ok(())
}

/// One run of cargo-mutants: how many were caught, timed out, did not compile and were missed. Beside those whose name matches
/// `only`, cargo-mutants always tries the few mutants that leave out a field of a struct.
fn pass(only: Option<&str>, words: &str) -> Outcome<[usize; 4]> {
    let mut command = cargo(&format!("mutants --package=seedance-core {words}"));
    command.args(only.map(|text| format!("--re={text}")));
    install::cargo_tool(&mut command, "mutants", CARGO_MUTANTS)?;
    let status = command.status().context("cannot start cargo-mutants")?;
    // 2 and 3: all was tried, and some were not caught; docs/mutants.md says which may be.
    let is_done = matches!(status.code(), Some(0 | 2 | 3));
    ensure!(is_done, "cargo-mutants ended with {status}");
    let mut counts = [0; 4];
    for (count, kind) in counts.iter_mut().zip(["caught", "timeout", "unviable", "missed"]) {
        let list = fs::read_to_string(root().join(format!("target/mutants.out/{kind}.txt")))?;
        *count = list.lines().count();
    }
    Ok(counts)
}
