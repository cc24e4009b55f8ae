//! Fixes: candidates for each finding, and the proof that each holds.
//!
//! A candidate is offered only where, tried on the body, it removes its finding and adds no error.

mod candidates;
mod edit;

use alloc::borrow::Cow;
use alloc::vec::Vec;

use crate::Lang;
use crate::body::{LentItem, Slot, View};
use crate::check::{self, Counts, Draft, Found, Hit, Place, Row};
use crate::facts::Facts;
use crate::finding::Fix;
use crate::message;
use crate::table::Field;
use edit::{Edit, Step};

/// The most list items that may be checked over again while the fixes of one report are tried:
/// plenty for any request that could be sent, and an end to what a hostile one can cost.
const MOST_ITEMS_TRIED: usize = 4_000_000;

/// Finds and proves the fixes of one body's findings.
pub(crate) struct Fixer<'f> {
    fields: View<'f>,
    facts: &'f Facts,
    row: Option<Row>,
    counts: Counts,
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
            counts: Counts::of(&found.hits),
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
        let mut lists = Vec::new();
        for edit in edits {
            edit::splice(&mut lists, self.fields, edit);
        }
        let mut draft = Draft {
            fields: self.fields.to_draft(),
            facts: Cow::Borrowed(self.facts),
        };
        for edit in edits {
            edit::apply(&mut draft, self.fields, edit);
        }
        for (field, list) in &lists {
            draft.fields.set(*field, Slot::Lent(list.lent()));
        }
        self.counts.restart();
        check::count(View(&draft.fields), &draft.facts, &mut self.counts);
        let renames = matches!(edits, [edit] if edit.step == Step::Rename);
        (renames || self.counts.removes(hit)) && !self.counts.has_more_errors()
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
