//! `cargo xtask fuzz`: the cargo-fuzz targets of `fuzz`, on a corpus that begins with the case files.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, ensure};
use itertools::Itertools;
use seedance_core::Edition;
use serde_json::Value;

use crate::cases;
use crate::run::{Outcome, cargo, command, output, root, with_tool};

/// Name, the longest input that is worth trying, and the members of a case that its corpus begins with.
const TARGETS: [(&str, usize, &[&str]); 5] = [
    ("text", 4096, &["request", "text"]),
    ("value", 1024, &["request"]),
    ("book", 1024, &["prices"]),
    ("facts", 1024, &["media"]),
    ("answers", 1024, &[]),
];

/// What is pasted into the form is read in JavaScript, so this one is run by Node; the page's tests do the same 200,000 times.
const PASTED: &str = "curl";

const CARGO_FUZZ: &str = "0.13.2";
/// An input that takes longer than this, on a machine that may be busy, is a finding, as a crash is.
const SECONDS_AN_INPUT: u32 = 10;
/// The most runs that libFuzzer can count.
const ENDLESS: u32 = i32::MAX.unsigned_abs();

/// Runs the targets whose name contains `only`, each this often or this long, whichever ends first, and prints what each did.
pub fn run(only: Option<&str>, runs: u32, seconds: u64) -> Outcome {
    let is_chosen = |name: &str| only.is_none_or(|only| name.contains(only));
    let mut names = TARGETS.iter().map(|(name, ..)| *name).chain([PASTED]);
    let all = names.clone().join(", ");
    ensure!(names.any(is_chosen), "no target has this name; there are {all}");
    for target in TARGETS.iter().filter(|(name, ..)| is_chosen(name)) {
        println!("{}", fuzz(target, runs, seconds)?);
    }
    if is_chosen(PASTED) {
        let words = format!("tests/page/fuzz.js {runs} {seconds}");
        println!("{}", measured(PASTED, &output(&mut command("node", &words))?)?);
    }
    Ok(())
}

/// What `cargo xtask test` runs: every input of the corpus, and for ten seconds a target their neighbours.
pub fn short() -> Outcome<String> {
    let lines = TARGETS.iter().map(|target| fuzz(target, ENDLESS, 10));
    Ok(lines.collect::<Outcome<Vec<_>>>()?.join("\n"))
}

fn fuzz(
    (target, longest, members): &(&str, usize, &[&str]),
    runs: u32,
    seconds: u64,
) -> Outcome<String> {
    let corpus = seed(target, members)?;
    // The corpus has every word of the table: what comparisons would teach beyond that is not worth more than half of the speed.
    let mut command = cargo("fuzz run --sanitizer=none --no-trace-compares --fuzz-dir=fuzz");
    with_tool(&mut command, "fuzz", CARGO_FUZZ)?;
    command.arg(target).arg(&corpus).arg("--");
    command.args([
        format!("-runs={runs}"),
        format!("-max_total_time={seconds}"),
        format!("-max_len={longest}"),
        format!("-timeout={SECONDS_AN_INPUT}"),
    ]);
    // Coverage needs a compiler flag that only nightly offers by default.
    measured(target, &output(command.env("RUSTC_BOOTSTRAP", "1"))?)
}

/// What a fuzzer says at its end.
fn measured(target: &str, said: &str) -> Outcome<String> {
    let mut lines = said.lines().rev();
    let done = lines.find_map(|line| line.strip_prefix("Done "));
    let done = done.context("the fuzzer did not say that it was done")?;
    Ok(format!("measured: fuzz {target}: {done}, no crash, no slow input"))
}

/// Writes the inputs that a target begins with, and returns their folder, where the fuzzer adds what it finds.
fn seed(target: &str, members: &[&str]) -> Outcome<PathBuf> {
    let corpus = root().join("fuzz/corpus").join(target);
    fs::create_dir_all(&corpus)?;
    let mut seeds: Vec<Vec<u8>> = Vec::new();
    for edition in Edition::ALL {
        for case in cases::of(edition)? {
            let named = members.iter().filter_map(|name| Some((name, case.get(*name)?)));
            seeds.extend(named.map(|(name, value)| match value {
                Value::String(text) if *name == "text" => text.clone().into_bytes(),
                value => value.to_string().into_bytes(),
            }));
        }
    }
    let kept = fs::read_dir(root().join("fuzz/seeds").join(target));
    for file in kept.into_iter().flatten() {
        seeds.push(fs::read(file?.path())?);
    }
    for (number, seed) in seeds.iter().enumerate() {
        fs::write(corpus.join(format!("seed-{number}")), seed)?;
    }
    Ok(corpus)
}
