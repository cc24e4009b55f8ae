//! `cargo xtask mutants`: cargo-mutants over the rules, the prices and the fixes, as `.cargo/mutants.toml` has it.

use std::fs;

use anyhow::{Context, ensure};

use crate::run::{Outcome, cargo, root, with_tool};

const CARGO_MUTANTS: &str = "27.1.0";

/// Tries every mutant of the scope whose name matches `only`, and prints which survive and how many there were.
pub fn run(only: Option<&str>) -> Outcome {
    let mut command = cargo("mutants --package=seedance-core");
    command.args(only.map(|text| format!("--re={text}")));
    with_tool(&mut command, "mutants", CARGO_MUTANTS)?;
    let status = command.status().context("cannot start cargo-mutants")?;
    // 2 and 3: all was tried, and some were not caught; docs/mutants.md says which may be.
    let is_done = matches!(status.code(), Some(0 | 2 | 3));
    ensure!(is_done, "cargo-mutants ended with {status}");
    let mut counts = Vec::new();
    for kind in ["caught", "timeout", "unviable", "missed"] {
        let list = fs::read_to_string(root().join(format!("target/mutants.out/{kind}.txt")))?;
        counts.push(format!("{} {kind}", list.lines().count()));
    }
    println!("measured: mutants: {}", counts.join(", "));
    Ok(())
}
