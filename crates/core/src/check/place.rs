//! Where a finding points.

use alloc::string::{String, ToString};

use crate::body::Fields;
use crate::pointer;
use crate::table::Field;

/// Where a finding points. Places sort in report order: known fields in the table's order, then unknown ones, each before what
/// is inside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    /// A known field, or the item of its list with this index.
    Known(Field, Option<usize>),
    /// The unknown field with this index in [`Fields::others`], or one of its `wrong` values, by index.
    Unknown(usize, Option<usize>),
    /// The body as a whole.
    Body,
}

impl Place {
    pub const fn of(field: Field) -> Self {
        Self::Known(field, None)
    }

    /// An item of a list.
    pub const fn item(field: Field, index: usize) -> Self {
        Self::Known(field, Some(index))
    }

    /// The known field at this place or around it.
    pub const fn field(self) -> Option<Field> {
        match self {
            Self::Known(field, _) => Some(field),
            Self::Unknown(..) | Self::Body => None,
        }
    }

    /// The index of the item, or of the value inside an unknown field.
    pub const fn index(self) -> Option<usize> {
        match self {
            Self::Known(_, index) | Self::Unknown(_, index) => index,
            Self::Body => None,
        }
    }

    /// The string at this place.
    pub fn text<'s>(self, fields: &'s Fields<'_>) -> Option<&'s str> {
        match (self.field()?, self.index()) {
            (field, None) => fields.text(field),
            (field, Some(index)) => fields.list(field).get(index)?.url(),
        }
    }

    /// The JSON Pointer to this place, in a body with these fields.
    pub fn pointer(self, fields: &Fields<'_>) -> String {
        let mut path = String::new();
        match self {
            Self::Known(field, index) => {
                pointer::push(&mut path, field.name());
                if let Some(index) = index {
                    pointer::push(&mut path, &index.to_string());
                }
            }
            Self::Unknown(index, wrong) => {
                if let Some(unknown) = fields.others.get(index) {
                    pointer::push(&mut path, &unknown.name);
                    let wrong = wrong.and_then(|index| unknown.wrong.get(index));
                    path.push_str(wrong.map_or("", String::as_str));
                }
            }
            Self::Body => {}
        }
        path
    }
}
