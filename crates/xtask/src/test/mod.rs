//! `cargo xtask test`: every test of every surface, with everything that the tests need installed.

pub mod javascript;
mod rust;

use std::fs;

use crate::run::{Outcome, SUITES, cargo, command, output, root};
use crate::tally::Tally;
use crate::{fuzz, r#gen};

pub use self::rust::soak;

/// A step's name, its work, which returns what the test runner printed, and the folders that no later step needs. These are
/// removed after the step, unless they existed before it.
type Step = (&'static str, fn() -> Outcome<String>, &'static [&'static str]);

/// In order: quick steps, and those that others build on, come first.
const STEPS: &[Step] = &[
    ("formatting", || output(&mut cargo("fmt --all --check")), &[]),
    (
        "generated files are the table's (gen --check)",
        || r#gen::run(true).map(|()| String::new()),
        &[],
    ),
    ("lints", || output(&mut cargo("clippy --workspace --all-targets --quiet -- -Dwarnings")), &[]),
    ("cargo test --workspace", || rust::test(&format!("{SUITES} --no-fail-fast")), &[]),
    ("cargo test --package=xtask", || rust::test("--package=xtask"), &[]),
    ("licences and sources of what is built in (cargo deny)", rust::deny, &[]),
    // The feature is off by default. The tests write Parquet files and read them back.
    (
        "the command line with Parquet",
        || {
            let parquet = "--features=seedance-preflight/parquet --test=cli -- plan::";
            rust::test(&format!("{SUITES} {parquet}"))
        },
        &[],
    ),
    ("the core without std", rust::no_std, &["target/bare"]),
    ("the oldest compiler", rust::oldest, &["target/oldest"]),
    ("the core beside arbitrary_precision", rust::arbitrary_precision, &[]),
    ("the crates as crates.io takes them", rust::packed, &["target/packed"]),
    ("the command line compiles for Windows", rust::windows, &["target/x86_64-pc-windows-gnu"]),
    ("release suites", rust::release, &[]),
    ("pkg, its suites and the edge example: formatting", javascript::formatted, &[]),
    ("pkg, its suites and the edge example: types", javascript::typed, &[]),
    ("pkg: publint and attw over the tarball", javascript::packed, &[]),
    ("page: formatting and types", javascript::page_sources, &[]),
    ("pkg is what the sources make", javascript::rebuilt, &["target/webassembly"]),
    ("pkg: JavaScript suites", javascript::committed, &[]),
    (
        "pkg in the tools that people build and test with",
        javascript::environments,
        &["tests/environments/node_modules"],
    ),
    (
        "openapi.json and JSON Schemas in linters, generators and a mock",
        javascript::openapi,
        &["tests/openapi/node_modules", "target/python/openapi"],
    ),
    ("page: end to end in Chromium", javascript::page, &["tests/page/node_modules"]),
    ("examples: the Worker at the edge, in workerd", javascript::edge, &[]),
    ("examples: the batch on Apache Spark", rust::spark, &["target/python"]),
    ("the companion under load, a short soak", || soak(40, 1), &[]),
    ("fuzzing, a short run", fuzz::short, &["fuzz/target"]),
];

/// The size in GB that a clean checkout grows to.
const ROOM: u64 = 12;

/// Runs or lists the steps whose name contains `only`, and returns whether all of them passed.
pub fn run(only: Option<&str>, list: bool) -> bool {
    let chosen = STEPS.iter().filter(|(name, ..)| only.is_none_or(|only| name.contains(only)));
    if list {
        chosen.for_each(|(name, ..)| println!("{name}"));
        return true;
    }
    if let (None, Some(free)) = (only, free_room())
        && free < ROOM
    {
        eprintln!(
            "A clean checkout grows to {ROOM} GB, and {free} GB are free: steps may fail for want of room."
        );
    }
    let mut tally = Tally::default();
    for (name, work, leaves) in chosen {
        let made = leaves.iter().map(|folder| root().join(folder));
        let made: Vec<_> = made.filter(|folder| !folder.exists()).collect();
        tally.step(name, work);
        for folder in made {
            // A folder that cannot be removed only takes up space.
            let _ = fs::remove_dir_all(folder);
        }
    }
    tally.close()
}

/// The free space on the repository's disk, in GB.
fn free_room() -> Option<u64> {
    let said = output(&mut command("df", "--output=avail --block-size=GB .")).ok()?;
    said.lines().last()?.trim().strip_suffix("GB")?.parse().ok()
}
