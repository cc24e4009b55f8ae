//! Reads values of any format with serde. A wrong type is not an error, but a value like any other.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::given::{Item, Kind, Read};
use crate::table::Field;

/// The deepest nesting of arrays and objects in a body, the body itself being level 1.
///
/// ```
/// use seedance_core::{Body, MAX_DEPTH};
/// let nested = |depth: usize| format!(r#"{{"x": {}{}}}"#, "[".repeat(depth - 1), "]".repeat(depth - 1));
/// assert!(Body::from(nested(MAX_DEPTH).as_str()).is_object());
/// assert!(!Body::from(nested(MAX_DEPTH + 1).as_str()).is_object());
/// ```
// serde_json reads text to this depth.
pub const MAX_DEPTH: usize = 127;

/// Reads one value. A list of URLs keeps its items; of any other array or object only the kind is kept.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Value {
    is_list: bool,
    /// How many arrays and objects enclose the value.
    depth: usize,
}

impl Value {
    /// Reads the value of a field.
    pub fn of(field: Field) -> Self {
        Self { is_list: field.info().kind == "array", depth: 1 }
    }

    /// Reads a whole document, and keeps only its kind.
    pub const DOCUMENT: Self = Self { is_list: false, depth: 0 };

    const fn inner(self) -> Self {
        Self { is_list: false, depth: self.depth + 1 }
    }
}

impl<'de> DeserializeSeed<'de> for Value {
    type Value = Read<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Read<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Value {
    type Value = Read<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Read<'de>, E> {
        Ok(Read::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Read<'de>, E> {
        Ok(Read::Text(Cow::Owned(text.into())))
    }

    fn visit_string<E>(self, text: String) -> Result<Read<'de>, E> {
        Ok(Read::Text(Cow::Owned(text)))
    }

    #[expect(clippy::cast_precision_loss, reason = "numbers are their nearest binary64")]
    fn visit_u64<E>(self, number: u64) -> Result<Read<'de>, E> {
        Ok(Read::Number(number as f64))
    }

    #[expect(clippy::cast_precision_loss, reason = "numbers are their nearest binary64")]
    fn visit_i64<E>(self, number: i64) -> Result<Read<'de>, E> {
        Ok(Read::Number(number as f64))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Read<'de>, E> {
        Ok(if number.is_finite() { Read::Number(number) } else { Read::Other(Kind::NotJson) })
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Read<'de>, E> {
        Ok(Read::Flag(flag))
    }

    fn visit_unit<E>(self) -> Result<Read<'de>, E> {
        Ok(Read::Other(Kind::Null))
    }

    fn visit_bytes<E>(self, _: &[u8]) -> Result<Read<'de>, E> {
        Ok(Read::Other(Kind::NotJson))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Read<'de>, A::Error> {
        if self.is_list {
            let mut items = Vec::new();
            while let Some(item) = seq.next_element_seed(self.inner())? {
                items.push(match item {
                    Read::Text(url) => url.into(),
                    other => Item::Wrong(other.into_wrong()),
                });
            }
            return Ok(Read::List(items));
        }
        // Items are parsed though not kept, to find invalid JSON in text. Parsed data that is nested too deeply is skipped.
        if self.depth < MAX_DEPTH {
            while seq.next_element_seed(self.inner())?.is_some() {}
        } else {
            while seq.next_element::<IgnoredAny>()?.is_some() {}
        }
        Ok(Read::Other(Kind::Array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Read<'de>, A::Error> {
        if self.depth < MAX_DEPTH {
            while map.next_key::<Name<'_>>()?.is_some() {
                map.next_value_seed(self.inner())?;
            }
        } else {
            while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        }
        Ok(Read::Other(Kind::Object))
    }
}

/// A member's name, borrowed if it has no escapes.
#[derive(Deserialize)]
#[serde(transparent)]
pub(super) struct Name<'a>(#[serde(borrow)] pub Cow<'a, str>);
