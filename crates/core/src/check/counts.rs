//! How often each rule fires, before a change and after it.

use alloc::vec::Vec;

use super::{Hit, Place};
use crate::table::{FIELDS, OF_FINDINGS, RuleId};

/// The hits of a body, and those of a draft of it while a fix is tried: each rule by field, and for a list's items together, since
/// their indexes shift.
pub(crate) struct Counts {
    before: Vec<u32>,
    after: Vec<u32>,
    has_more_errors: bool,
}

impl Counts {
    pub fn of(hits: &[Hit]) -> Self {
        let none = alloc::vec![0; OF_FINDINGS.len() * BUCKETS];
        let mut counts = Self {
            before: none.clone(),
            after: none,
            has_more_errors: false,
        };
        for hit in hits {
            counts.note(hit.rule, hit.place);
        }
        core::mem::swap(&mut counts.before, &mut counts.after);
        counts
    }

    /// Begins with another draft.
    pub fn restart(&mut self) {
        self.after.fill(0);
        self.has_more_errors = false;
    }

    /// A hit on the draft.
    pub fn note(&mut self, rule: RuleId, place: Place) {
        let slot = slot(rule, place);
        if let (Some(before), Some(after)) = (self.before.get(slot), self.after.get_mut(slot)) {
            *after += 1;
            self.has_more_errors |= *after > *before && rule.is_error();
        }
    }

    /// Whether there are more errors of any rule than before.
    pub const fn has_more_errors(&self) -> bool {
        self.has_more_errors
    }

    /// Whether the finding is gone; in a list, whether there is one fewer of its rule.
    pub fn removes(&self, hit: &Hit) -> bool {
        let slot = slot(hit.rule, hit.place);
        let of = |counts: &[u32]| counts.get(slot).copied().unwrap_or_default();
        of(&self.after) + 1 == of(&self.before)
    }
}

/// The body, and each field with its items.
const BUCKETS: usize = 1 + 2 * FIELDS.len();

fn slot(rule: RuleId, place: Place) -> usize {
    let bucket = match place.field() {
        Some(field) => 1 + 2 * field as usize + usize::from(place.index().is_some()),
        None => 0,
    };
    rule as usize * BUCKETS + bucket
}
