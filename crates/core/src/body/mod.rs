//! A decoded request body: any input becomes one, and nothing of it is lost that a rule needs.

mod hold;
mod look;
mod plain;
mod text;
mod view;
mod visit;

use alloc::borrow::Cow;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

pub(crate) use seedance_flat::is_blank;
use seedance_json::{Events, Source};
use serde::Deserializer;
use serde_json::Value;

use crate::request::Request;
use crate::table::Field;

pub(crate) use look::Look;
pub(crate) use plain::Plain;
pub use text::MAX_DEPTH;
pub(crate) use view::{Lent, LentItem, List, Spliced, View};

/// A decoded request body.
///
/// Made from JSON text (`&str`, `&[u8]`), from a [`serde_json::Value`], from a typed [`Request`],
/// or from any other self-describing deserializer. Decoding is total: what is wrong with the body
/// comes out as findings of the report, all of them at once.
///
/// ```
/// use seedance_core::Body;
/// assert!(Body::from(r#"{"model": 5}"#).is_object());
/// assert!(!Body::from("[1, 2").is_object());
/// ```
#[derive(Debug, Clone)]
pub struct Body<'a> {
    pub(crate) root: Root<'a>,
}

#[derive(Debug, Clone)]
#[expect(
    clippy::large_enum_variant,
    reason = "an ordinary body is an object, and boxing it would be its only allocation"
)]
pub(crate) enum Root<'a> {
    NotJson {
        line: usize,
        column: usize,
        reason: String,
    },
    NotObject(Kind),
    Object(Fields<'a>),
    /// An object, and an ordinary one.
    Plain(Plain<'a>),
    /// An object whose fields are somewhere else.
    Lent(View<'a>),
}

/// The top level of a body: a slot a known field, the items of its lists, and what else there is.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fields<'a> {
    slots: [Slot<'a>; 11],
    /// The fields that hold something that counts, a bit each.
    counting: u16,
    /// Those that hold what they should not.
    odd: u16,
    items: Vec<Item<'a>>,
    pub repeated: u16,
    pub unknown: Vec<Unknown<'a>>,
    /// Whether its members are those of the request to submit, where they stand there.
    keeps: bool,
}

/// What a known field holds.
#[derive(Debug, Clone, Default)]
pub(crate) enum Slot<'a> {
    #[default]
    Absent,
    /// An empty list.
    EmptyList,
    /// An empty or blank string.
    Blank,
    /// Whole seconds, as binary64 so that no integer is too large.
    Whole(f64),
    Text(Cow<'a, str>),
    /// A range of the body's items.
    List {
        start: usize,
        end: usize,
    },
    Wrong(Wrong<'a>),
    /// What the same field of another body holds.
    Lent(Lent<'a>),
}

/// An item of a list.
#[derive(Debug, Clone)]
pub(crate) enum Item<'a> {
    Blank,
    Url(Cow<'a, str>),
    Wrong(Kind),
}

/// A value of the wrong type, with what a fix can make of it.
#[derive(Debug, Clone)]
pub(crate) enum Wrong<'a> {
    Number(f64),
    Other(Kind),
    Text(Cow<'a, str>),
}

/// The JSON type of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Array,
    Boolean,
    /// A number where an integer is asked for.
    Fraction,
    /// A value that JSON cannot hold.
    NotJson,
    Null,
    Number,
    Object,
    String,
}

/// A field that the schema does not have.
#[derive(Debug, Clone)]
pub(crate) struct Unknown<'a> {
    pub name: Cow<'a, str>,
    pub repeated: bool,
    /// JSON text.
    pub value: Cow<'a, str>,
    /// Pointers, below this field, to values that JSON cannot hold.
    pub wrong: Vec<String>,
}

impl<'a> Body<'a> {
    /// Reads a body from any self-describing deserializer of already parsed data.
    ///
    /// A byte string stands for a value that JSON cannot hold.
    ///
    /// # Errors
    /// Whatever the deserializer itself fails with; a wrong type is no error but a finding.
    ///
    /// ```
    /// let value = serde_json::json!({"model": "seedance2.0-mini"});
    /// assert!(seedance_core::Body::from_deserializer(&value).unwrap().is_object());
    /// ```
    pub fn from_deserializer<D: Deserializer<'a>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self::from_source(&mut Events::of(deserializer)?))
    }

    /// Reads a body from values that come one after the other. Where the source cannot go on, it is no JSON.
    pub fn from_source(source: &mut dyn Source<'a>) -> Self {
        let mut body = Self {
            root: visit::root(source),
        };
        if let Some(fault) = source.fault() {
            body.root = Root::not_json(fault.reason.into());
        }
        body
    }

    /// Whether the body is a JSON object; nothing else can be sent.
    #[must_use]
    pub const fn is_object(&self) -> bool {
        matches!(self.root, Root::Object(_) | Root::Plain(_) | Root::Lent(_))
    }

    /// The fields, where the body is an object.
    #[inline]
    pub(crate) fn view(&self) -> Option<View<'_>> {
        match &self.root {
            Root::Object(fields) => Some(View(fields)),
            Root::Plain(fields) => Some(View(fields)),
            Root::Lent(view) => Some(*view),
            Root::NotJson { .. } | Root::NotObject(_) => None,
        }
    }
}

impl<'a> From<&'a str> for Body<'a> {
    fn from(text: &'a str) -> Self {
        Self {
            root: text::read(text),
        }
    }
}

