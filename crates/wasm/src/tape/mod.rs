//! How values cross between JavaScript and the core, either way: a list of 32-bit words, one or two a value, and one text that
//! holds all strings in the order of the words. `pkg/core.js` and `pkg/tape.js` are the other end.
//!
//! Nothing is escaped, quoted or parsed, and all strings cross in one call of the engine's own coder: that is a fraction of the
//! time of JSON text (`cargo xtask bench-js`), and `undefined`, a function or a cycle come as what they are.
//!
//! A word is a tag in its low four bits and a length or number above them. A string's length is in UTF-16 code units, as
//! JavaScript counts; the words of a list or an object end with one that says so, an object's are a key and a value in turn.
//! What either side knows is only pointed at: fields' names, the body or the strings that JavaScript gave, and the core's
//! constants.

mod read;
mod write;

pub use read::{CUT_OFF, Reader};
pub use write::{CONSTANTS, Writer};

/// The tags, as in `pkg/tape.js`. Two of them need no name here, since whatever has none stands for what they do: 3, `FOREIGN`, is
/// a value that JSON cannot hold (a function, NaN, a cycle), and 11, `ABSENT`, an argument that was not given.
mod tag {
    pub const NULL: u32 = 0;
    pub const FALSE: u32 = 1;
    pub const TRUE: u32 = 2;
    /// A whole number of 28 bits with its sign, in the word itself.
    pub const SMALL: u32 = 4;
    /// Two more words hold the number's binary64, low half first.
    pub const NUMBER: u32 = 5;
    /// A string that is brought along. Of an argument its length is in the word itself, of an answer, which may be longer than
    /// all arguments, in the next one.
    pub const TEXT: u32 = 6;
    pub const LIST: u32 = 7;
    pub const OBJECT: u32 = 8;
    /// No more of the list or object that was begun last.
    pub const END: u32 = 9;
    /// A whole argument that is JSON text, its length in bytes; or a value of an answer that is, with its length as a string's.
    pub const DOCUMENT: u32 = 10;
    /// Of an answer: a string of the arguments; the next word says at which code unit it begins.
    pub const GIVEN: u32 = 12;
    /// Of an answer: a constant of the core; in the low 16 bits of the number its place among them, above those its bytes.
    pub const CONSTANT: u32 = 13;
    /// Of an argument: the name of a field of the table, by its place there.
    pub const FIELD: u32 = 14;
    /// Of an answer: the object that the first argument is.
    pub const SAME: u32 = 15;
}

const TAG_BITS: u32 = 4;
const TAG_MASK: u32 = (1 << TAG_BITS) - 1;

/// How many code units of UTF-16 a character is whose first byte this is, or none where it is a later one.
fn units_at(byte: u8) -> usize {
    match byte {
        0x80..=0xbf => 0,
        0xf0.. => 2,
        _ => 1,
    }
}
