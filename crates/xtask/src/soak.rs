//! `cargo xtask soak`: the suite `crates/serve/tests/soak`, for as long as it is told to.

use crate::run::{Outcome, SUITES, cargo, output};

/// Runs for so long, by a seed that plans load and faults, and returns what the suite printed.
pub fn run(seconds: u64, seed: u64) -> Outcome<String> {
    // As the Rust suites have built it: the load waits more than it works.
    let mut test = cargo(&format!("test --quiet {SUITES} --test=soak -- --nocapture"));
    test.env("SEEDANCE_SOAK_SECONDS", seconds.to_string());
    output(test.env("SEEDANCE_SOAK_SEED", seed.to_string()))
}
