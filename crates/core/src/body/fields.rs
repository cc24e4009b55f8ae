//! The top level of a body: one slot a field of the table, and what else stands there.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use super::{Read, Unknown};
use crate::table::{FIELDS, Field};

/// The top level of a body.
#[derive(Debug, Clone, Default)]
pub(crate) struct Fields<'a> {
    pub model: Text<'a>,
    pub prompt: Text<'a>,
    /// Whole seconds, as binary64 so that no integer is too large.
    pub duration: Given<'a, f64>,
    pub resolution: Text<'a>,
    pub orientation: Text<'a>,
    pub ratio: Text<'a>,
    pub images: List<'a>,
    pub first_image: Text<'a>,
    pub last_image: Text<'a>,
    pub reference_videos: List<'a>,
    pub reference_audios: List<'a>,
    /// The fields that a text names more than once, a bit each.
    pub repeated: u32,
    pub unknown: Vec<Unknown<'a>>,
    /// The text of the body, where that is the request to submit as it would be written.
    pub normal: Option<&'a str>,
}

pub(crate) type Text<'a> = Given<'a, Cow<'a, str>>;
pub(crate) type List<'a> = Given<'a, Vec<Item<'a>>>;

/// What stands in a field.
#[derive(Debug, Clone, Default)]
pub(crate) enum Given<'a, T> {
    #[default]
    Absent,
    /// An empty or blank string, or an empty list: it counts as absent.
    Blank,
    Wrong(Wrong<'a>),
    Value(T),
}

/// A value of the wrong type, with what a message and a fix need of it.
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
    Wrong(Kind),
    Url(Cow<'a, str>),
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

/// One field's slot, whatever its type.
pub(crate) enum Slot<'f, 'a> {
    Text(&'f Text<'a>),
    Whole(&'f Given<'a, f64>),
    List(&'f List<'a>),
}

/// The same, to be filled.
enum SlotMut<'f, 'a> {
    Text(&'f mut Text<'a>),
    Whole(&'f mut Given<'a, f64>),
    List(&'f mut List<'a>),
}

impl<'a> Fields<'a> {
    /// The fields of a body that has none.
    pub const NONE: Self = Self {
        model: Given::Absent,
        prompt: Given::Absent,
        duration: Given::Absent,
        resolution: Given::Absent,
        orientation: Given::Absent,
        ratio: Given::Absent,
        images: Given::Absent,
        first_image: Given::Absent,
        last_image: Given::Absent,
        reference_videos: Given::Absent,
        reference_audios: Given::Absent,
        repeated: 0,
        unknown: Vec::new(),
        normal: None,
    };

    pub fn slot(&self, field: Field) -> Slot<'_, 'a> {
        match field {
            Field::Model => Slot::Text(&self.model),
            Field::Prompt => Slot::Text(&self.prompt),
            Field::Duration => Slot::Whole(&self.duration),
            Field::Resolution => Slot::Text(&self.resolution),
            Field::Orientation => Slot::Text(&self.orientation),
            Field::Ratio => Slot::Text(&self.ratio),
            Field::Images => Slot::List(&self.images),
            Field::FirstImage => Slot::Text(&self.first_image),
            Field::LastImage => Slot::Text(&self.last_image),
            Field::ReferenceVideos => Slot::List(&self.reference_videos),
            Field::ReferenceAudios => Slot::List(&self.reference_audios),
        }
    }

    fn slot_mut(&mut self, field: Field) -> SlotMut<'_, 'a> {
        match field {
            Field::Model => SlotMut::Text(&mut self.model),
            Field::Prompt => SlotMut::Text(&mut self.prompt),
            Field::Duration => SlotMut::Whole(&mut self.duration),
            Field::Resolution => SlotMut::Text(&mut self.resolution),
            Field::Orientation => SlotMut::Text(&mut self.orientation),
            Field::Ratio => SlotMut::Text(&mut self.ratio),
            Field::Images => SlotMut::List(&mut self.images),
            Field::FirstImage => SlotMut::Text(&mut self.first_image),
            Field::LastImage => SlotMut::Text(&mut self.last_image),
            Field::ReferenceVideos => SlotMut::List(&mut self.reference_videos),
            Field::ReferenceAudios => SlotMut::List(&mut self.reference_audios),
        }
    }

    /// Every field with what stands in it, in report order.
    pub fn each(&self) -> impl Iterator<Item = (Field, Slot<'_, 'a>)> {
        FIELDS
            .iter()
            .map(|info| (info.field, self.slot(info.field)))
    }

    /// Whether the field holds a value that counts.
    pub fn has(&self, field: Field) -> bool {
        match self.slot(field) {
            Slot::Text(given) => given.value().is_some(),
            Slot::Whole(given) => given.value().is_some(),
            Slot::List(given) => given.value().is_some(),
        }
    }

    /// Whether the field is there at all, whatever stands in it.
    pub fn is_named(&self, field: Field) -> bool {
        match self.slot(field) {
            Slot::Text(given) => !matches!(given, Given::Absent),
            Slot::Whole(given) => !matches!(given, Given::Absent),
            Slot::List(given) => !matches!(given, Given::Absent),
        }
    }

    /// The value of the wrong type that stands in the field.
    pub fn wrong(&self, field: Field) -> Option<&Wrong<'a>> {
        match self.slot(field) {
            Slot::Text(Given::Wrong(wrong))
            | Slot::Whole(Given::Wrong(wrong))
            | Slot::List(Given::Wrong(wrong)) => Some(wrong),
            _ => None,
        }
    }

    /// The string in a scalar field.
    pub fn text(&self, field: Field) -> Option<&str> {
        match self.slot(field) {
            Slot::Text(Given::Value(text)) => Some(text),
            _ => None,
        }
    }

    /// The items of a list; none where the field holds no list.
    pub fn list(&self, field: Field) -> &[Item<'a>] {
        match self.slot(field) {
            Slot::List(Given::Value(items)) => items,
            _ => &[],
        }
    }

    /// The items of a list, to be changed.
    pub fn list_mut(&mut self, field: Field) -> Option<&mut Vec<Item<'a>>> {
        match self.slot_mut(field) {
            SlotMut::List(Given::Value(items)) => Some(items),
            _ => None,
        }
    }

    /// How many items all lists have together.
    pub fn item_count(&self) -> usize {
        LISTS.iter().map(|list| self.list(*list).len()).sum()
    }

    /// The frames that are there, the first before the last.
    pub fn frames(&self) -> &'static [Field] {
        match (self.first_image.value(), self.last_image.value()) {
            (Some(_), Some(_)) => &[Field::FirstImage, Field::LastImage],
            (Some(_), None) => &[Field::FirstImage],
            (None, Some(_)) => &[Field::LastImage],
            (None, None) => &[],
        }
    }

    /// Puts a decoded value into its slot, whatever its type.
    pub fn set(&mut self, field: Field, read: Read<'a>) {
        match self.slot_mut(field) {
            SlotMut::Whole(slot) => {
                *slot = match read {
                    Read::Absent => Given::Absent,
                    Read::Number(number) if is_whole(number) => Given::Value(number),
                    other => Given::Wrong(other.into_wrong()),
                }
            }
            SlotMut::List(slot) => {
                *slot = match read {
                    Read::Absent => Given::Absent,
                    Read::List(items) if items.is_empty() => Given::Blank,
                    Read::List(items) => Given::Value(items),
                    other => Given::Wrong(other.into_wrong()),
                }
            }
            SlotMut::Text(slot) => {
                *slot = match read {
                    Read::Absent => Given::Absent,
                    // A blank prompt has a rule of its own.
                    Read::Text(text) if field != Field::Prompt && is_blank(&text) => Given::Blank,
                    Read::Text(text) => Given::Value(text),
                    other => Given::Wrong(other.into_wrong()),
                }
            }
        }
    }

    /// The same fields, lent.
    pub fn lend(&self) -> Fields<'_> {
        self.map(&|text| Cow::Borrowed(text))
    }

    /// The same fields, free of what they were read from.
    pub fn to_owned_fields(&self) -> Fields<'static> {
        self.map(&|text| Cow::Owned(text.into()))
    }

    /// The same fields with their texts made anew. Their spelling in a body is not theirs any more.
    fn map<'s, 'b>(&'s self, text: &impl Fn(&'s str) -> Cow<'b, str>) -> Fields<'b> {
        let scalar = |given: &'s Text<'_>| given.map(text, |value| text(value));
        let list = |given: &'s List<'_>| {
            given.map(text, |items| {
                items.iter().map(|item| item.map(text)).collect()
            })
        };
        Fields {
            model: scalar(&self.model),
            prompt: scalar(&self.prompt),
            duration: self.duration.map(text, |seconds| *seconds),
            resolution: scalar(&self.resolution),
            orientation: scalar(&self.orientation),
            ratio: scalar(&self.ratio),
            images: list(&self.images),
            first_image: scalar(&self.first_image),
            last_image: scalar(&self.last_image),
            reference_videos: list(&self.reference_videos),
            reference_audios: list(&self.reference_audios),
            repeated: self.repeated,
            unknown: self
                .unknown
                .iter()
                .map(|unknown| unknown.map(text))
                .collect(),
            normal: None,
        }
    }
}

