//! What a batch of jobs comes to, before it is sent and after it is billed: [`plan`] tells what it will cost and how much of
//! it a budget covers, [`reconcile`] compares quotes with what was charged, [`books`] looks after price books,
//! [`request`] makes requests of what nearly are some, and [`media`] measures videos.
//!
//! Pure: it reads bytes that the caller brings and gives values back. It opens no file, knows no terminal and asks no clock,
//! so that the command line and a page can use the same.

/// A sentence in one of both languages, with the values that it names in braces.
macro_rules! say {
    ($lang:expr, $en:literal, $zh:literal) => {
        $lang.pick(format!($en), format!($zh))
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

pub use seedance_core;
