//! `cargo xtask fuzz`: the cargo-fuzz targets of `fuzz`, on a corpus that begins with the case files.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, bail};
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

/// What is pasted into the form is read in JavaScript, so this one is run by Node.
const PASTED: &str = "curl";

const CARGO_FUZZ: &str = "0.13.2";
/// An input that takes longer than this, on a machine that may be busy, is a finding, as a crash is.
const SECONDS_AN_INPUT: u32 = 10;
/// The most runs that libFuzzer can count.
const ENDLESS: u32 = i32::MAX.unsigned_abs();

/// Runs the targets whose name contains `only`, each this often or this long, whichever ends first, and prints what each did.
pub fn run(only: Option<&str>, runs: u32, seconds: u64) -> Outcome {
    let is_chosen = |name: &str| only.is_none_or(|only| name.contains(only));
    let names: Vec<&str> = TARGETS
        .iter()
        .map(|(name, ..)| *name)
        .chain([PASTED])
        .collect();
    if !names.iter().any(|name| is_chosen(name)) {
        bail!("no target has this name; there are {}", names.join(", "));
    }
    for (name, longest, members) in TARGETS.iter().filter(|(name, ..)| is_chosen(name)) {
        println!("{}", fuzz(name, *longest, members, runs, seconds)?);
    }
    if is_chosen(PASTED) {
        println!("{}", pasted(runs, seconds)?);
    }
    Ok(())
}

/// What people may paste, read by the form; its tests do the same 200,000 times.
fn pasted(runs: u32, seconds: u64) -> Outcome<String> {
    let mut command = command("node");
    command.args([
        "tests/page/fuzz.js".into(),
        runs.to_string(),
        seconds.to_string(),
    ]);
    measured(PASTED, &output(&mut command)?)
}

/// What `cargo xtask test` runs: every input of the corpus, and for ten seconds a target their neighbours.
pub fn short() -> Outcome<String> {
    let lines = TARGETS.map(|(name, longest, members)| fuzz(name, longest, members, ENDLESS, 10));
    lines
        .into_iter()
        .collect::<Outcome<Vec<_>>>()
        .map(|lines| lines.join("\n"))
}

fn fuzz(
    target: &str,
    longest: usize,
    members: &[&str],
    runs: u32,
    seconds: u64,
) -> Outcome<String> {
    let corpus = seed(target, members)?;
    // The corpus has every word of the table: what comparisons would teach beyond that is not worth more than half of the speed.
    let mut command = cargo([
        "fuzz",
        "run",
        "--sanitizer=none",
        "--no-trace-compares",
        "--fuzz-dir=fuzz",
        target,
    ]);
    with_tool(&mut command, "fuzz", CARGO_FUZZ)?;
    command.arg(&corpus).arg("--");
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
    let done = said
        .lines()
        .rev()
        .find(|line| line.starts_with("Done "))
        .context("the fuzzer did not say that it was done")?;
    Ok(format!(
        "measured: fuzz {target}: {}, no crash, no slow input",
        done.trim_start_matches("Done ")
    ))
}

/// Writes the inputs that a target begins with, and returns their folder, where the fuzzer adds what it finds.
fn seed(target: &str, members: &[&str]) -> Outcome<PathBuf> {
    let corpus = root().join("fuzz/corpus").join(target);
    fs::create_dir_all(&corpus)?;
    let mut seeds: Vec<Vec<u8>> = Vec::new();
    let cases = Edition::ALL.map(cases::of).into_iter();
    for case in cases.collect::<Outcome<Vec<_>>>()?.into_iter().flatten() {
        for member in members {
            match case.get(*member) {
                Some(Value::String(text)) if *member == "text" => {
                    seeds.push(text.clone().into_bytes())
                }
                Some(value) => seeds.push(value.to_string().into_bytes()),
                None => {}
            }
        }
    }
    for file in fs::read_dir(root().join("fuzz/seeds").join(target))
        .into_iter()
        .flatten()
    {
        seeds.push(fs::read(file?.path())?);
    }
    for (number, seed) in seeds.iter().enumerate() {
        fs::write(corpus.join(format!("seed-{number}")), seed)?;
    }
    Ok(corpus)
}
