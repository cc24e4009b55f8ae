//! How a value crosses between JavaScript and the core: a list of 32-bit words, one a value, and one text that holds
//! all strings in the order of the words. `pkg/tape.js` is the other end.
//!
//! Nothing is escaped, quoted or parsed, all strings cross in one call of the engine's own encoder, and names of the core's
//! members never cross twice: that is a fraction of the time of JSON text (`cargo xtask bench-js`).
//!
//! A word is a tag in its low four bits and a length or number above them. A string's length is in UTF-16 code units, as
//! JavaScript counts; an object's words are its members, each a key and a value.

mod read;
mod write;

pub use read::{Argument, Reader, TapeError};
pub use write::{Names, Writer};

/// The tags, as in `pkg/tape.js`.
mod tag {
    pub const NULL: u32 = 0;
    pub const FALSE: u32 = 1;
    pub const TRUE: u32 = 2;
    /// A value that JSON cannot hold: a function, NaN, a cycle. Into the core only.
    pub const FOREIGN: u32 = 3;
    /// A whole number of 28 bits with its sign, in the word itself.
    pub const SMALL: u32 = 4;
    /// Two more words hold the number's binary64, low half first.
    pub const NUMBER: u32 = 5;
    pub const TEXT: u32 = 6;
    pub const LIST: u32 = 7;
    pub const OBJECT: u32 = 8;
    /// A member's name by its number, see `Names`. Out of the core only.
    pub const NAME: u32 = 9;
    /// Text that is JSON, to be parsed where it arrives. Into the core it is a whole argument, and its length is in bytes.
    pub const JSON: u32 = 10;
    /// An argument that was not given. Into the core only.
    pub const ABSENT: u32 = 11;
}

const TAG_BITS: u32 = 4;
const TAG_MASK: u32 = (1 << TAG_BITS) - 1;

fn word(tag: u32, payload: usize) -> u32 {
    // A length beyond 28 bits cannot come up: no text of the core's is as long, and JavaScript refuses to send one.
    tag | (payload as u32) << TAG_BITS
}
