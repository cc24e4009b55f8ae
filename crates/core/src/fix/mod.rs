//! Fixes: candidates for each finding as JSON Patches, and the proof that each holds.
//!
//! A candidate is offered only if applying this very patch to the body removes its finding and adds no error.

mod candidates;
mod link;
mod patch;

pub(crate) use patch::apply;

use alloc::string::String;
use alloc::vec::Vec;

use crate::Lang;
use crate::check::{Ask, Hit, Hits};
use crate::finding::{Fix, PatchOp};
use crate::table::{Field, RuleId, Text};
use crate::template::render;

/// The most list items that may be checked again, in total, while the fixes of one report are tried: plenty for any request that
/// could be sent, and a bound on what a hostile one can cost.
const MOST_ITEMS_TRIED: usize = 4_000_000;

/// Finds and proves the fixes of one body's findings.
pub(crate) struct Fixer<'f> {
    ask: Ask<'f>,
    before: Tally,
    items_left: usize,
    lang: Lang,
}

impl<'f> Fixer<'f> {
    pub fn new(found: &Hits<'f>, lang: Lang) -> Self {
        // Nothing can be proved if some findings were left out.
        let items_left = if found.is_whole() { MOST_ITEMS_TRIED } else { 0 };
        Self { ask: found.ask, before: Tally::of(found), items_left, lang }
    }

    /// The proven fixes of a finding.
    pub fn fixes(&mut self, hit: &Hit<'_>) -> Vec<Fix> {
        let (ask, lang) = (self.ask, self.lang);
        let mut mending = Mending { fixer: self, ask, lang, hit, fixes: Vec::new() };
        mending.try_all();
        mending.fixes
    }

    /// Whether applying the patch removes the finding and adds no error.
    fn proves(&mut self, hit: &Hit<'_>, patch: &[PatchOp]) -> bool {
        let cost = 1 + self.ask.fields.item_count();
        let Some(items_left) = self.items_left.checked_sub(cost) else {
            return false;
        };
        self.items_left = items_left;
        let Some(draft) = patch::apply(self.ask, patch) else {
            return false;
        };
        let found = Ask::new(self.ask.edition, &draft.fields, &draft.facts).run();
        let after = Tally::of(&found);
        let kind = Kind::of(hit);
        found.is_whole()
            && after.count(kind) < self.before.count(kind)
            && !after.has_more_errors_than(&self.before)
    }
}

/// What hits are counted by: the rule and the field. The items of a list count together, since their indexes shift.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Kind {
    rule: RuleId,
    field: Option<Field>,
    is_item: bool,
}

impl Kind {
    fn of(hit: &Hit<'_>) -> Self {
        let field = hit.place.field();
        let is_item = field.is_some() && hit.place.index().is_some();
        Self { rule: hit.rule, field, is_item }
    }
}

/// The kinds of all hits, sorted.
struct Tally(Vec<Kind>);

impl Tally {
    fn of(found: &Hits<'_>) -> Self {
        let mut kinds: Vec<_> = found.each().map(Kind::of).collect();
        kinds.sort_unstable();
        Self(kinds)
    }

    fn count(&self, kind: Kind) -> usize {
        let end = self.0.partition_point(|it| *it <= kind);
        end - self.0.partition_point(|it| *it < kind)
    }

    fn has_more_errors_than(&self, other: &Self) -> bool {
        let mut kinds = self.0.iter().filter(|kind| kind.rule.is_error());
        kinds.any(|kind| self.count(*kind) > other.count(*kind))
    }
}

/// Gathers the fixes of one finding.
struct Mending<'m, 'f> {
    fixer: &'m mut Fixer<'f>,
    ask: Ask<'f>,
    lang: Lang,
    hit: &'m Hit<'m>,
    fixes: Vec<Fix>,
}

impl Mending<'_, '_> {
    /// Adds a patch as a fix if it is proven. The label is a template, filled in with the values.
    fn offer(&mut self, label: Text, values: &[(&str, String)], patch: Vec<PatchOp>) {
        let value_of = |name: &str| {
            let mut values = values.iter();
            values.find(|(known, _)| *known == name).map(|(_, value)| value.clone())
        };
        let label = render(label.get(self.lang), &value_of);
        // Two fixes of one finding with the same label are the same.
        let is_new = self.fixes.iter().all(|other| other.label != label);
        if is_new && self.fixer.proves(self.hit, &patch) {
            self.fixes.push(Fix { label, patch });
        }
    }
}
