//! The values that a body can hold.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use serde::{Serialize, Serializer};

use crate::number;
use crate::table::Field;

/// The value of a field, or of an item of a list.
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
    /// A list of URLs, of which some may be blank or of the wrong type.
    List(Vec<Given<'a>>),
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
    /// What a value that was read as it came is in a field.
    pub fn in_field(self, field: Field) -> Self {
        match (field.info().kind, self) {
            (_, Self::Absent) => Self::Absent,
            // A blank prompt stays a value, because it has a rule of its own.
            ("string", Self::Text(text)) if field == Field::Prompt => Self::Text(text),
            ("string", text @ Self::Text(_)) => text.unless_blank(),
            ("integer", Self::Number(number)) if is_whole(number) => Self::Number(number),
            ("boolean", Self::Flag(flag)) => Self::Flag(flag),
            ("array", Self::List(items)) if items.is_empty() => Self::Blank,
            ("array", Self::List(items)) => Self::List(items),
            (_, other) => Self::Wrong(other.into_wrong()),
        }
    }

    /// What a value that was read as it came is where a string is expected that is not blank.
    pub fn unless_blank(self) -> Self {
        match self {
            Self::Text(text) if is_blank(&text) => Self::Blank,
            Self::Text(text) => Self::Text(text),
            other => Self::Wrong(other.into_wrong()),
        }
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
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The same value, with borrowed texts.
    pub fn lend(&self) -> Given<'_> {
        self.map(&|text| Cow::Borrowed(text))
    }

    /// The same value, with all texts mapped.
    pub fn map<'s, 'b>(&'s self, text: &impl Fn(&'s str) -> Cow<'b, str>) -> Given<'b> {
        match self {
            Self::Absent => Given::Absent,
            Self::Blank => Given::Blank,
            Self::Wrong(Wrong::Number(number)) => Given::Wrong(Wrong::Number(*number)),
            Self::Wrong(Wrong::Text(wrong)) => Given::Wrong(Wrong::Text(text(wrong))),
            Self::Wrong(Wrong::Other(kind)) => Given::Wrong(Wrong::Other(*kind)),
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
            Self::List(items) => serializer.collect_seq(items),
            Self::Absent | Self::Blank | Self::Wrong(_) => serializer.serialize_unit(),
        }
    }
}

impl Wrong<'_> {
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
