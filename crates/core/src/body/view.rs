//! The fields of a body as the rules read them: lent by a decoded body and by a typed request alike,
//! so that neither has to be made into the other.

use alloc::borrow::Cow;
use alloc::string::String;

use super::{Fields, Item, Kind, Slot, Unknown, Wrong, is_blank};
use crate::request::Request;
use crate::table::{FIELDS, Field, FieldInfo, Model, REQUIRED};

/// The top level of a body, lent.
#[derive(Debug, Clone, Copy)]
pub(crate) struct View<'v> {
    slots: [Lent<'v>; 11],
    /// The fields that hold something that counts, a bit each.
    held: u16,
    /// The fields that hold something that can stand in none: a blank, or a value of a wrong type.
    odd: u16,
    pub repeated: u16,
    pub unknown: &'v [Unknown<'v>],
}

/// What a known field holds, lent: a [`Slot`] whose list is at hand.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Lent<'v> {
    Absent,
    EmptyList,
    Blank,
    Whole(f64),
    Text(&'v str),
    List(List<'v>),
    Wrong(&'v Wrong<'v>),
}

/// The items of a list, lent.
#[derive(Debug, Clone, Copy)]
pub(crate) enum List<'v> {
    /// Those of a decoded body.
    Read(&'v [Item<'v>]),
    /// Those of a typed request.
    Typed(&'v [String]),
}

/// An item of a list, lent.
#[derive(Debug, Clone, Copy)]
pub(crate) enum LentItem<'v> {
    Blank,
    Url(&'v str),
    Wrong(Kind),
}

impl<'v> View<'v> {
    #[inline]
    pub fn of_request(request: &'v Request) -> Self {
        // In the order of `Field`.
        Self::new(
            [
                Lent::of_text(Field::Model, &request.model),
                Lent::of_text(Field::Prompt, &request.prompt),
                Lent::Whole(f64::from(request.duration)),
                Lent::of_choice(Field::Resolution, request.resolution.as_ref()),
                Lent::of_choice(Field::Orientation, request.orientation.as_ref()),
                Lent::of_choice(Field::Ratio, request.ratio.as_ref()),
                Lent::of_urls(&request.images),
                Lent::of_choice(Field::FirstImage, request.first_image.as_ref()),
                Lent::of_choice(Field::LastImage, request.last_image.as_ref()),
                Lent::of_urls(&request.reference_videos),
                Lent::of_urls(&request.reference_audios),
            ],
            0,
            &[],
        )
    }

    #[inline]
    pub(super) fn new(slots: [Lent<'v>; 11], repeated: u16, unknown: &'v [Unknown<'v>]) -> Self {
        let (mut held, mut odd, mut bit) = (0, 0, 1);
        for slot in &slots {
            match slot {
                Lent::Whole(_) | Lent::Text(_) | Lent::List(_) => held |= bit,
                Lent::Blank | Lent::Wrong(_) => odd |= bit,
                Lent::Absent | Lent::EmptyList => {}
            }
            bit <<= 1;
        }
        Self {
            slots,
            held,
            odd,
            repeated,
            unknown,
        }
    }

    pub fn slot(&self, field: Field) -> Lent<'v> {
        // The array has a slot for every variant of `Field`.
        self.slots[field as usize]
    }

    /// All fields with what they hold, in report order.
    pub fn each(&self) -> impl Iterator<Item = (&'static FieldInfo, &Lent<'v>)> {
        FIELDS.iter().zip(&self.slots)
    }

    /// Whether every field holds what it should, as nearly always: then nothing can be said about one alone.
    pub fn is_plain(&self) -> bool {
        self.odd == 0
            && self.held & REQUIRED == REQUIRED
            && !self.text(Field::Prompt).is_some_and(is_blank)
    }

    /// The string in a scalar field; `None` where it is absent, blank or of a wrong type.
    pub fn text(&self, field: Field) -> Option<&'v str> {
        match self.slot(field) {
            Lent::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The items of a list; none where it is absent or of a wrong type.
    pub fn list(&self, field: Field) -> List<'v> {
        match self.slot(field) {
            Lent::List(list) => list,
            _ => List::Read(&[]),
        }
    }

    /// The items of all lists together.
    pub fn item_count(&self) -> usize {
        self.slots
            .iter()
            .map(|slot| match slot {
                Lent::List(list) => list.len(),
                _ => 0,
            })
            .sum()
    }

    pub fn duration(&self) -> Option<f64> {
        match self.slot(Field::Duration) {
            Lent::Whole(seconds) => Some(seconds),
            _ => None,
        }
    }

    /// Whether the field holds something that counts.
    pub fn has(&self, field: Field) -> bool {
        self.held & field.bit() != 0
    }

    /// The frames that are there, first before last.
    pub fn frames(&self) -> impl Iterator<Item = Field> + '_ {
        [Field::FirstImage, Field::LastImage]
            .into_iter()
            .filter(|frame| self.has(*frame))
    }