/// The fields that hold lists of URLs.
pub(crate) const LISTS: [Field; 3] = [
    Field::Images,
    Field::ReferenceVideos,
    Field::ReferenceAudios,
];

impl<'a, T> Given<'a, T> {
    /// The value that counts.
    pub const fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Blank | Self::Wrong(_) => None,
        }
    }

    fn map<'s, 'b, U>(
        &'s self,
        text: &impl Fn(&'s str) -> Cow<'b, str>,
        value: impl FnOnce(&'s T) -> U,
    ) -> Given<'b, U> {
        match self {
            Self::Absent => Given::Absent,
            Self::Blank => Given::Blank,
            Self::Wrong(Wrong::Number(number)) => Given::Wrong(Wrong::Number(*number)),
            Self::Wrong(Wrong::Text(wrong)) => Given::Wrong(Wrong::Text(text(wrong))),
            Self::Wrong(Wrong::Other(kind)) => Given::Wrong(Wrong::Other(*kind)),
            Self::Value(it) => Given::Value(value(it)),
        }
    }
}

impl Item<'_> {
    fn map<'s, 'b>(&'s self, text: &impl Fn(&'s str) -> Cow<'b, str>) -> Item<'b> {
        match self {
            Self::Blank => Item::Blank,
            Self::Wrong(kind) => Item::Wrong(*kind),
            Self::Url(url) => Item::Url(text(url)),
        }
    }
}

impl<'a> From<Cow<'a, str>> for Item<'a> {
    fn from(url: Cow<'a, str>) -> Self {
        if is_blank(&url) {
            Self::Blank
        } else {
            Self::Url(url)
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

/// Whether a text holds nothing but Unicode's white space.
pub(crate) fn is_blank(text: &str) -> bool {
    text.chars().all(char::is_whitespace)
}

/// Whether a number has no fraction; every finite binary64 from 2^53 on has none.
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
