//! `cargo xtask mutants`: cargo-mutants over the rules, the prices and the fixes, configured in `.cargo/mutants.toml`.

use std::fs;

use anyhow::{Context, ensure};

use crate::run::{Outcome, cargo, root, with_tool};

const CARGO_MUTANTS: &str = "27.1.0";

/// Tries every mutant whose name matches `only`, and prints which ones no test noticed and how many there are of each kind.
pub fn run(only: Option<&str>) -> Outcome {
    let mut command = cargo("mutants --package=seedance-core");
    command.args(only.map(|text| format!("--re={text}")));
    with_tool(&mut command, "mutants", CARGO_MUTANTS)?;
    let status = command.status().context("cannot start cargo-mutants")?;
    // 2 (a mutant was missed) and 3 (a timeout) also mean that all were tried; docs/mutants.md says which may be missed.
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
