//! What a rule may look at.

use crate::body::Fields;
use crate::facts::Facts;
use crate::table::{Row, find_model};

/// What a rule may look at.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ask<'a> {
    pub fields: &'a Fields<'a>,
    pub facts: &'a Facts,
    /// The row of the table that the model selects.
    pub row: Option<Row>,
    /// Whether only rules and places are asked for: then nothing is put together that only a message needs.
    pub is_brief: bool,
}

impl<'a> Ask<'a> {
    pub fn new(fields: &'a Fields<'a>, facts: &'a Facts) -> Self {
        let row = fields.model.value().and_then(|name| find_model(name));
        Self {
            fields,
            facts,
            row,
            is_brief: false,
        }
    }

    pub const fn briefly(self) -> Self {
        Self {
            is_brief: true,
            ..self
        }
    }
}
