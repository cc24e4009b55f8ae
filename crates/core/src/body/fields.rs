//! The top level of a body: one slot for each field of the rule table, and all other members.

use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::mem;

use super::given::{Flag, Given, Item, List, Read, Text, Whole, Wrong};
use super::unknown::Unknown;
use crate::table::{Edition, FIELDS, Field, shared_and_later};

/// Declares one slot per row: its name, its type, the function that maps the texts in its value, and its [`Field`].
macro_rules! fields {
    ($($(#[$doc:meta])* $name:ident: $kind:ident, $map:ident, $field:ident;)*) => {
        /// The top level of a body.
        #[derive(Debug, Clone, Default)]
        pub(crate) struct Fields<'a> {
            $($(#[$doc])* pub $name: $kind<'a>,)*
            /// The fields that appear more than once, one bit each.
            pub repeated: u32,
            /// All members that are not fields of the first edition; the fields of later editions are here too.
            pub others: Vec<Unknown<'a>>,
            /// The text of the body, if it is exactly the text of the request to submit.
            pub normal: Option<Cow<'a, str>>,
        }

        /// One field's slot, whatever its type.
        pub(crate) enum Slot<'f, 'a> {
            Text(&'f Text<'a>),
            Whole(&'f Whole<'a>),
            List(&'f List<'a>),
            Flag(&'f Flag<'a>),
        }

        /// The same, mutable.
        pub(super) enum SlotMut<'f, 'a> {
            Text(&'f mut Text<'a>),
            Whole(&'f mut Whole<'a>),
            List(&'f mut List<'a>),
            Flag(&'f mut Flag<'a>),
        }

        impl<'a> Fields<'a> {
            /// The fields of an empty body.
            pub const NONE: Self = Self {
                $($name: Given::Absent,)*
                repeated: 0,
                others: Vec::new(),
                normal: None,
            };

            pub fn slot(&self, field: Field) -> Slot<'_, 'a> {
                match field {
                    $(Field::$field => Slot::$kind(&self.$name),)*
                }
            }

            pub(super) fn slot_mut(&mut self, field: Field) -> SlotMut<'_, 'a> {
                match field {
                    $(Field::$field => SlotMut::$kind(&mut self.$name),)*
                }
            }

            /// The fields that hold a valid value, one bit each, and whether any other field is blank or of the wrong type.
            pub fn there(&self) -> (u32, bool) {
                let (mut there, mut is_odd) = (0, false);
                $(match self.$name {
                    Given::Absent => {}
                    Given::Blank | Given::Wrong(_) => is_odd = true,
                    Given::Value(_) => there |= Field::$field.bit(),
                })*
                (there, is_odd)
            }

            /// Whether an item of some list is blank or of the wrong type.
            pub fn has_odd_item(&self) -> bool {
                let is_odd = |slot: Slot<'_, '_>| {
                    matches!(slot, Slot::List(Given::Value(items)) if !items.iter().all(Item::is_url))
                };
                false $(|| is_odd(Slot::$kind(&self.$name)))*
            }

            /// The same fields with all texts mapped by `text`. `normal` is dropped, since the fields may be changed afterwards.
            fn map<'s, 'b>(&'s self, text: &impl Fn(&'s str) -> Cow<'b, str>) -> Fields<'b> {
                Fields {
                    $($name: $map(&self.$name, text),)*
                    repeated: self.repeated,
                    others: self.others.iter().map(|other| other.map(text)).collect(),
                    normal: None,
                }
            }
        }
    };
}

fields! {
    model: Text, text, Model;
    prompt: Text, text, Prompt;
    /// Whole seconds, as an `f64` so that no integer is too large.
    duration: Whole, copy, Duration;
    resolution: Text, text, Resolution;
    orientation: Text, text, Orientation;
    ratio: Text, text, Ratio;
    images: List, list, Images;
    first_image: Text, text, FirstImage;
    last_image: Text, text, LastImage;
    reference_videos: List, list, ReferenceVideos;
    reference_audios: List, list, ReferenceAudios;
    aspect_ratio: Text, text, AspectRatio;
    reference_images: List, list, ReferenceImages;
    videos: List, list, Videos;
    audios: List, list, Audios;
    face_processing: Flag, copy, FaceProcessing;
    generate_audio: Flag, copy, GenerateAudio;
    reference_mode: Text, text, ReferenceMode;
}

fn text<'s, 'b>(given: &'s Text<'_>, text: &impl Fn(&'s str) -> Cow<'b, str>) -> Text<'b> {
    given.map(text, |value| text(value))
}

fn list<'s, 'b>(given: &'s List<'_>, text: &impl Fn(&'s str) -> Cow<'b, str>) -> List<'b> {
    given.map(text, |items| items.iter().map(|item| item.map(text)).collect())
}

fn copy<'s, 'b, T: Copy>(
    given: &'s Given<'_, T>,
    text: &impl Fn(&'s str) -> Cow<'b, str>,
) -> Given<'b, T> {
    given.map(text, |value| *value)
}

impl<'a> Fields<'a> {
    /// Fills the slots of the fields that `edition` has in addition to those of the first edition.
    pub fn read_by(&mut self, edition: Edition) {
        if self.others.is_empty() {
            return;
        }
        for info in shared_and_later().1 {
            self.set(info.field, Read::Absent);
            self.repeated &= !info.field.bit();
        }
        let mut others = mem::take(&mut self.others);
        for other in &mut others {
            other.field = edition.field(&other.name);
            if let Some(field) = other.field {
                self.set(field, other.read_as(field).into_owned());
                self.repeated |= if other.is_repeated { field.bit() } else { 0 };
            }
        }
        self.others = others;
    }

    /// The members that are not fields of the edition, each with its index in `others`.
    pub fn unknown(&self) -> impl Iterator<Item = (usize, &Unknown<'a>)> {
        let others = self.others.iter().enumerate();
        others.filter(|(_, other)| other.field.is_none())
    }

    /// Every field with its slot, in report order.
    pub fn each(&self) -> impl Iterator<Item = (Field, Slot<'_, 'a>)> {
        FIELDS.iter().map(|info| (info.field, self.slot(info.field)))
    }

    /// Whether the field holds a valid value: present, not blank and of the right type.
    pub fn has(&self, field: Field) -> bool {
        match self.slot(field) {
            Slot::Text(given) => given.value().is_some(),
            Slot::Whole(given) => given.value().is_some(),
            Slot::Flag(given) => given.value().is_some(),
            Slot::List(given) => given.value().is_some(),
        }
    }

    /// Whether the field is present, whatever its value.
    pub fn is_named(&self, field: Field) -> bool {
        match self.slot(field) {
            Slot::Text(given) => !matches!(given, Given::Absent),
            Slot::Whole(given) => !matches!(given, Given::Absent),
            Slot::Flag(given) => !matches!(given, Given::Absent),
            Slot::List(given) => !matches!(given, Given::Absent),
        }
    }

    /// The field's value, if it is of the wrong type.
    pub fn wrong(&self, field: Field) -> Option<&Wrong<'a>> {
        match self.slot(field) {
            Slot::Text(Given::Wrong(wrong))
            | Slot::Whole(Given::Wrong(wrong))
            | Slot::Flag(Given::Wrong(wrong))
            | Slot::List(Given::Wrong(wrong)) => Some(wrong),
            _ => None,
        }
    }

    /// The field's value, if it is a string that counts.
    pub fn text(&self, field: Field) -> Option<&str> {
        match self.slot(field) {
            Slot::Text(Given::Value(text)) => Some(text),
            _ => None,
        }
    }

    /// The items of the field's list; empty if the field holds no list.
    pub fn list(&self, field: Field) -> &[Item<'a>] {
        match self.slot(field) {
            Slot::List(Given::Value(items)) => items,
            _ => &[],
        }
    }

    /// The items of the field's list, mutable.
    pub fn list_mut(&mut self, field: Field) -> Option<&mut Vec<Item<'a>>> {
        match self.slot_mut(field) {
            SlotMut::List(Given::Value(items)) => Some(items),
            _ => None,
        }
    }

    /// How many items all lists have together.
    pub fn item_count(&self) -> usize {
        FIELDS.iter().map(|info| self.list(info.field).len()).sum()
    }

    /// The frame fields that have a value, the first frame before the last.
    pub fn frames(&self) -> &'static [Field] {
        match (self.first_image.value(), self.last_image.value()) {
            (Some(_), Some(_)) => &[Field::FirstImage, Field::LastImage],
            (Some(_), None) => &[Field::FirstImage],
            (None, Some(_)) => &[Field::LastImage],
            (None, None) => &[],
        }
    }

    /// Stores a decoded value in the field's slot, whatever the value's type.
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
                    Read::List(items) => Given::list(items),
                    other => Given::Wrong(other.into_wrong()),
                }
            }
            SlotMut::Flag(slot) => {
                *slot = match read {
                    Read::Absent => Given::Absent,
                    Read::Flag(flag) => Given::Value(flag),
                    other => Given::Wrong(other.into_wrong()),
                }
            }
            SlotMut::Text(slot) => {
                *slot = match read {
                    Read::Absent => Given::Absent,
                    // A blank prompt stays a value, because it has a rule of its own.
                    Read::Text(text) if field == Field::Prompt => Given::Value(text),
                    Read::Text(text) => Given::text(text),
                    other => Given::Wrong(other.into_wrong()),
                }
            }
        }
    }

    /// The same fields, with borrowed texts.
    pub fn lend(&self) -> Fields<'_> {
        self.map(&|text| Cow::Borrowed(text))
    }

    /// The same fields, with owned texts.
    pub fn to_owned_fields(&self) -> Fields<'static> {
        let normal = self.normal.as_deref();
        Fields {
            normal: normal.map(|text| Cow::Owned(text.into())),
            ..self.map(&|text| Cow::Owned(text.into()))
        }
    }
}

/// The fields that hold lists of URLs, under the names that every edition has.
pub(crate) const LISTS: [Field; 3] =
    [Field::Images, Field::ReferenceVideos, Field::ReferenceAudios];

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
