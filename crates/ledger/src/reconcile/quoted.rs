//! A job that was quoted.

use seedance_core::Quote;

/// A job that was quoted.
#[derive(Debug)]
pub struct Quoted {
    /// Its id, or the line that it stands on where it has none.
    pub name: String,
    /// Whether the name is an id.
    pub has_id: bool,
    /// Its quote; none where the line was no job.
    pub quote: Option<Quote>,
}
