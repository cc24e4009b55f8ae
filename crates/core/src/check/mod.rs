//! Runs the rules on a body. `rows` maps each rule to its function; the functions are grouped into a file for each kind of rule.

mod ask;
mod hits;
mod lists;
mod media;
mod place;
mod rows;
mod shape;
pub(crate) mod url;
mod urls;
mod values;

#[cfg(test)]
mod tests;

use crate::body::{Body, Item, Root};
use crate::facts::Facts;
use crate::syntax::Syntax;
use crate::table::{Cause, Edition, Field, RuleId};

pub(crate) use ask::Ask;
pub use hits::MAX_FINDINGS;
pub(crate) use hits::{Hit, Hits, Ordered};
use media::Video;
pub(crate) use place::Place;
pub(crate) use values::is_ratio;

impl<'a> Ask<'a> {
    /// Runs every rule that can fire on these fields. The hits are in no particular order.
    pub fn run(self) -> Hits<'a> {
        let mut hits = Hits::new(self);
        self.body_rules(&mut hits);
        self.url_rules(&mut hits);
        self.video_rules(&mut hits);
        hits
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
        for (index, item) in self.fields.list(field).iter().enumerate() {
            let facts = self.facts.of(field, index);
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

impl<'a> Hits<'a> {
    /// Runs all rules on a body, and sorts the hits.
    pub fn of(edition: Edition, body: &'a Body<'_>, facts: &'a Facts) -> Self {
        let (rule, cause) = match &body.root {
            Root::Object(fields) => {
                let mut hits = Ask::new(edition, fields, facts).run();
                hits.sort();
                return hits;
            }
            Root::NotJson(Syntax { line, column, reason }) => {
                (RuleId::InvalidJson, Cause::NotJson { line: *line, column: *column, reason })
            }
            Root::NotObject(kind) => {
                (RuleId::BodyNotObject, Cause::NotObject { found: kind.name() })
            }
        };
        let mut hits = Self::new(Ask::nothing(edition));
        hits.speak_for(rule);
        hits.add(Place::Body, cause);
        hits
    }
}
