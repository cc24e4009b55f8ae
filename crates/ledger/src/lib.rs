//! Planning and bookkeeping for batches of jobs: [`plan`] estimates what a batch will cost and how much of it a budget covers,
//! [`reconcile`] compares quotes with what was charged, [`books`] maintains price books, [`request`] repairs and converts
//! requests, and [`media`] measures videos.
//!
//! The crate is pure logic: it reads bytes from the caller and returns values. It opens no file, writes to no terminal and
//! reads no clock, so that the command line and the web page share it.

/// Formats a sentence in the given language, like [`format!`] with inline arguments: `say!(lang, "English", "Chinese")`.
macro_rules! say {
    ($lang:expr, $en:literal, $zh:literal) => {
        $lang.pick(format!($en), format!($zh))
    };
}

/// Creates a [`Problem`](problem::Problem) from a sentence in each language: `problem!("English", "Chinese")`.
macro_rules! problem {
    ($en:literal, $zh:literal) => {
        $crate::problem::Problem { en: format!($en), zh: format!($zh) }
    };
}

pub mod books;
pub mod ids;
pub mod jobs;
pub mod media;
pub mod plan;
pub mod problem;
pub mod reconcile;
pub mod request;
pub mod sheet;
pub mod signed;

/// Whether there is nothing to serialize.
fn is_zero(count: &usize) -> bool {
    *count == 0
}