impl<'a> From<&'a [u8]> for Body<'a> {
    fn from(bytes: &'a [u8]) -> Self {
        Self {
            root: text::read_bytes(bytes),
        }
    }
}

impl<'a> From<&'a Value> for Body<'a> {
    fn from(value: &'a Value) -> Self {
        Self::from_deserializer(value).unwrap_or_else(|fault| Self {
            root: Root::not_json(fault.to_string()),
        })
    }
}

impl<'a> From<&'a Request> for Body<'a> {
    #[inline]
    fn from(request: &'a Request) -> Self {
        Self {
            root: Root::Lent(View(request)),
        }
    }
}

impl Root<'_> {
    /// Of what is no text, so that nobody can look at a place in it.
    const fn not_json(reason: String) -> Self {
        Self::NotJson {
            line: 1,
            column: 1,
            reason,
        }
    }
}

impl<'a> Fields<'a> {
    #[inline]
    pub fn slot(&self, field: Field) -> &Slot<'a> {
        // The array has a slot for every variant of `Field`.
        &self.slots[field as usize]
    }

    #[inline]
    pub fn set(&mut self, field: Field, slot: Slot<'a>) {
        let (counting, odd) = match slot {
            Slot::Absent | Slot::EmptyList | Slot::Lent(Lent::Absent | Lent::EmptyList) => (0, 0),
            Slot::Blank | Slot::Wrong(_) | Slot::Lent(Lent::Blank | Lent::Wrong(_)) => {
                (0, field.bit())
            }
            Slot::Whole(_) | Slot::Text(_) | Slot::List { .. } | Slot::Lent(_) => (field.bit(), 0),
        };
        self.counting = self.counting & !field.bit() | counting;
        self.odd = self.odd & !field.bit() | odd;
        self.slots[field as usize] = slot;
    }

    /// Whether the request to submit has just these members.
    const fn is_unchanged(&self) -> bool {
        self.keeps && self.odd == 0
    }

    fn has_blank_prompt(&self) -> bool {
        matches!(self.lent(Field::Prompt), Lent::Text(prompt) if is_blank(prompt))
    }

    /// Sets a field to a list; an empty one counts as absent.
    pub fn set_list(&mut self, field: Field, list: Vec<Item<'a>>) {
        let start = self.items.len();
        self.items.extend(list);
        let slot = self.list_from(start);
        self.set(field, slot);
    }

    /// The list of the items from `start` on.
    fn list_from(&self, start: usize) -> Slot<'a> {
        let end = self.items.len();
        if start == end {
            Slot::EmptyList
        } else {
            Slot::List { start, end }
        }
    }

    /// A field as the rules read it.
    #[inline]
    fn lent(&self, field: Field) -> Lent<'_> {
        match self.slot(field) {
            Slot::Absent => Lent::Absent,
            Slot::EmptyList => Lent::EmptyList,
            Slot::Blank => Lent::Blank,
            Slot::Whole(seconds) => Lent::Whole(*seconds),
            Slot::Text(text) => Lent::Text(text),
            Slot::List { start, end } => {
                Lent::List(List::Read(self.items.get(*start..*end).unwrap_or(&[])))
            }
            Slot::Wrong(wrong) => Lent::Wrong(wrong),
            Slot::Lent(lent) => *lent,
        }
    }
}

impl Unknown<'_> {
    fn lend(&self) -> Unknown<'_> {
        Unknown {
            name: Cow::Borrowed(&self.name),
            repeated: self.repeated,
            value: Cow::Borrowed(&self.value),
            wrong: self.wrong.clone(),
        }
    }

    fn to_owned_unknown(&self) -> Unknown<'static> {
        Unknown {
            name: Cow::Owned(self.name.clone().into_owned()),
            repeated: self.repeated,
            value: Cow::Owned(self.value.clone().into_owned()),
            wrong: self.wrong.clone(),
        }
    }
}

impl<'a> Slot<'a> {
    /// A string in the field `field`; a blank prompt is still one, with a rule of its own.
    #[inline]
    pub fn of_text(field: Field, text: Cow<'a, str>) -> Self {
        if field != Field::Prompt && is_blank(&text) {
            Self::Blank
        } else {
            Self::Text(text)
        }
    }
}

impl<'a> From<Cow<'a, str>> for Item<'a> {
    #[inline]
    fn from(url: Cow<'a, str>) -> Self {
        if is_blank(&url) {
            Self::Blank
        } else {
            Self::Url(url)
        }
    }
}

impl Wrong<'_> {
    /// The JSON type, as the field `field` sees it.
    pub const fn kind(&self, field: Field) -> Kind {
        match self {
            Self::Number(_) if matches!(field, Field::Duration) => Kind::Fraction,
            Self::Number(_) => Kind::Number,
            Self::Other(kind) => *kind,
            Self::Text(_) => Kind::String,
        }
    }

    /// The value itself, where it can be repeated: a number, or a string that was to be one, but
    /// never a URL.
    pub fn spelled(&self, field: Field) -> Option<Cow<'_, str>> {
        match self {
            Self::Number(number) => Some(Cow::Owned(crate::number::to_string(*number))),
            Self::Text(text) if field == Field::Duration => Some(Cow::Borrowed(text)),
            Self::Text(_) | Self::Other(_) => None,
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
