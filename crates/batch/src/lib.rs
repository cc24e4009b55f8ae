//! Answers batches: one job per line in, one answer per line out, in order. The command line and the npm package both use it,
//! each with its own way of reading and writing.

mod answer;
mod line;
mod tally;

pub use answer::{Answering, Question};
pub use line::{Line, numbered_lines};
pub use seedance_core;
pub use tally::{Tally, plural};

/// Runs the README's example as a doctest.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
