//! JSON text, read strictly and written compactly.
//!
//! This is what `serde_json` does, with its words about what is wrong and its spellings; it is written anew because the
//! package for JavaScript is loaded by pages, where every kilobyte counts: one reader that nothing is generic over
//! ([`Reader`]), one writer that cannot fail ([`write()`]), and numbers without tables (`seedance-binary64`). It is stricter in what
//! nobody reads: a value that is passed over is held to the same rules as one that is kept.
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

mod events;
mod read;
mod sink;
mod source;
mod write;

pub use events::Events;
pub use read::{Fault, MAX_DEPTH, Reader};
pub use sink::{Nest, Sink, escape};
pub use source::{Source, Value};
pub use write::{RawJson, Unwritable, write};
