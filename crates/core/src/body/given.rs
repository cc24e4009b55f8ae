//! The values that a body can hold.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use serde::{Serialize, Serializer};

use crate::number;
use crate::table::{Field, FieldKind};

/// The value of a field.
#[derive(Debug, Clone, Default)]
pub(crate) enum Given<'a> {
    #[default]
    Absent,
    /// An empty or blank string, or an empty list: it counts as absent.
    Blank,
    /// A value of the wrong type.
    Wrong(Wrong<'a>),
    Text(Cow<'a, str>),
    /// A number; in a field it is whole, but an `f64`, so that no integer is too large.
    Number(f64),
    Flag(bool),
    List(Vec<Item<'a>>),
}

/// An item of a list of URLs.
#[derive(Debug, Clone)]
pub(crate) enum Item<'a> {
    Blank,
    Wrong(Wrong<'a>),
    Url(Cow<'a, str>),
}

/// A value of the wrong type, as far as messages and fixes need it.
#[derive(Debug, Clone)]
pub(crate) enum Wrong<'a> {
    Number(f64),
    Text(Cow<'a, str>),
    Other(Kind),
}

/// The JSON type of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Array,
    Boolean,
    /// A number with a fraction, where an integer is expected.
    Fraction,
    /// A value that JSON cannot hold.
    NotJson,
    Null,
    Number,
    Object,
    String,
}

impl<'a> Given<'a> {
    /// The value as that of a field: of the right type, blank, or wrong.
    pub fn in_field(self, field: Field) -> Self {
        match (field.info().kind, self) {
            (_, Self::Absent) => Self::Absent,
            // A blank prompt stays a value, because it has a rule of its own.
            (FieldKind::String, Self::Text(text)) if field == Field::Prompt => Self::Text(text),
            (FieldKind::String, Self::Text(text)) => Self::text(text),
            (FieldKind::Integer, Self::Number(number)) if is_whole(number) => Self::Number(number),
            (FieldKind::Boolean, Self::Flag(flag)) => Self::Flag(flag),
            (FieldKind::Array, Self::List(items)) if items.is_empty() => Self::Blank,
            (FieldKind::Array, Self::List(items)) => Self::List(items),
            (_, other) => Self::Wrong(other.into_wrong()),
        }
    }

    /// A string; a blank one is [`Given::Blank`].
    pub fn text(text: Cow<'a, str>) -> Self {
        if is_blank(&text) { Self::Blank } else { Self::Text(text) }
    }

    pub fn into_wrong(self) -> Wrong<'a> {
        match self {
            Self::Number(number) => Wrong::Number(number),
            Self::Text(text) => Wrong::Text(text),
            Self::Wrong(wrong) => wrong,
            Self::List(_) => Wrong::Other(Kind::Array),
            Self::Flag(_) => Wrong::Other(Kind::Boolean),
            Self::Absent | Self::Blank => Wrong::Other(Kind::Null),
        }
    }

    /// Whether the value counts: it is there, not blank and of the right type.
    pub const fn counts(&self) -> bool {
        !matches!(self, Self::Absent | Self::Blank | Self::Wrong(_))
    }

    /// The string, if it counts.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The same value, with all texts mapped.
    pub fn map<'s, 'b>(&'s self, text: &impl Fn(&'s str) -> Cow<'b, str>) -> Given<'b> {
        match self {
            Self::Absent => Given::Absent,
            Self::Blank => Given::Blank,
            Self::Wrong(wrong) => Given::Wrong(wrong.map(text)),
            Self::Text(value) => Given::Text(text(value)),
            Self::Number(number) => Given::Number(*number),
            Self::Flag(flag) => Given::Flag(*flag),
            Self::List(items) => Given::List(items.iter().map(|item| item.map(text)).collect()),
        }
    }
}

/// Values that do not count have no place in a request to submit.
impl Serialize for Given<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Number(number) => number::serialize(number, serializer),
            Self::Flag(flag) => serializer.serialize_bool(*flag),
            Self::List(items) => serializer.collect_seq(items.iter().filter_map(Item::url)),
            Self::Absent | Self::Blank | Self::Wrong(_) => serializer.serialize_unit(),
        }
    }
}

impl<'a> Item<'a> {
    /// A string; a blank one is [`Item::Blank`].
    pub fn text(text: Cow<'a, str>) -> Self {
        if is_blank(&text) { Self::Blank } else { Self::Url(text) }
    }

    /// The URL, if it counts.
    pub fn url(&self) -> Option<&str> {
        match self {
            Self::Url(url) => Some(url),
            Self::Blank | Self::Wrong(_) => None,
        }
    }

    fn map<'s, 'b>(&'s self, text: &impl Fn(&'s str) -> Cow<'b, str>) -> Item<'b> {
        match self {
            Self::Blank => Item::Blank,
            Self::Wrong(wrong) => Item::Wrong(wrong.map(text)),
            Self::Url(url) => Item::Url(text(url)),
        }
    }
}

/// The value as an item of a list of URLs.
impl<'a> From<Given<'a>> for Item<'a> {
    fn from(read: Given<'a>) -> Self {
        match read {
            Given::Text(text) => Self::text(text),
            other => Self::Wrong(other.into_wrong()),
        }
    }
}

impl Wrong<'_> {
    fn map<'s, 'b>(&'s self, text: &impl Fn(&'s str) -> Cow<'b, str>) -> Wrong<'b> {
        match self {
            Self::Number(number) => Wrong::Number(*number),
            Self::Text(wrong) => Wrong::Text(text(wrong)),
            Self::Other(kind) => Wrong::Other(*kind),
        }
    }

    pub const fn kind(&self) -> Kind {
        match self {
            Self::Number(_) => Kind::Number,
            Self::Text(_) => Kind::String,
            Self::Other(kind) => *kind,
        }
    }
}

impl Kind {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Array => "array",
            Self::Boolean => "boolean",
            Self::Fraction => "fraction",
            Self::NotJson => "not-json",
            Self::Null => "null",
            Self::Number => "number",
            Self::Object => "object",
            Self::String => "string",
        }
    }
}

/// Whether a text holds nothing but Unicode white space.
pub(crate) fn is_blank(text: &str) -> bool {
    text.chars().all(char::is_whitespace)
}

/// Whether a number has no fraction; no finite `f64` from 2^53 on has one.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::float_cmp,
    reason = "below 2^53 both casts are exact for whole numbers"
)]
fn is_whole(number: f64) -> bool {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    number.is_finite() && (number.abs() >= EXACT || number as i64 as f64 == number)
}
