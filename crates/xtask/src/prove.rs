//! `cargo xtask prove`: the suites that try everything that can be tried exhaustively, and millions of random inputs.

use crate::run::{Outcome, cargo, command, watched};
use crate::steps::{Step, Tally};
use crate::test::javascript;

const STEPS: &[Step] = &[
    ("hostile input, each in seconds", || suite("release_hostile"), &[]),
    (
        "the JSON Schemas by the jsonschema crate and the core, on twenty million requests",
        || suite("release_schemas"),
        &[],
    ),
    ("the JSON Schemas by ajv and the core, on two million requests", ajv, &[]),
    ("oracle and core on two million seeded jobs", || suite("release_differential"), &[]),
    (
        "oracle and core on the whole decision space, and every quote",
        || suite("release_exhaustive"),
        &[],
    ),
];

/// Runs the steps whose name contains `only`, and returns whether all of them passed.
pub fn run(only: Option<&str>) -> bool {
    let mut tally = Tally::default();
    tally.run(&[STEPS], only);
    tally.close()
}

/// The environment variable that makes the suites try everything (read in tests/src/long_run.rs).
const WHOLE: (&str, &str) = ("SEEDANCE_EXHAUSTIVE", "whole");

fn suite(name: &str) -> Outcome<String> {
    let mut test = cargo("test --quiet --release --package=seedance-tests --test");
    watched(test.arg(name).env(WHOLE.0, WHOLE.1))
}

fn ajv() -> Outcome<String> {
    let folder = javascript::prepare()?;
    javascript::native()?;
    let mut test = command("node", "--test --test-reporter=tap schema.test.js");
    watched(test.current_dir(folder).env(WHOLE.0, WHOLE.1))
}
