//! Reading a tape: the arguments of a call.

use std::borrow::Cow;

use seedance_core::table::FIELDS;
use seedance_flat::{Flat, Holds, Member};
use seedance_json::{Fault, Source, Value};

use super::{TAG_BITS, TAG_MASK, tag, units_at};

/// A tape that is read from its start; each value is read once.
#[derive(Clone, Debug)]
pub struct Reader<'a> {
    words: core::slice::Iter<'a, u32>,
    text: &'a str,
    ascii: bool,
    documents: &'a [u8],
    is_cut_off: bool,
}

impl<'a> Reader<'a> {
    /// `units` is the text's length in UTF-16 code units; `documents` are the arguments that are JSON text.
    pub fn new(words: &'a [u32], text: &'a str, units: usize, documents: &'a [u8]) -> Self {
        // Only in ASCII a code unit is a byte.
        Self {
            words: words.iter(),
            text,
            ascii: text.len() == units,
            documents,
            is_cut_off: false,
        }
    }

    /// The next argument, which is JSON text, what is meant to be some, or a word; `None` where it was not given.
    pub fn document(&mut self) -> Option<&'a [u8]> {
        let (tag::DOCUMENT, length) = self.word() else {
            return None;
        };
        let Some((document, rest)) = self.documents.split_at_checked(length) else {
            self.cut_off();
            return None;
        };
        self.documents = rest;
        Some(document)
    }

    /// Whether the next argument is such text, and no value on the tape.
    pub fn holds_document(&self) -> bool {
        self.peek() == tag::DOCUMENT
    }

    /// Whether all that was read was there.
    ///
    /// # Errors
    /// Where the tape ended before.
    pub fn end(&self) -> Result<(), Fault> {
        if self.is_cut_off {
            return Err(CUT_OFF);
        }
        Ok(())
    }

    /// Reads an ordinary object; `None` where it is none, and the reader somewhere in it.
    fn object(&mut self, members: &[Member], flat: &mut Flat<'a>) -> Option<()> {
        let (tag::OBJECT, _) = self.word() else {
            return None;
        };
        loop {
            let place = match self.word() {
                (tag::FIELD, place) => place,
                (tag::END, _) => return Some(()),
                _ => return None,
            };
            let holds = flat.begin(members, place)?;
            match (holds, self.word()) {
                (Holds::Text, (tag::TEXT, units)) => flat.put_text(place, self.text(units))?,
                (Holds::Whole, (tag::SMALL, number)) if number <= LARGEST => {
                    flat.put_whole(place, number as u32)?;
                }
                (Holds::Texts, (tag::LIST, _)) => self.list(place, flat)?,
                _ => return None,
            }
        }
    }

    fn list(&mut self, place: usize, flat: &mut Flat<'a>) -> Option<()> {
        loop {
            match self.word() {
                (tag::TEXT, units) => flat.put_item(place, self.text(units))?,
                (tag::END, _) if !flat.list(place).is_empty() => return Some(()),
                _ => return None,
            }
        }
    }

    /// The tag of the next word. Behind the last one all ends.
    fn peek(&self) -> u32 {
        let word = self.words.as_slice().first();
        word.map_or(tag::END, |word| word & TAG_MASK)
    }

    fn word(&mut self) -> (u32, usize) {
        match self.words.next() {
            Some(word) => (word & TAG_MASK, (word >> TAG_BITS) as usize),
            None => {
                self.cut_off();
                (tag::END, 0)
            }
        }
    }

    #[cold]
    fn cut_off(&mut self) {
        self.words = [].iter();
        self.is_cut_off = true;
    }

    fn number(&mut self) -> f64 {
        let (Some(low), Some(high)) = (self.words.next(), self.words.next()) else {
            self.cut_off();
            return 0.0;
        };
        f64::from_bits(u64::from(*high) << 32 | u64::from(*low))
    }

    fn text(&mut self, units: usize) -> &'a str {
        let bytes = if self.ascii {
            units
        } else {
            bytes_of(self.text, units)
        };
        let Some((text, rest)) = self.text.split_at_checked(bytes) else {
            self.cut_off();
            return "";
        };
        self.text = rest;
        text
    }
}

/// The largest whole number that stands in a word itself.
const LARGEST: usize = (1 << (31 - TAG_BITS)) - 1;

/// How many bytes of UTF-8 hold a number of UTF-16 code units.
fn bytes_of(text: &str, units: usize) -> usize {
    let mut left = units;
    let is_behind = |byte| {
        let units = units_at(byte);
        let is_behind = left == 0 && units > 0;
        left = left.saturating_sub(units);
        is_behind
    };
    text.bytes().position(is_behind).unwrap_or(text.len())
}

impl<'a> Source<'a> for Reader<'a> {
    fn value(&mut self) -> Value<'a> {
        match self.word() {
            (tag::NULL, _) => Value::Null,
            (tag::FALSE, _) => Value::Bool(false),
            (tag::TRUE, _) => Value::Bool(true),
            (tag::SMALL, payload) => {
                Value::Number(f64::from((payload as i32) << TAG_BITS >> TAG_BITS))
            }
            (tag::NUMBER, _) => Value::Number(self.number()),
            (tag::TEXT, units) => Value::Text(Cow::Borrowed(self.text(units))),
            (tag::LIST, _) => Value::List,
            (tag::OBJECT, _) => Value::Object,
            _ => Value::Foreign,
        }
    }

    fn more(&mut self) -> bool {
        let goes_on = self.peek() != tag::END;
        if !goes_on {
            self.word();
        }
        goes_on
    }

    fn key(&mut self) -> Option<Cow<'a, str>> {
        let name = match self.word() {
            (tag::TEXT, units) => self.text(units),
            (tag::FIELD, place) => FIELDS.get(place)?.field.name(),
            _ => return None,
        };
        Some(Cow::Borrowed(name))
    }

    fn flat(&mut self, members: &[Member], flat: &mut Flat<'a>) -> bool {
        let mut ahead = self.clone();
        let is_flat = ahead.object(members, flat).is_some() && !ahead.is_cut_off;
        if is_flat {
            *self = ahead;
        }
        is_flat
    }

    fn fault(&self) -> Option<Fault> {
        self.end().err()
    }
}

/// A tape that ends before its value does.
pub const CUT_OFF: Fault = Fault {
    reason: "a value that was cut off on its way",
    offset: 0,
};

#[cfg(test)]
mod tests;
