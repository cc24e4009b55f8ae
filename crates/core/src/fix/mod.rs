//! Fixes: candidates for each finding, and the proof that each holds.
//!
//! A candidate is offered only where, tried on the body, it removes its finding and adds no error.

mod candidates;
mod edit;

use alloc::borrow::Cow;
use alloc::vec::Vec;

use crate::Lang;
use crate::body::{LentItem, View};
use crate::check::{self, Draft, Found, Hit, Place, Row};
use crate::facts::Facts;
use crate::finding::Fix;
use crate::message;
use crate::table::{FIELDS, Field, OF_FINDINGS};
use edit::{Edit, Step};

/// The most list items that may be checked over again while the fixes of one report are tried:
/// plenty for any request that could be sent, and an end to what a hostile one can cost.
const MOST_ITEMS_TRIED: usize = 4_000_000;

/// Finds and proves the fixes of one body's findings.
pub(crate) struct Fixer<'f> {
    fields: View<'f>,
    facts: &'f Facts,
    row: Option<Row>,
    before: Tally,
    items_left: usize,
    lang: Lang,
}

/// The fixes of one finding, as they are found.
struct Mending<'m, 'f> {
    fixer: &'m mut Fixer<'f>,
    hit: &'m Hit,
    fixes: Vec<Fix>,
}

impl<'f> Fixer<'f> {
    pub fn new(fields: View<'f>, facts: &'f Facts, found: &Found, lang: Lang) -> Self {
        Self {
            fields,
            facts,
            row: found.row,
            before: Tally::of(&found.hits),
            items_left: MOST_ITEMS_TRIED,
            lang,
        }
    }

    /// The fixes of a finding that hold.
    pub fn fixes(&mut self, hit: &Hit) -> Vec<Fix> {
        let mut mending = Mending {
            fixer: self,
            hit,
            fixes: Vec::new(),
        };
        mending.try_all();
        mending.fixes
    }

    fn holds(&mut self, hit: &Hit, edits: &[Edit<'_>]) -> bool {
        if let [Edit { step, place, .. }] = edits {
            match (step, place.field()) {
                // An unknown field bears on no rule but its own.
                (Step::DropUnknown, _) => return true,
                // A list that keeps an item is as present as before, and every count only falls.
                (Step::DropItem, Some(field)) if self.fields.list(field).len() > 1 => return true,
                _ => {}
            }
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
        for edit in edits {
            edit::apply(&mut draft, self.fields, edit);
        }
        let hits = check::all(View(&draft.fields), &draft.facts, false).hits;
        let after = Tally::of(&hits);
        let renames = matches!(edits, [edit] if edit.step == Step::Rename);
        (renames || after.removes(hit, &self.before))
            && hits
                .iter()
                .all(|hit| !hit.is_error() || after.count(hit) <= self.before.count(hit))
    }
}

impl<'f> Mending<'_, 'f> {
    /// The string in a scalar field; an empty one where there is none.
    #[inline(never)]
    fn text(&self, field: Field) -> &'f str {
        self.fixer.fields.text(field).unwrap_or_default()
    }

    /// The string at a place.
    fn text_at(&self, place: Place) -> &'f str {
        match (place.field(), place.index()) {
            (Some(field), Some(index)) => match self.fixer.fields.list(field).get(index) {
                Some(LentItem::Url(url)) => url,
                _ => "",
            },
            (Some(field), None) => self.text(field),
            (None, _) => "",
        }
    }

    /// Offers some steps as a fix, where they hold.
    fn offer(&mut self, edits: &[Edit<'_>]) {
        if !self.fixer.holds(self.hit, edits) {
            return;
        }
        let Fixer { fields, lang, .. } = *self.fixer;
        let (text, params) = edit::label(fields, edits);
        let label = message::render(message::half(text, lang), &params, &[], lang);
        // Of one finding's fixes, those that read the same are the same.
        if self.fixes.iter().all(|other| other.label != label) {
            let patch = edit::patch(fields, edits);
            self.fixes.push(Fix { label, patch });
        }
    }
}

/// How often each rule fired, by field and for its items together, since indexes shift.
struct Tally(Vec<u32>);

impl Tally {
    fn of(hits: &[Hit]) -> Self {
        let mut counts = alloc::vec![0; OF_FINDINGS.len() * BUCKETS];
        for hit in hits {
            if let Some(count) = counts.get_mut(tallied_at(hit)) {
                *count += 1;
            }
        }
        Self(counts)
    }

    #[inline(never)]
    fn count(&self, hit: &Hit) -> u32 {
        self.0.get(tallied_at(hit)).copied().unwrap_or_default()
    }

    /// Whether the finding is gone; in a list, whether there is one fewer of its rule.
    fn removes(&self, hit: &Hit, before: &Self) -> bool {
        self.count(hit) + 1 == before.count(hit)
    }
}

/// The body, and each field with its items.
const BUCKETS: usize = 1 + 2 * FIELDS.len();

fn tallied_at(hit: &Hit) -> usize {
    let bucket = match hit.place.field() {
        Some(field) => 1 + 2 * field as usize + usize::from(hit.place.index().is_some()),
        None => 0,
    };
    hit.rule as usize * BUCKETS + bucket
}
