//! Fixes: candidates for each finding, and the proof that each holds.
//!
//! A candidate is offered only where, tried on the body, it removes its finding and adds no error.

mod candidates;
mod edit;

use alloc::borrow::Cow;
use alloc::vec::Vec;

use crate::Lang;
use crate::body::View;
use crate::check::{self, Draft, Hit, Place};
use crate::facts::Facts;
use crate::finding::{Fix, Params};
use crate::message;
use crate::table::{Field, RuleId, Text};
use edit::Edit;

/// The most list items that may be checked over again while the fixes of one report are tried:
/// plenty for any request that could be sent, and an end to what a hostile one can cost.
const MOST_ITEMS_TRIED: usize = 4_000_000;

/// Finds and proves the fixes of one body's findings.
pub(crate) struct Fixer<'f> {
    fields: View<'f>,
    facts: &'f Facts,
    before: Tally,
    items_left: usize,
    lang: Lang,
}

/// A way to mend a finding that is yet to be proved.
struct Candidate<'f> {
    label: Text,
    params: Params,
    edits: Vec<Edit<'f>>,
}

impl<'f> Fixer<'f> {
    pub fn new(fields: View<'f>, facts: &'f Facts, hits: &[Hit], lang: Lang) -> Self {
        Self {
            fields,
            facts,
            before: Tally::of(hits),
            items_left: MOST_ITEMS_TRIED,
            lang,
        }
    }

    /// The fixes of a finding that hold.
    pub fn fixes(&mut self, hit: &Hit) -> Vec<Fix> {
        let mut fixes: Vec<Fix> = Vec::new();
        for candidate in candidates::of(self.fields, self.facts, hit) {
            if self.holds(hit, &candidate.edits) {
                let patch = edit::patch(self.fields, &candidate.edits);
                if fixes.iter().all(|other| other.patch != patch) {
                    let label = message::render(
                        candidate.label.get(self.lang),
                        &candidate.params,
                        self.lang,
                    );
                    fixes.push(Fix { label, patch });
                }
            }
        }
        fixes
    }

    fn holds(&mut self, hit: &Hit, edits: &[Edit<'_>]) -> bool {
        match edits {
            // An unknown field bears on no rule but its own.
            [Edit::DropUnknown(_)] => return true,
            // A list that keeps an item is as present as before, and every count only falls.
            [Edit::DropItem(field, _)] if self.fields.list(*field).len() > 1 => return true,
            _ => {}
        }
        let cost = 1 + self.fields.item_count();
        let Some(items_left) = self.items_left.checked_sub(cost) else {
            return false;
        };
        self.items_left = items_left;
        let mut draft = Draft {
            fields: self.fields.to_draft(),
            facts: Cow::Borrowed(self.facts),
        };
        edit::apply(&mut draft, self.fields, edits);
        let after = Tally::of(&check::all(View(&draft.fields), &draft.facts, false).hits);
        let renames = edits.iter().any(|edit| matches!(edit, Edit::Rename(..)));
        (renames || after.removes(hit, &self.before)) && after.adds_no_error(&self.before)
    }
}

/// How often each rule fired, by field and for its items together, since indexes shift.
struct Tally(Vec<((RuleId, Bucket), usize)>);

type Bucket = (Option<Field>, bool);

impl Tally {
    fn of(hits: &[Hit]) -> Self {
        let mut counts: Vec<((RuleId, Bucket), usize)> = Vec::new();
        for hit in hits {
            let key = (hit.rule, bucket(hit.place));
            match counts.iter_mut().find(|(counted, _)| *counted == key) {
                Some((_, count)) => *count += 1,
                None => counts.push((key, 1)),
            }
        }
        Self(counts)
    }

    fn count(&self, key: (RuleId, Bucket)) -> usize {
        let counted = self.0.iter().find(|(counted, _)| *counted == key);
        counted.map_or(0, |(_, count)| *count)
    }

    /// Whether the finding is gone; in a list, whether there is one fewer of its rule.
    fn removes(&self, hit: &Hit, before: &Self) -> bool {
        let key = (hit.rule, bucket(hit.place));
        self.count(key) + 1 == before.count(key)
    }

    fn adds_no_error(&self, before: &Self) -> bool {
        self.0
            .iter()
            .filter(|((rule, _), _)| rule.is_error())
            .all(|(key, count)| *count <= before.count(*key))
    }
}

const fn bucket(place: Place) -> Bucket {
    match place {
        Place::Field(field) => (Some(field), false),
        Place::Item(field, _) => (Some(field), true),
        Place::Body | Place::Unknown(_) | Place::Inside(..) => (None, false),
    }
}
