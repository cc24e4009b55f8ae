//! What the suites share: the second model of the rules, the cases as data, seeded generators, and the core's answers beside them.
//!
//! The suites stand in `tests`, a folder a surface, where cargo finds them. Those whose name begins with `release_` are long and are
//! run optimised as well; an ordinary `cargo test` takes a slice of each.

pub mod cases;
pub mod core_side;
pub mod generate;
pub mod long_run;
pub mod oracle;

/// What the README shows is run.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
