//! The values that a field can hold.

use alloc::borrow::Cow;
use alloc::vec::Vec;

pub(crate) type Text<'a> = Given<'a, Cow<'a, str>>;
pub(crate) type List<'a> = Given<'a, Vec<Item<'a>>>;
pub(crate) type Whole<'a> = Given<'a, f64>;
pub(crate) type Flag<'a> = Given<'a, bool>;

/// The value of a field.
#[derive(Debug, Clone, Default)]
pub(crate) enum Given<'a, T> {
    #[default]
    Absent,
    /// An empty or blank string, or an empty list: it counts as absent.
    Blank,
    Wrong(Wrong<'a>),
    Value(T),
}

/// A value of the wrong type, as far as messages and fixes need it.
#[derive(Debug, Clone)]
pub(crate) enum Wrong<'a> {
    Number(f64),
    Text(Cow<'a, str>),
    Other(Kind),
}

/// An item of a list.
#[derive(Debug, Clone)]
pub(crate) enum Item<'a> {
    Blank,
    Wrong(Wrong<'a>),
    Url(Cow<'a, str>),
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

/// A value as it was read, whatever its field.
#[derive(Debug)]
pub(crate) enum Read<'a> {
    Absent,
    Number(f64),
    Text(Cow<'a, str>),
    List(Vec<Item<'a>>),
    Flag(bool),
    Other(Kind),
}

impl<'a> Read<'a> {
    pub fn into_wrong(self) -> Wrong<'a> {
        match self {
            Self::Number(number) => Wrong::Number(number),
            Self::Text(text) => Wrong::Text(text),
            other => Wrong::Other(other.kind()),
        }
    }

    pub(super) fn kind(&self) -> Kind {
        match self {
            Self::Number(_) => Kind::Number,
            Self::Text(_) => Kind::String,
            Self::List(_) => Kind::Array,
            Self::Flag(_) => Kind::Boolean,
            Self::Other(kind) => *kind,
            Self::Absent => Kind::Null,
        }
    }
}

impl Read<'_> {
    /// The same value, with owned texts.
    pub(super) fn into_owned(self) -> Read<'static> {
        let owned = |text: &str| Cow::Owned(text.into());
        match self {
            Self::Absent => Read::Absent,
            Self::Number(number) => Read::Number(number),
            Self::Text(text) => Read::Text(owned(&text)),
            Self::List(items) => Read::List(items.iter().map(|item| item.map(&owned)).collect()),
            Self::Flag(flag) => Read::Flag(flag),
            Self::Other(kind) => Read::Other(kind),
        }
    }
}

impl<'a> Text<'a> {
    /// A string; a blank one is [`Given::Blank`].
    pub fn text(text: Cow<'a, str>) -> Self {
        if is_blank(&text) { Self::Blank } else { Self::Value(text) }
    }
}

impl<'a> List<'a> {
    /// A list; an empty one is [`Given::Blank`].
    pub fn list(items: Vec<Item<'a>>) -> Self {
        if items.is_empty() { Self::Blank } else { Self::Value(items) }
    }
}

impl<'a, T> Given<'a, T> {
    /// The value, if it counts: neither blank nor of the wrong type.
    pub const fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Blank | Self::Wrong(_) => None,
        }
    }

    pub(super) fn map<'s, 'b, U>(
        &'s self,
        text: &impl Fn(&'s str) -> Cow<'b, str>,
        value: impl FnOnce(&'s T) -> U,
    ) -> Given<'b, U> {
        match self {
            Self::Absent => Given::Absent,
            Self::Blank => Given::Blank,
            Self::Wrong(wrong) => Given::Wrong(wrong.map(text)),
            Self::Value(it) => Given::Value(value(it)),
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
}

impl Item<'_> {
    pub const fn is_url(&self) -> bool {
        matches!(self, Self::Url(_))
    }

    pub(super) fn map<'s, 'b>(&'s self, text: &impl Fn(&'s str) -> Cow<'b, str>) -> Item<'b> {
        match self {
            Self::Blank => Item::Blank,
            Self::Wrong(wrong) => Item::Wrong(wrong.map(text)),
            Self::Url(url) => Item::Url(text(url)),
        }
    }
}

impl<'a> From<Cow<'a, str>> for Item<'a> {
    fn from(url: Cow<'a, str>) -> Self {
        if is_blank(&url) { Self::Blank } else { Self::Url(url) }
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
