//! `cargo xtask test`: every test of every surface, and everything that they need installed.

mod deny;
mod examples;
pub mod javascript;
mod rust;
mod tooling;

use crate::run::{Outcome, cargo, output, root};
use crate::tally::{Step, Tally};
use crate::{fuzz, soak, wasm};

/// In this order: what is quick and what later steps stand on comes first.
const STEPS: &[Step] = &[
    ("formatting", rust::format),
    ("lints", rust::lints),
    ("cargo test --workspace", rust::workspace),
    (
        "licences and sources of what is built in (cargo deny)",
        deny::run,
    ),
    ("the command line with Parquet", rust::features),
    ("the core without std", rust::no_std),
    ("the oldest compiler", rust::oldest),
    (
        "the core beside arbitrary_precision",
        rust::arbitrary_precision,
    ),
    ("the crates as crates.io takes them", rust::packed),
    ("the command line compiles for Windows", rust::windows),
    ("generated files are the table's (gen --check)", generated),
    ("release suites", rust::release),
    (
        "pkg, its suites and the edge example: formatting",
        tooling::formatted,
    ),
    (
        "pkg, its suites and the edge example: types",
        tooling::typed,
    ),
    ("pkg: publint and attw over the tarball", tooling::packed),
    ("page: formatting and types", tooling::page),
    ("pkg was built from the tree's sources", fresh),
    ("pkg: JavaScript suites", javascript::committed),
    (
        "pkg in the tools that people build and test with",
        javascript::environments,
    ),
    (
        "openapi.json and JSON Schemas in linters, generators and a mock",
        javascript::openapi,
    ),
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

/// Whether every chosen step passed.
pub fn run(only: Option<&str>, list: bool) -> bool {
    let chosen = STEPS
        .iter()
        .filter(|(name, _)| only.is_none_or(|only| name.contains(only)));
    if list {
        chosen.for_each(|(name, _)| println!("{name}"));
        return true;
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
