//! Runs the rules on a body. `rows` maps each rule to its function; the functions are grouped into a file for each kind of rule.

mod hits;
mod lists;
mod media;
mod rows;
mod shape;
pub(crate) mod url;
mod urls;
mod values;

#[cfg(test)]
mod tests;

use crate::body::{Body, Fields, Item, Root};
use crate::facts::Facts;
use crate::syntax::Syntax;
use crate::table::{ALIASES, Cause, Edition, Field, Row, RuleId};

pub use hits::MAX_FINDINGS;
pub(crate) use hits::{Hit, Hits, Ordered, Place};
use media::Video;
pub(crate) use values::is_ratio;

/// The input of the rules: what they may look at.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ask<'a> {
    pub edition: Edition,
    pub fields: &'a Fields<'a>,
    pub facts: &'a Facts,
    /// The table's row for the request's model; `None` if the table does not have the model.
    pub row: Option<Row>,
    /// The aliases whose value counts instead of the field's own, a bit each.
    aliases: u32,
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

/// What the rules looked at, and what they found.
#[derive(Debug)]
pub(crate) struct Found<'a> {
    pub ask: Ask<'a>,
    pub hits: Hits<'a>,
}

impl<'a> Ask<'a> {
    /// Runs every rule that can fire on these fields. The hits are in no particular order.
    pub fn found(self) -> Found<'a> {
        let mut hits = Hits::new(self);
        self.body_rules(&mut hits);
        self.url_rules(&mut hits);
        self.video_rules(&mut hits);
        Found { ask: self, hits }
    }

    fn body_rules(&self, hits: &mut Hits<'a>) {
        let there = rows::there(self);
        let lists: &[&[rows::Body]] = match self.edition {
            Edition::V2026_07 => &[rows::BODY],
            Edition::V2026_09 => &[rows::BODY, rows::LATER],
        };
        for list in lists {
            for (rule, looks_at, check) in *list {
                if looks_at & there != 0 {
                    hits.speak_for(*rule);
                    check(self, hits);
                }
            }
        }
    }

    /// Runs the rules on URLs. A URL is split and judged once for all of them.
    fn url_rules(&self, hits: &mut Hits<'a>) {
        self.each_link(|link| {
            for (rule, check) in rows::URL {
                hits.speak_for(*rule);
                check(self, link, hits);
            }
        });
    }

    fn video_rules(&self, hits: &mut Hits<'a>) {
        let field = self.counting(Field::ReferenceVideos);
        let videos = self.fields.list(field).iter().zip(self.facts.videos());
        for (index, (item, facts)) in videos.enumerate() {
            if let (Item::Url(_), Some(facts)) = (item, facts) {
                let video = Video { place: Place::item(field, index), facts };
                for (rule, check) in rows::VIDEO {
                    hits.speak_for(*rule);
                    check(self, &video, hits);
                }
            }
        }
    }
}

impl<'a> Found<'a> {
    /// Runs all rules on a body, and sorts the hits.
    pub fn of(edition: Edition, body: &'a Body<'_>, facts: &'a Facts) -> Self {
        let (rule, cause) = match &body.root {
            Root::Object(fields) => {
                let mut found = Ask::new(edition, fields, facts).found();
                found.hits.sort();
                return found;
            }
            Root::NotJson(Syntax { line, column, reason }) => {
                (RuleId::InvalidJson, Cause::NotJson { line: *line, column: *column, reason })
            }
            Root::NotObject(kind) => {
                (RuleId::BodyNotObject, Cause::NotObject { found: kind.name() })
            }
        };
        let ask = Ask::nothing(edition);
        let mut hits = Hits::new(ask);
        hits.speak_for(rule);
        hits.add(Place::Body, cause);
        Self { ask, hits }
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
