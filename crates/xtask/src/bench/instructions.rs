//! Instructions of the hot paths: what one more call costs, so that a change can be judged on a noisy machine.

use anyhow::Context;

use super::machine::version;
use super::page::Page;
use crate::debian;
use crate::run::{Outcome, cargo, command, exists, output, target};

const PATHS: [(&str, &str); 5] = [
    ("typed-check", "`Request` → report"),
    ("text-check", "JSON text → report"),
    ("text-quote", "JSON text → report and quote"),
    ("batch-check", "a line of `check --ndjson`, in and out"),
    ("batch-quote", "a line of `quote --ndjson`, in and out"),
];

const CALLS: u64 = 1_000;

pub fn measure(page: &mut Page) -> Outcome {
    page.say("## Instructions");
    if !exists("valgrind")
        && let Err(error) = debian::install("valgrind")
    {
        page.say(&format!("Not counted: valgrind is not there ({error})."));
        return Ok(());
    }
    output(&mut cargo("build --quiet --release --package=seedance-batch --example=hot_paths"))?;
    page.say(&format!(
        "Counted by {} (callgrind) over {CALLS} calls of `crates/batch/examples/hot_paths.rs` on the seed's third example; starting up is taken off.",
        version("valgrind")
    ));
    let rows = PATHS.map(|(path, words)| -> Outcome<_> {
        let each = (count(path, 2 * CALLS)? - count(path, CALLS)?) / CALLS;
        Ok(vec![words.to_owned(), each.to_string()])
    });
    let rows: Vec<_> = rows.into_iter().collect::<Outcome<_>>()?;
    page.table(&["one call", "instructions"], rows);
    Ok(())
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
