//! Reading a tape: the arguments of a call.

use std::borrow::Cow;
use std::fmt;

use seedance_core::table::FIELDS;
use seedance_json::{Source, Value};

use super::{TAG_BITS, TAG_MASK, tag};

/// A tape that is read from its start; each value is read once.
#[derive(Debug)]
pub struct Reader<'a> {
    words: core::slice::Iter<'a, u32>,
    text: &'a str,
    ascii: bool,
    documents: &'a [u8],
}

/// One argument of a call.
#[derive(Debug)]
pub enum Argument<'r, 'a> {
    /// A value, which is on the tape.
    Value(&'r mut Reader<'a>),
    /// JSON text, or what is meant to be some.
    Document(&'a [u8]),
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
        }
    }

    /// A tape with nothing but a value that JSON cannot hold.
    pub fn foreign() -> Self {
        Self::new(&[tag::FOREIGN], "", 0, &[])
    }

    /// The next argument; `None` where the caller gave none.
    pub fn argument(&mut self) -> Result<Option<Argument<'_, 'a>>, CutOff> {
        match self.peek() {
            Some(tag::ABSENT) => self.word().map(|_| None),
            Some(tag::DOCUMENT) => {
                let (_, length) = self.word()?;
                let (document, rest) = self.documents.split_at_checked(length).ok_or(CutOff)?;
                self.documents = rest;
                Ok(Some(Argument::Document(document)))
            }
            _ => Ok(Some(Argument::Value(self))),
        }
    }

    /// Whether the next argument is a value.
    pub fn holds_value(&self) -> bool {
        !matches!(self.peek(), Some(tag::ABSENT | tag::DOCUMENT))
    }

    fn peek(&self) -> Option<u32> {
        self.words.as_slice().first().map(|word| word & TAG_MASK)
    }

    fn word(&mut self) -> Result<(u32, usize), CutOff> {
        let word = *self.words.next().ok_or(CutOff)?;
        Ok((word & TAG_MASK, (word >> TAG_BITS) as usize))
    }

    fn number(&mut self) -> Result<f64, CutOff> {
        let (Some(low), Some(high)) = (self.words.next(), self.words.next()) else {
            return Err(CutOff);
        };
        Ok(f64::from_bits(u64::from(*high) << 32 | u64::from(*low)))
    }

    fn text(&mut self, units: usize) -> Result<&'a str, CutOff> {
        let bytes = if self.ascii {
            units
        } else {
            bytes_of(self.text, units)
        };
        let (text, rest) = self.text.split_at_checked(bytes).ok_or(CutOff)?;
        self.text = rest;
        Ok(text)
    }
}

/// How many bytes of UTF-8 hold a number of UTF-16 code units.
fn bytes_of(text: &str, units: usize) -> usize {
    let mut left = units;
    for (at, character) in text.char_indices() {
        if left == 0 {
            return at;
        }
        left = left.saturating_sub(character.len_utf16());
    }
    text.len()
}

impl<'a> Source<'a> for Reader<'a> {
    type Error = CutOff;

    fn value(&mut self) -> Result<Value<'a>, CutOff> {
        Ok(match self.word()? {
            (tag::NULL, _) => Value::Null,
            (tag::FALSE, _) => Value::Bool(false),
            (tag::TRUE, _) => Value::Bool(true),
            (tag::SMALL, payload) => {
                Value::Number(f64::from((payload as i32) << TAG_BITS >> TAG_BITS))
            }
            (tag::NUMBER, _) => Value::Number(self.number()?),
            (tag::TEXT, units) => Value::Text(Cow::Borrowed(self.text(units)?)),
            (tag::LIST, _) => Value::List,
            (tag::OBJECT, _) => Value::Object,
            _ => Value::Foreign,
        })
    }

    fn more(&mut self) -> Result<bool, CutOff> {
        let goes_on = self.peek() != Some(tag::END);
        if !goes_on {
            self.word()?;
        }
        Ok(goes_on)
    }

    #[inline]
    fn numbered_key(&mut self) -> Result<Option<usize>, CutOff> {
        if self.peek() != Some(tag::FIELD) {
            return Ok(None);
        }
        let (_, place) = self.word()?;
        FIELDS.get(place).map(|_| Some(place)).ok_or(CutOff)
    }

    fn key(&mut self) -> Result<Option<Cow<'a, str>>, CutOff> {
        match self.word()? {
            (tag::TEXT, units) => self.text(units).map(|name| Some(Cow::Borrowed(name))),
            (tag::FIELD, place) => {
                let info = FIELDS.get(place).ok_or(CutOff)?;
                Ok(Some(Cow::Borrowed(info.field.name())))
            }
            _ => Ok(None),
        }
    }
}

/// A tape that ends before its value does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CutOff;

impl CutOff {
    /// What is wrong with it.
    pub const fn message(self) -> &'static str {
        "a value that was cut off on its way"
    }
}

impl fmt::Display for CutOff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message())
    }
}

impl core::error::Error for CutOff {}
