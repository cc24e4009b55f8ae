//! Instruction counts of the hot paths: the cost of one more call, comparable even on a noisy machine.

use anyhow::Context;
use serde_json::{Value, json};

use super::machine::version;
use crate::install;
use crate::run::{Outcome, cargo, command, output, target};

const PATHS: [(&str, &str); 5] = [
    ("typed-check", "`Request` → report"),
    ("text-check", "JSON text → report"),
    ("text-quote", "JSON text → report and quote"),
    ("batch-check", "a line of `check --ndjson`, in and out"),
    ("batch-quote", "a line of `quote --ndjson`, in and out"),
];

const CALLS: u64 = 1_000;

pub fn measure() -> Outcome<Value> {
    install::debian("valgrind")?;
    output(&mut cargo("build --quiet --release --package=seedance-batch --example=hot_paths"))?;
    let paths = PATHS.map(|(path, words)| -> Outcome<_> {
        Ok((words, (count(path, 2 * CALLS)? - count(path, CALLS)?) / CALLS))
    });
    let paths = paths.into_iter().collect::<Outcome<Vec<_>>>()?;
    Ok(json!({ "counter": version("valgrind")?, "calls": CALLS, "paths": paths }))
}

fn count(path: &str, calls: u64) -> Outcome<u64> {
    let mut valgrind = command("valgrind", "--tool=callgrind --callgrind-out-file=/dev/null");
    valgrind.arg(target().join("release/examples/hot_paths"));
    let said = output(valgrind.args([path, &calls.to_string()]))?;
    let line = said.lines().find_map(|line| line.split_once("Collected :"));
    let (_, number) =
        line.with_context(|| format!("callgrind did not say what it counted:\n{said}"))?;
    Ok(number.trim().parse()?)
}
