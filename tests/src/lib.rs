//! What the suites share: the second model of the rules, the case files, seeded generators, and the core's answers to compare.
//!
//! Cargo finds the suites in `tests`, a folder per surface. Those whose names begin with `release_` are long: `cargo test` takes
//! a slice of each, and they are also run optimised.

pub mod cases;
pub mod core_side;
pub mod generate;
pub mod long_run;
pub mod oracle;

/// Runs the README's examples.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
