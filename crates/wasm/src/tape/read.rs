//! From JavaScript into the core: a serde deserializer over a tape.

use core::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

use super::{TAG_BITS, TAG_MASK, tag};

/// A tape that is read from its start; each value is read once.
#[derive(Debug)]
pub struct Reader<'de> {
    words: core::slice::Iter<'de, u32>,
    text: &'de str,
    ascii: bool,
    documents: &'de [u8],
}

/// One argument of a call.
#[derive(Debug)]
pub enum Argument<'a, 'de> {
    /// A value, which is on the tape.
    Value(&'a mut Reader<'de>),
    /// JSON text, or what is meant to be some.
    Document(&'de [u8]),
}

impl<'de> Reader<'de> {
    /// `units` is the text's length in UTF-16 code units; `documents` are the arguments that are JSON text.
    pub fn new(words: &'de [u32], text: &'de str, units: usize, documents: &'de [u8]) -> Self {
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
    pub fn argument(&mut self) -> Result<Option<Argument<'_, 'de>>, TapeError> {
        match self.peek() {
            Some(tag::ABSENT) => self.word().map(|_| None),
            Some(tag::JSON) => {
                let (_, length) = self.word()?;
                let (document, rest) = self
                    .documents
                    .split_at_checked(length)
                    .ok_or(TapeError::Short)?;
                self.documents = rest;
                Ok(Some(Argument::Document(document)))
            }
            _ => Ok(Some(Argument::Value(self))),
        }
    }

    fn peek(&self) -> Option<u32> {
        self.words.as_slice().first().map(|word| word & TAG_MASK)
    }

    fn word(&mut self) -> Result<(u32, usize), TapeError> {
        let word = *self.words.next().ok_or(TapeError::Short)?;
        Ok((word & TAG_MASK, (word >> TAG_BITS) as usize))
    }

    fn number(&mut self) -> Result<f64, TapeError> {
        let (Some(low), Some(high)) = (self.words.next(), self.words.next()) else {
            return Err(TapeError::Short);
        };
        Ok(f64::from_bits(u64::from(*high) << 32 | u64::from(*low)))
    }

    fn text(&mut self, units: usize) -> Result<&'de str, TapeError> {
        let bytes = if self.ascii {
            units
        } else {
            bytes_of(self.text, units)
        };
        let (text, rest) = self.text.split_at_checked(bytes).ok_or(TapeError::Short)?;
        self.text = rest;
        Ok(text)
    }

    /// Goes past one value with everything in it, without recursion.
    fn skip(&mut self) -> Result<(), TapeError> {
        let mut values = 1;
        while values > 0 {
            values -= 1;
            match self.word()? {
                (tag::NUMBER, _) => self.number().map(drop)?,
                (tag::TEXT, units) => self.text(units).map(drop)?,
                (tag::LIST, items) => values += items,
                (tag::OBJECT, members) => values += 2 * members,
                _ => {}
            }
        }
        Ok(())
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

impl<'de> Deserializer<'de> for &mut Reader<'de> {
    type Error = TapeError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TapeError> {
        match self.word()? {
            (tag::NULL, _) => visitor.visit_unit(),
            (tag::FALSE, _) => visitor.visit_bool(false),
            (tag::TRUE, _) => visitor.visit_bool(true),
            (tag::SMALL, payload) => {
                visitor.visit_i64(i64::from((payload as i32) << TAG_BITS >> TAG_BITS))
            }
            (tag::NUMBER, _) => visitor.visit_f64(self.number()?),
            (tag::TEXT, units) => visitor.visit_borrowed_str(self.text(units)?),
            (tag::LIST, items) => visitor.visit_seq(Items {
                reader: self,
                left: items,
            }),
            (tag::OBJECT, members) => visitor.visit_map(Items {
                reader: self,
                left: members,
            }),
            // What the core takes for a value that JSON cannot hold.
            _ => visitor.visit_borrowed_bytes(&[]),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TapeError> {
        self.skip()?;
        visitor.visit_unit()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf
        option unit unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier
    }
}

/// The values of a list, or the keys and values of an object.
struct Items<'a, 'de> {
    reader: &'a mut Reader<'de>,
    left: usize,
}

impl<'de> SeqAccess<'de> for Items<'_, 'de> {
    type Error = TapeError;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, TapeError> {
        let Some(left) = self.left.checked_sub(1) else {
            return Ok(None);
        };
        self.left = left;
        seed.deserialize(&mut *self.reader).map(Some)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.left)
    }
}

impl<'de> MapAccess<'de> for Items<'_, 'de> {
    type Error = TapeError;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, TapeError> {
        self.next_element_seed(seed)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, TapeError> {
        seed.deserialize(&mut *self.reader)
    }
}

/// A tape that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TapeError {
    /// It ends before its value does.
    Short,
    /// The value is not what its reader expects.
    Unfit(String),
}

impl fmt::Display for TapeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Short => "a value that was cut off on its way",
            Self::Unfit(message) => message,
        })
    }
}

impl core::error::Error for TapeError {}

impl de::Error for TapeError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::Unfit(message.to_string())
    }
}