    /// The same request on another model.
    pub fn with_model(&self, model: &'static Model) -> Self {
        let mut slots = self.slots;
        slots[Field::Model as usize] = Lent::Text(model.name);
        Self::new(slots, self.repeated & !Field::Model.bit(), self.unknown)
    }

    /// The known fields on borrowed strings, to be changed on trial.
    pub fn to_draft(self) -> Fields<'v> {
        self.to_fields(Cow::Borrowed)
    }

    pub fn to_owned_fields(self) -> Fields<'static> {
        let mut fields = self.to_fields(|text| Cow::Owned(text.into()));
        fields.unknown = self.unknown.iter().map(Unknown::to_owned_unknown).collect();
        fields
    }

    fn to_fields<'t>(self, text: impl Fn(&'v str) -> Cow<'t, str>) -> Fields<'t> {
        let mut fields = Fields {
            repeated: self.repeated,
            ..Fields::default()
        };
        for (info, slot) in self.each() {
            let slot = match *slot {
                Lent::Absent => Slot::Absent,
                Lent::EmptyList => Slot::EmptyList,
                Lent::Blank => Slot::Blank,
                Lent::Whole(seconds) => Slot::Whole(seconds),
                Lent::Text(own) => Slot::Text(text(own)),
                Lent::Wrong(Wrong::Number(number)) => Slot::Wrong(Wrong::Number(*number)),
                Lent::Wrong(Wrong::Other(kind)) => Slot::Wrong(Wrong::Other(*kind)),
                Lent::Wrong(Wrong::Text(own)) => Slot::Wrong(Wrong::Text(text(own))),
                Lent::List(list) => {
                    fields.set_list(
                        info.field,
                        list.iter().map(|item| match item {
                            LentItem::Blank => Item::Blank,
                            LentItem::Url(url) => Item::Url(text(url)),
                            LentItem::Wrong(kind) => Item::Wrong(kind),
                        }),
                    );
                    continue;
                }
            };
            fields.set(info.field, slot);
        }
        fields
    }
}

impl<'v> Lent<'v> {
    /// A string in the field `field`; a blank prompt is still one, with a rule of its own.
    pub fn of_text(field: Field, text: &'v str) -> Self {
        if field != Field::Prompt && is_blank(text) {
            Self::Blank
        } else {
            Self::Text(text)
        }
    }

    fn of_choice(field: Field, text: Option<&'v String>) -> Self {
        text.map_or(Self::Absent, |text| Self::of_text(field, text))
    }

    const fn of_urls(urls: &'v [String]) -> Self {
        if urls.is_empty() {
            Self::Absent
        } else {
            Self::List(List::Typed(urls))
        }
    }
}

impl<'v> List<'v> {
    pub const fn len(self) -> usize {
        match self {
            Self::Read(items) => items.len(),
            Self::Typed(urls) => urls.len(),
        }
    }

    pub fn get(self, index: usize) -> Option<LentItem<'v>> {
        match self {
            Self::Read(items) => items.get(index).map(|item| match item {
                Item::Blank => LentItem::Blank,
                Item::Url(url) => LentItem::Url(url),
                Item::Wrong(kind) => LentItem::Wrong(*kind),
            }),
            Self::Typed(urls) => urls.get(index).map(|url| match is_blank(url) {
                true => LentItem::Blank,
                false => LentItem::Url(url),
            }),
        }
    }

    pub fn iter(self) -> impl Iterator<Item = LentItem<'v>> {
        (0..self.len()).filter_map(move |index| self.get(index))
    }
}
