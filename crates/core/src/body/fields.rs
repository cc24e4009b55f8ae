//! The top level of a body: a slot for each field of the rule table, and all other members.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::vec::Vec;

use super::given::{Given, Item, Wrong};
use super::unknown::Unknown;
use crate::table::{FIELDS, Field};

/// The top level of a body.
#[derive(Debug, Clone)]
pub(crate) struct Fields<'a> {
    /// What each field holds, in the table's order.
    slots: [Given<'a>; FIELDS.len()],
    /// The fields that appear more than once, one bit each.
    pub repeated: u32,
    /// All members that are not fields of the first edition; the fields of later editions are here too.
    pub others: Vec<Unknown<'a>>,
    /// The text of the body, if it is exactly the text of the request to submit.
    pub normal: Option<Cow<'a, str>>,
}

impl<'a> Fields<'a> {
    /// The fields of an empty body.
    pub const NONE: Self = Self {
        slots: [const { Given::Absent }; FIELDS.len()],
        repeated: 0,
        others: Vec::new(),
        normal: None,
    };

    /// What the field holds.
    #[expect(clippy::indexing_slicing, reason = "one slot a field")]
    pub const fn slot(&self, field: Field) -> &Given<'a> {
        &self.slots[field as usize]
    }

    #[expect(clippy::indexing_slicing, reason = "one slot a field")]
    pub const fn slot_mut(&mut self, field: Field) -> &mut Given<'a> {
        &mut self.slots[field as usize]
    }

    /// Stores a value in a field, as [`Given::in_field`] sees it.
    pub fn set(&mut self, field: Field, given: Given<'a>) {
        *self.slot_mut(field) = given.in_field(field);
    }

    /// The members that are not fields of the edition, each with its index in `others`.
    pub fn unknown(&self) -> impl Iterator<Item = (usize, &Unknown<'a>)> {
        let others = self.others.iter().enumerate();
        others.filter(|(_, other)| other.field.is_none())
    }

    /// Every field with its slot, in report order.
    pub fn each(&self) -> impl Iterator<Item = (Field, &Given<'a>)> {
        FIELDS.iter().map(|info| info.field).zip(&self.slots)
    }

    /// The fields with a value that counts, one bit each, and whether any other field or an item of a list is blank or of the
    /// wrong type.
    pub fn there(&self) -> (u32, bool) {
        let (mut there, mut is_odd) = (0, false);
        for (index, given) in self.slots.iter().enumerate() {
            let bit = 1 << index;
            match given {
                Given::Absent => {}
                Given::Blank | Given::Wrong(_) => is_odd = true,
                Given::List(items) => {
                    there |= bit;
                    is_odd |= !items.iter().all(|item| item.url().is_some());
                }
                Given::Text(_) | Given::Number(_) | Given::Flag(_) => there |= bit,
            }
        }
        (there, is_odd)
    }

    /// Whether the field holds a value that counts: present, not blank and of the right type.
    pub const fn has(&self, field: Field) -> bool {
        self.slot(field).counts()
    }

    /// Whether the field is present, whatever its value.
    pub const fn is_named(&self, field: Field) -> bool {
        !matches!(self.slot(field), Given::Absent)
    }

    /// The field's value, if it is of the wrong type.
    pub const fn wrong(&self, field: Field) -> Option<&Wrong<'a>> {
        match self.slot(field) {
            Given::Wrong(wrong) => Some(wrong),
            _ => None,
        }
    }

    /// The field's value, if it is a string that counts.
    pub fn text(&self, field: Field) -> Option<&str> {
        self.slot(field).as_text()
    }

    /// The request's duration in seconds: a whole number.
    pub const fn duration(&self) -> Option<f64> {
        match self.slot(Field::Duration) {
            Given::Number(seconds) => Some(*seconds),
            _ => None,
        }
    }

    /// The items of the field's list; empty if the field holds no list.
    pub fn list(&self, field: Field) -> &[Item<'a>] {
        match self.slot(field) {
            Given::List(items) => items,
            _ => &[],
        }
    }

    /// The items of the field's list, mutable.
    pub const fn list_mut(&mut self, field: Field) -> Option<&mut Vec<Item<'a>>> {
        match self.slot_mut(field) {
            Given::List(items) => Some(items),
            _ => None,
        }
    }

    /// How many items all lists have together.
    pub fn item_count(&self) -> usize {
        FIELDS.iter().map(|info| self.list(info.field).len()).sum()
    }

    /// The frame fields that have a value, the first frame before the last.
    pub const fn frames(&self) -> &'static [Field] {
        match (self.has(Field::FirstImage), self.has(Field::LastImage)) {
            (true, true) => &[Field::FirstImage, Field::LastImage],
            (true, false) => &[Field::FirstImage],
            (false, true) => &[Field::LastImage],
            (false, false) => &[],
        }
    }

    /// The same fields, with borrowed texts.
    pub fn lend(&self) -> Fields<'_> {
        self.map(&|text| Cow::Borrowed(text))
    }

    /// The same fields, with owned texts.
    pub fn to_owned_fields(&self) -> Box<Fields<'static>> {
        let normal = self.normal.as_deref();
        Box::new(Fields {
            normal: normal.map(|text| Cow::Owned(text.into())),
            ..self.map(&|text| Cow::Owned(text.into()))
        })
    }

    /// The same fields with all texts mapped. `normal` is dropped, since the fields may be changed afterwards.
    fn map<'s, 'b>(&'s self, text: &impl Fn(&'s str) -> Cow<'b, str>) -> Fields<'b> {
        Fields {
            slots: self.slots.each_ref().map(|given| given.map(text)),
            repeated: self.repeated,
            others: self.others.iter().map(|other| other.map(text)).collect(),
            normal: None,
        }
    }
}

/// The fields that hold lists of URLs, under the names that every edition has.
pub(crate) const LISTS: [Field; 3] =
    [Field::Images, Field::ReferenceVideos, Field::ReferenceAudios];
