//! Bodies of JSON text: what serde_json lets pass unseen in values that nobody reads is read here
//! all the same, so that text is JSON or it is not.

use alloc::borrow::Cow;
use alloc::string::{String, ToString};
use core::fmt;
use core::marker::PhantomData;
use core::str;

use serde::Deserializer;
use serde::de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::visit::{self, Origin, RootVisitor};
use super::{Fields, Root, Unknown, hold};
use crate::table::Field;

/// The deepest nesting of arrays and objects in JSON text, the body itself being level 1.
///
/// ```
/// use seedance_core::{Body, MAX_DEPTH};
/// let nested = |depth: usize| format!(r#"{{"x": {}{}}}"#, "[".repeat(depth - 1), "]".repeat(depth - 1));
/// assert!(Body::from(nested(MAX_DEPTH).as_str()).is_object());
/// assert!(!Body::from(nested(MAX_DEPTH + 1).as_str()).is_object());
/// ```
pub const MAX_DEPTH: usize = 127;

pub(super) fn read_bytes(bytes: &[u8]) -> Root<'_> {
    match str::from_utf8(bytes) {
        Ok(text) => read(text),
        Err(fault) => {
            let valid = &bytes[..fault.valid_up_to()];
            let (line, column) = position(str::from_utf8(valid).unwrap_or(""), valid.len());
            Root::NotJson {
                line,
                column,
                reason: "the text is not UTF-8".into(),
            }
        }
    }
}

pub(super) fn read(text: &str) -> Root<'_> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let mut fields = Fields::default();
    let other = reader
        .deserialize_any(RootVisitor::<Text>(&mut fields, PhantomData))
        .and_then(|other| reader.end().map(|()| other));
    match other {
        Ok(None) => match first_fault(&fields, text) {
            None => {
                hold::fold_repeated(&mut fields.unknown);
                Root::Object(fields)
            }
            Some(fault) => fault,
        },
        Ok(Some(kind)) => Root::NotObject(kind),
        Err(fault) => not_json(&fault, text, 0),
    }
}

/// Reads an unknown field's value as if it stood in the field `field`.
pub(super) fn reread<'a>(value: &'a RawValue, field: Field, fields: &mut Fields<'a>) {
    let mut reader = serde_json::Deserializer::from_str(value.get());
    // The value was read in full before, so this cannot fail.
    let _ = visit::slot::<Text, _>(&mut reader, field, fields);
}

/// The origin of JSON text.
struct Text;

impl<'de> Origin<'de> for Text {
    fn skip_item<A: SeqAccess<'de>>(seq: &mut A) -> Result<Option<()>, A::Error> {
        seq.next_element_seed(Strict { depth: 0 })
    }

    fn skip_value<A: MapAccess<'de>>(map: &mut A) -> Result<(), A::Error> {
        map.next_value_seed(Strict { depth: 0 })
    }

    fn hold<A: MapAccess<'de>>(map: &mut A, name: Cow<'de, str>) -> Result<Unknown<'de>, A::Error> {
        let value = map.next_value::<&'de RawValue>()?;
        Ok(Unknown::new(name, Cow::Borrowed(value)))
    }
}

/// What is wrong inside the unknown fields, whose values serde_json only skipped.
fn first_fault<'a>(fields: &Fields<'a>, text: &str) -> Option<Root<'a>> {
    fields.unknown.iter().find_map(|unknown| {
        let raw = unknown.value.get();
        let fault = Strict { depth: 1 }
            .deserialize(&mut serde_json::Deserializer::from_str(raw))
            .err()?;
        let offset = raw.as_ptr() as usize - text.as_ptr() as usize;
        Some(not_json(&fault, text, offset))
    })
}

/// The finding for a fault in the part of the text that starts at `offset`.
fn not_json(fault: &serde_json::Error, text: &str, offset: usize) -> Root<'static> {
    let part = text.get(offset..).unwrap_or("");
    let line_start: usize = part
        .split_inclusive('\n')
        .take(fault.line().saturating_sub(1))
        .map(str::len)
        .sum();
    // serde_json counts the bytes up to and including the one at fault.
    let at = offset + line_start + fault.column().saturating_sub(1);
    let (line, column) = position(text, at);
    Root::NotJson {
        line,
        column,
        reason: reason(fault),
    }
}

/// Line and column, both 1-based and the column in characters, of the byte at `offset`.
fn position(text: &str, offset: usize) -> (usize, usize) {
    let before = &text.as_bytes()[..offset.min(text.len())];
    let line_start = before
        .iter()
        .rposition(|byte| *byte == b'\n')
        .map_or(0, |at| at + 1);
    let is_start = |byte: &&u8| (**byte & 0b1100_0000) != 0b1000_0000;
    let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
    let column = before[line_start..].iter().filter(is_start).count() + 1;
    (line, column)
}

/// serde_json's words without the position that it appends.
fn reason(fault: &serde_json::Error) -> String {
    let words = fault.to_string();
    words
        .rsplit_once(" at line ")
        .map_or(words.clone(), |(reason, _)| reason.into())
}

/// Reads a value in full and keeps nothing: numbers within binary64, whole surrogate pairs, no
/// deeper than [`MAX_DEPTH`].
struct Strict {
    /// Levels of arrays and objects around the value.
    depth: usize,
}

impl Strict {
    fn inner<E: Error>(&self) -> Result<Self, E> {
        match self.depth + 1 {
            depth if depth <= MAX_DEPTH => Ok(Self { depth }),
            _ => Err(E::custom("recursion limit exceeded")),
        }
    }
}

impl<'de> DeserializeSeed<'de> for Strict {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while seq.next_element_seed(self.inner()?)?.is_some() {}
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while map.next_key_seed(self.inner()?)?.is_some() {
            map.next_value_seed(self.inner()?)?;
        }
        Ok(())
    }
}
