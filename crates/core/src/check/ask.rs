//! The input of the rules.

use super::place::Place;
use crate::body::{Fields, Item};
use crate::facts::Facts;
use crate::table::{ALIASES, Edition, Field, Row};

/// The input of the rules: what they may look at.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ask<'a> {
    pub edition: Edition,
    pub fields: &'a Fields<'a>,
    pub facts: &'a Facts,
    /// The table's row for the request's model; `None` if the table does not have the model.
    pub row: Option<Row>,
    /// The aliases whose value counts instead of the field's own, a bit each.
    pub(super) aliases: u32,
}

impl<'a> Ask<'a> {
    pub fn new(edition: Edition, fields: &'a Fields<'a>, facts: &'a Facts) -> Self {
        let row = fields.text(Field::Model).and_then(|name| edition.find_model(name));
        Self { edition, fields, facts, row, aliases: aliases(edition, fields, row) }
    }

    /// The input for a body without fields.
    pub const fn nothing(edition: Edition) -> Self {
        static NO_FIELDS: Fields<'static> = Fields::NONE;
        static NO_FACTS: Facts = Facts::NONE;
        Self { edition, fields: &NO_FIELDS, facts: &NO_FACTS, row: None, aliases: 0 }
    }

    /// The words that count as a ratio besides `W:H`.
    pub const fn ratio_words(&self) -> &'static [&'static str] {
        match (self.edition, self.row) {
            (Edition::V2026_09, None) => &["Adaptive", "adaptive"],
            (edition, _) => edition.ratio_words(),
        }
    }

    /// The field whose value counts for this one: the field itself or its alias.
    pub fn counting(&self, field: Field) -> Field {
        if self.aliases == 0 {
            return field;
        }
        let alias = field.alias().filter(|alias| self.aliases & alias.bit() != 0);
        alias.unwrap_or(field)
    }

    /// Whether the field, or its alias if that counts, has a value.
    pub fn has(&self, field: Field) -> bool {
        self.fields.has(self.counting(field))
    }

    /// The string in the field, or in its alias if that counts.
    pub fn text(&self, field: Field) -> Option<&'a str> {
        self.fields.text(self.counting(field))
    }

    /// The items in the field, or in its alias if that counts.
    pub fn list(&self, field: Field) -> &'a [Item<'a>] {
        self.fields.list(self.counting(field))
    }

    /// The place of the field, or of its alias if that counts.
    pub fn place(&self, field: Field) -> Place {
        Place::of(self.counting(field))
    }
}

/// The aliases that count, a bit each. An alias counts if the route takes it (any does without a route), if it has a value, and
/// if that value takes precedence over the field's own or the field has none.
fn aliases(edition: Edition, fields: &Fields<'_>, row: Option<Row>) -> u32 {
    let mut aliases = 0;
    if !edition.has_aliases() {
        return aliases;
    }
    for (field, alias) in ALIASES {
        let is_taken = row.is_none_or(|(route, _)| route.takes_extra(alias));
        let wins = match alias {
            Field::AspectRatio => true,
            Field::ReferenceImages => {
                row.is_some_and(|(route, _)| route.extras.value.prefers_reference_images)
            }
            _ => false,
        };
        if is_taken && fields.has(alias) && (wins || !fields.has(field)) {
            aliases |= alias.bit();
        }
    }
    aliases
}
