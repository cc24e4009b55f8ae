//! JSON objects as programs write them: known members, strings without escapes, short whole numbers, lists of strings. Nearly
//! every request is such a one, so these are read at once ([`Flat`]), and all others by the reader of `seedance-json`.
//!
//! A crate of its own, because the package for JavaScript compiles it for speed and what is rare for size.
#![no_std]
#![forbid(unsafe_code)]

mod blank;
mod object;
mod plain;

pub use blank::is_blank;
pub use object::{Blanks, Flat, Holds, MOST_ITEMS, MOST_MEMBERS, Member};
pub use plain::plain_len;
