//! What a rule may look at.

use super::place::Place;
use crate::body::{Fields, Item};
use crate::facts::Facts;
use crate::table::{ALIASES, Edition, Field, Row};

/// What a rule may look at.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ask<'a> {
    pub edition: Edition,
    pub fields: &'a Fields<'a>,
    pub facts: &'a Facts,
    /// The row of the table that the model selects.
    pub row: Option<Row>,
    /// The other names of fields that count in the place of those, a bit each.
    pub(super) aliases: u32,
    /// Whether only rules and places are asked for: then nothing is put together that only a message needs.
    pub is_brief: bool,
}

impl<'a> Ask<'a> {
    pub fn new(edition: Edition, fields: &'a Fields<'a>, facts: &'a Facts) -> Self {
        let row = fields.model.value().and_then(|name| edition.find_model(name));
        Self {
            edition,
            fields,
            facts,
            row,
            aliases: aliases(edition, fields, row),
            is_brief: false,
        }
    }

    /// Nothing to look at.
    pub const fn nothing(edition: Edition) -> Self {
        static NO_FIELDS: Fields<'static> = Fields::NONE;
        static NO_FACTS: Facts = Facts::NONE;
        Self {
            edition,
            fields: &NO_FIELDS,
            facts: &NO_FACTS,
            row: None,
            aliases: 0,
            is_brief: false,
        }
    }

    /// The words that pass for a ratio beside those that a route lists.
    pub const fn ratio_words(&self) -> &'static [&'static str] {
        match (self.edition, self.row) {
            (Edition::V2026_09, None) => &["Adaptive", "adaptive"],
            (edition, _) => edition.ratio_words(),
        }
    }

    /// The field that counts as this one: itself, or the same under its other name.
    pub fn counting(&self, field: Field) -> Field {
        if self.aliases == 0 {
            return field;
        }
        let alias = field.alias().filter(|alias| self.aliases & alias.bit() != 0);
        alias.unwrap_or(field)
    }

    /// Whether a value counts as this field's.
    pub fn has(&self, field: Field) -> bool {
        self.fields.has(self.counting(field))
    }

    /// The string that counts as this field's.
    pub fn text(&self, field: Field) -> Option<&'a str> {
        self.fields.text(self.counting(field))
    }

    /// The items that count as this field's.
    pub fn list(&self, field: Field) -> &'a [Item<'a>] {
        self.fields.list(self.counting(field))
    }

    /// Where what counts as this field's stands.
    pub fn place(&self, field: Field) -> Place {
        Place::of(self.counting(field))
    }

    pub const fn briefly(self) -> Self {
        Self { is_brief: true, ..self }
    }
}

/// Which other names of fields count: on a route that takes them, or without a route, those of which the value wins over the field's
/// own.
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
