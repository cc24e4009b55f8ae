//! `cargo xtask test`: every test of every surface, and everything that they need installed.

mod examples;
pub mod javascript;
mod rust;

use crate::run::{Outcome, cargo, output, root};
use crate::tally::Tally;
use crate::{fuzz, soak, wasm};

type Step = (&'static str, fn() -> Outcome<String>);

/// In this order: what is quick and what later steps stand on comes first.
const STEPS: &[Step] = &[
    ("cargo test --workspace", rust::workspace),
    ("the command line with Parquet", rust::features),
    ("the core without std", rust::no_std),
    ("generated files are the table's (gen --check)", generated),
    ("release suites", rust::release),
    ("pkg was built from the tree's sources", fresh),
    ("pkg: JavaScript suites", javascript::committed),
    (
        "a fresh build of pkg: JavaScript suites",
        javascript::rebuilt,
    ),
    ("page: end to end in Chromium", javascript::page),
    (
        "examples: the Worker at the edge, in workerd",
        examples::edge,
    ),
    ("examples: the batch on Apache Spark", examples::spark),
    ("the companion under load, a short soak", soak::short),
    ("fuzzing, a short run", fuzz::short),
];

pub fn run(only: Option<&str>, list: bool) -> Outcome {
    let chosen = STEPS
        .iter()
        .filter(|(name, _)| only.is_none_or(|only| name.contains(only)));
    if list {
        chosen.for_each(|(name, _)| println!("{name}"));
        return Ok(());
    }
    let mut tally = Tally::default();
    chosen.for_each(|(name, work)| tally.step(name, work));
    tally.close()
}

fn generated() -> Outcome<String> {
    output(&mut cargo(["xtask", "gen", "--check"]))
}

fn fresh() -> Outcome<String> {
    wasm::inputs::check(&root().join("pkg")).map(|()| String::new())
}
