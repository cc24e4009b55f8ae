//! The top level of a body: one slot a field of the table, and what else stands there.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use super::given::{Given, Item, List, Read, Text, Wrong, is_blank};
use super::unknown::Unknown;
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
    pub normal: Option<Cow<'a, str>>,
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
        let normal = self.normal.as_deref();
        Fields {
            normal: normal.map(|text| Cow::Owned(text.into())),
            ..self.map(&|text| Cow::Owned(text.into()))
        }
    }

    /// The same fields with their texts made anew. Whoever changes them has another body.
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
