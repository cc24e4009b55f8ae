//! Where a finding points.

use alloc::string::{String, ToString};

use crate::body::{Fields, Item};
use crate::pointer;
use crate::table::{FIELDS, Field};

/// Where a finding points, as two numbers that sort in report order: known fields in the table's order, then unknown ones; each
/// field before its items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    field: usize,
    part: usize,
}

impl Place {
    pub const BODY: Self = Self { field: usize::MAX, part: 0 };

    pub const fn of(field: Field) -> Self {
        Self { field: field as usize, part: 0 }
    }

    /// An item of a list.
    pub const fn item(field: Field, index: usize) -> Self {
        Self { field: field as usize, part: index + 1 }
    }

    /// The unknown field with this index.
    pub const fn unknown(index: usize) -> Self {
        Self { field: FIELDS.len() + index, part: 0 }
    }

    /// A value inside an unknown field that JSON cannot hold: the index of the field, and of the value.
    pub const fn inside(index: usize, wrong: usize) -> Self {
        Self { field: FIELDS.len() + index, part: wrong + 1 }
    }

    /// The known field at this place or around it.
    pub fn field(self) -> Option<Field> {
        FIELDS.get(self.field).map(|info| info.field)
    }

    /// The string at this place.
    pub fn text<'s>(self, fields: &'s Fields<'_>) -> Option<&'s str> {
        match (self.field()?, self.index()) {
            (field, None) => fields.text(field),
            (field, Some(index)) => match fields.list(field).get(index)? {
                Item::Url(url) => Some(url),
                Item::Blank | Item::Wrong(_) => None,
            },
        }
    }

    /// The index of the item, or of the value inside an unknown field.
    pub const fn index(self) -> Option<usize> {
        self.part.checked_sub(1)
    }

    /// The index of the unknown field at this place or around it.
    pub fn unknown_index(self) -> Option<usize> {
        self.field.checked_sub(FIELDS.len()).filter(|_| self != Self::BODY)
    }

    /// The JSON Pointer to this place, in a body with these fields.
    pub fn pointer(self, fields: &Fields<'_>) -> String {
        let mut path = String::new();
        if let Some(field) = self.field() {
            pointer::push(&mut path, field.name());
            if let Some(index) = self.index() {
                pointer::push(&mut path, &index.to_string());
            }
        } else if let Some(unknown) = self.unknown_index().and_then(|it| fields.others.get(it)) {
            pointer::push(&mut path, &unknown.name);
            let wrong = self.index().and_then(|index| unknown.wrong.get(index));
            path.push_str(wrong.map_or("", String::as_str));
        }
        path
    }
}
