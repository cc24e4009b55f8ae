//! Writing a tape: the answer of a call.

use std::ops::Range;

use seedance_json::{Nest, Sink};

use super::{TAG_BITS, tag, units_at};

/// A tape that is being written.
#[derive(Debug)]
pub struct Writer<'a> {
    words: &'a mut Vec<u32>,
    text: &'a mut String,
    given: Given<'a>,
}

impl<'a> Writer<'a> {
    /// Writes words and strings, after those that are there. The call's own strings, which are so many code units of UTF-16, it
    /// only points at.
    pub fn new(
        words: &'a mut Vec<u32>,
        text: &'a mut String,
        (strings, units): (&'a str, usize),
    ) -> Self {
        let given = Given {
            strings,
            is_ascii: strings.len() == units,
            passed: (0, 0),
        };
        Self { words, text, given }
    }

    /// Takes back the end that was written last, so that the list or object goes on.
    pub fn reopen(&mut self) {
        self.words.pop();
    }

    /// Whether all strings came as they are: half characters would have been replaced, and only of ASCII it is sure that there
    /// were none.
    pub const fn has_given_strings(&self) -> bool {
        self.given.is_ascii
    }

    /// Points at the object that the first argument is.
    pub fn same(&mut self) {
        self.put(tag::SAME, 0);
    }

    fn put(&mut self, tag: u32, payload: usize) {
        self.words.push(tag | (payload as u32) << TAG_BITS);
    }

    fn put_text(&mut self, tag: u32, text: &str) {
        self.put(tag, 0);
        self.words.push(units_of(text) as u32);
        self.text.push_str(text);
    }
}

impl Sink for Writer<'_> {
    fn null(&mut self) {
        self.put(tag::NULL, 0);
    }

    fn bool(&mut self, value: bool) {
        self.put(if value { tag::TRUE } else { tag::FALSE }, 0);
    }

    fn signed(&mut self, number: i64) {
        self.number(number as f64);
    }

    fn unsigned(&mut self, number: u64) {
        self.number(number as f64);
    }

    fn number(&mut self, number: f64) {
        let small = (number as i32) << TAG_BITS >> TAG_BITS;
        if f64::from(small).to_bits() == number.to_bits() {
            return self.put(tag::SMALL, small as usize);
        }
        let bits = number.to_bits();
        let halves = [bits as u32, (bits >> 32) as u32];
        self.put(tag::NUMBER, 0);
        self.words.extend_from_slice(&halves);
    }

    fn text(&mut self, text: &str) {
        if let Some(constant) = constant(text) {
            self.put(tag::CONSTANT, constant);
        } else if let Some((start, units)) = self.given.find(text) {
            self.put(tag::GIVEN, units);
            self.words.push(start as u32);
        } else {
            self.put_text(tag::TEXT, text);
        }
    }

    fn word(&mut self, word: &'static str) {
        self.text(word);
    }

    fn raw(&mut self, json: &str) {
        self.put_text(tag::DOCUMENT, json);
    }

    fn begin(&mut self, nest: Nest) {
        let tag = match nest {
            Nest::List => tag::LIST,
            Nest::Object => tag::OBJECT,
        };
        self.put(tag, 0);
    }

    fn end(&mut self, _: Nest) {
        self.put(tag::END, 0);
    }

    fn next(&mut self) {}

    fn colon(&mut self) {}
}

/// The strings of the arguments, to tell them from others.
#[derive(Debug)]
struct Given<'a> {
    strings: &'a str,
    is_ascii: bool,
    /// So many bytes from the start are so many code units.
    passed: (usize, usize),
}

impl Given<'_> {
    /// At which code unit a text begins that is a part of the strings, the very same memory, and how many it has.
    fn find(&mut self, text: &str) -> Option<(usize, usize)> {
        let start = (text.as_ptr() as usize).wrapping_sub(self.strings.as_ptr() as usize);
        let before = self.strings.get(..start)?;
        if text.len() > self.strings.len() - start {
            return None;
        }
        if self.is_ascii {
            return Some((start, text.len()));
        }
        // What is asked for comes mostly in the order of the strings, so that each is counted once.
        let (bytes, units) = self.passed;
        let units = match before.get(bytes..) {
            Some(more) => units + units_of(more),
            None => units_of(before),
        };
        self.passed = (start, units);
        Some((units, units_of(text)))
    }
}

fn units_of(text: &str) -> usize {
    text.bytes().map(units_at).sum()
}

const PLACE_BITS: u32 = 16;
const LENGTH_BITS: u32 = 32 - TAG_BITS - PLACE_BITS;

/// The place of a text among the core's constants, and how long it is, where it is one of them.
fn constant(text: &str) -> Option<usize> {
    let all = CONSTANTS.start.addr()..CONSTANTS.end.addr();
    let address = text.as_ptr().addr();
    let place = address.wrapping_sub(all.start);
    let fits = place < 1 << PLACE_BITS && text.len() < 1 << LENGTH_BITS;
    (fits && all.contains(&address)).then_some(text.len() << PLACE_BITS | place)
}

/// Where the core's constants are: what the linker puts between the stack and the heap.
#[cfg(target_family = "wasm")]
pub const CONSTANTS: Range<*const u8> = {
    unsafe extern "C" {
        safe static __global_base: u8;
        safe static __data_end: u8;
    }
    &raw const __global_base..&raw const __data_end
};

/// Outside WebAssembly nobody could look at them.
#[cfg(not(target_family = "wasm"))]
pub const CONSTANTS: Range<*const u8> = std::ptr::null()..std::ptr::null();

#[cfg(test)]
mod tests;
