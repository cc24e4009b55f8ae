//! The top level of a body: one slot a field of the table, and what else stands there.

use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::mem;

use super::given::{Flag, Given, Item, List, Read, Text, Whole, Wrong};
use super::unknown::Unknown;
use crate::table::{Edition, FIELDS, Field, shared_and_later};

/// One row a field gives its slot, its type and what makes its value anew with other texts.
macro_rules! fields {
    ($($(#[$doc:meta])* $name:ident: $kind:ident, $map:ident, $field:ident;)*) => {
        /// The top level of a body.
        #[derive(Debug, Clone, Default)]
        pub(crate) struct Fields<'a> {
            $($(#[$doc])* pub $name: $kind<'a>,)*
            /// The fields that a text names more than once, a bit each.
            pub repeated: u32,
            /// What else stands there, as the first edition sees it: the fields of later ones stand here too.
            pub others: Vec<Unknown<'a>>,
            /// The text of the body, where that is the request to submit as it would be written.
            pub normal: Option<Cow<'a, str>>,
        }

        /// One field's slot, whatever its type.
        pub(crate) enum Slot<'f, 'a> {
            Text(&'f Text<'a>),
            Whole(&'f Whole<'a>),
            List(&'f List<'a>),
            Flag(&'f Flag<'a>),
        }

        /// The same, to be filled.
        pub(super) enum SlotMut<'f, 'a> {
            Text(&'f mut Text<'a>),
            Whole(&'f mut Whole<'a>),
            List(&'f mut List<'a>),
            Flag(&'f mut Flag<'a>),
        }

        impl<'a> Fields<'a> {
            /// The fields of a body that has none.
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

            /// The fields that hold a value that counts, a bit each, and whether anything else stands in one.
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

            /// The same fields with their texts made anew. Whoever changes them has another body.
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
    /// Whole seconds, as binary64 so that no integer is too large.
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
    /// Reads the fields that an edition has beside those of the first one.
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

    /// The fields that the edition does not have, each with its index.
    pub fn unknown(&self) -> impl Iterator<Item = (usize, &Unknown<'a>)> {
        let others = self.others.iter().enumerate();
        others.filter(|(_, other)| other.field.is_none())
    }

    /// Every field with what stands in it, in report order.
    pub fn each(&self) -> impl Iterator<Item = (Field, Slot<'_, 'a>)> {
        FIELDS.iter().map(|info| (info.field, self.slot(info.field)))
    }

    /// Whether the field holds a value that counts.
    pub fn has(&self, field: Field) -> bool {
        match self.slot(field) {
            Slot::Text(given) => given.value().is_some(),
            Slot::Whole(given) => given.value().is_some(),
            Slot::Flag(given) => given.value().is_some(),
            Slot::List(given) => given.value().is_some(),
        }
    }

    /// Whether the field is there at all, whatever stands in it.
    pub fn is_named(&self, field: Field) -> bool {
        match self.slot(field) {
            Slot::Text(given) => !matches!(given, Given::Absent),
            Slot::Whole(given) => !matches!(given, Given::Absent),
            Slot::Flag(given) => !matches!(given, Given::Absent),
            Slot::List(given) => !matches!(given, Given::Absent),
        }
    }

    /// The value of the wrong type that stands in the field.
    pub fn wrong(&self, field: Field) -> Option<&Wrong<'a>> {
        match self.slot(field) {
            Slot::Text(Given::Wrong(wrong))
            | Slot::Whole(Given::Wrong(wrong))
            | Slot::Flag(Given::Wrong(wrong))
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
        FIELDS.iter().map(|info| self.list(info.field).len()).sum()
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
                    // A blank prompt has a rule of its own.
                    Read::Text(text) if field == Field::Prompt => Given::Value(text),
                    Read::Text(text) => Given::text(text),
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
}

/// The fields that hold lists of URLs, under the names that every edition has.
pub(crate) const LISTS: [Field; 3] =
    [Field::Images, Field::ReferenceVideos, Field::ReferenceAudios];

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
