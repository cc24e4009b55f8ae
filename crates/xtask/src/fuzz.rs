//! `cargo xtask fuzz`: the cargo-fuzz targets of `fuzz`, on a corpus that begins with the case files.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, ensure};
use itertools::Itertools;
use seedance_core::Edition;
use serde_json::Value;

use crate::run::{Outcome, cargo, command, output, root};
use crate::{cases, install};

/// Each target's name, the longest input worth trying in bytes, and the members of a case that seed its corpus.
const TARGETS: [(&str, usize, &[&str]); 5] = [
    ("text", 4096, &["request", "text"]),
    ("value", 1024, &["request"]),
    ("book", 1024, &["prices"]),
    ("facts", 1024, &["media"]),
    ("answers", 1024, &[]),
];

/// The target for text pasted into the form. JavaScript reads such text, so Node runs it; the page's tests do so 200,000 times.
const PASTED: &str = "curl";

const CARGO_FUZZ: &str = "0.13.2";
/// A slower input is a finding, as a crash is. Generous, since the machine may be busy.
const SECONDS_AN_INPUT: u32 = 10;
/// The largest number of runs that libFuzzer can count.
const ENDLESS: u32 = i32::MAX.unsigned_abs();

/// Runs the targets whose name contains `only`, each until it has reached `runs` or `seconds`, and prints what each did.
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

/// The short run of `cargo xtask test`: ten seconds per target, beginning with every input of the corpus.
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
    // The corpus has every word of the table: what tracing comparisons would add is not worth half of the speed.
    let mut command = cargo("fuzz run --sanitizer=none --no-trace-compares --fuzz-dir=fuzz");
    install::cargo_tool(&mut command, "fuzz", CARGO_FUZZ)?;
    command.arg(target).arg(&corpus).arg("--");
    command.args([
        format!("-runs={runs}"),
        format!("-max_total_time={seconds}"),
        format!("-max_len={longest}"),
        format!("-timeout={SECONDS_AN_INPUT}"),
    ]);
    // Coverage needs a compiler flag that stable compilers accept only with this variable.
    measured(target, &output(command.env("RUSTC_BOOTSTRAP", "1"))?)
}

/// The summary of a fuzzer's run, from the last line that begins with "Done".
fn measured(target: &str, said: &str) -> Outcome<String> {
    let mut lines = said.lines().rev();
    let done = lines.find_map(|line| line.strip_prefix("Done "));
    let done = done.context("the fuzzer did not say that it was done")?;
    Ok(format!("measured: fuzz {target}: {done}, no crash, no slow input"))
}

/// Writes a target's first inputs into its corpus folder, and returns the folder. The fuzzer adds the inputs that it finds.
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
