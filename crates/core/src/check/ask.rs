//! What a rule may look at.

use crate::body::Fields;
use crate::facts::Facts;
use crate::table::{Edition, Row};

/// What a rule may look at.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ask<'a> {
    pub edition: Edition,
    pub fields: &'a Fields<'a>,
    pub facts: &'a Facts,
    /// The row of the table that the model selects.
    pub row: Option<Row>,
    /// Whether only rules and places are asked for: then nothing is put together that only a message needs.
    pub is_brief: bool,
}

impl<'a> Ask<'a> {
    pub fn new(edition: Edition, fields: &'a Fields<'a>, facts: &'a Facts) -> Self {
        let row = fields
            .model
            .value()
            .and_then(|name| edition.find_model(name));
        Self {
            edition,
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
