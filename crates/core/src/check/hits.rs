//! Collects what the rules find, up to a limit.

use alloc::vec::Vec;

use super::ask::Ask;
use super::place::Place;
use crate::body::Fields;
use crate::table::{Cause, Field, Row, RuleId, Source};

/// The most findings that a report, a quote or a comparison's entry holds; further findings are only counted.
///
/// ```
/// use seedance_core::{Job, Lang, MAX_FINDINGS};
/// let body = format!(r#"{{"images": [{}5]}}"#, "5,".repeat(2_000));
/// let job = Job::new(body.as_str());
/// let report = job.check(Lang::En);
/// assert_eq!((report.findings.len(), report.omitted), (MAX_FINDINGS, 1_004));
/// ```
pub const MAX_FINDINGS: usize = 1_000;

/// A rule that fired: where, why, and the sources that it is based on.
#[derive(Debug)]
pub(crate) struct Hit<'a> {
    pub rule: RuleId,
    pub place: Place,
    pub cause: Cause<'a>,
    pub sources: &'static [Source],
}

/// Collects the hits of the rules.
#[derive(Debug)]
pub(crate) struct Hits<'a> {
    ask: Ask<'a>,
    /// The rule that new hits belong to.
    rule: RuleId,
    /// Hits that stop the price, kept apart from `others` so that neither kind crowds out the other.
    stopping: Capped<'a>,
    others: Capped<'a>,
    has_error: bool,
}

impl<'a> Hits<'a> {
    pub fn new(ask: Ask<'a>) -> Self {
        Self {
            ask,
            rule: RuleId::InvalidJson,
            stopping: Capped::default(),
            others: Capped::default(),
            has_error: false,
        }
    }

    /// Sets the rule that new hits belong to.
    pub const fn speak_for(&mut self, rule: RuleId) {
        self.rule = rule;
    }

    /// Adds a hit with the rule's own sources.
    pub fn add(&mut self, place: Place, cause: Cause<'a>) {
        self.add_by(place, cause, self.rule.sources(self.ask.edition));
    }

    /// Adds a hit with the sources of a table's cell.
    pub fn add_by(&mut self, place: Place, cause: Cause<'a>, sources: &'static [Source]) {
        // A field of the wrong type has no other finding at its path, except that it is repeated.
        let is_silent = !matches!(self.rule, RuleId::WrongType | RuleId::DuplicateField)
            && place.index().is_none()
            && place.field().is_some_and(|field| self.ask.fields.wrong(field).is_some());
        if is_silent {
            return;
        }
        let hit = Hit { rule: self.rule, place, cause, sources };
        self.has_error |= hit.is_error();
        if hit.stops_price(self.ask.row) {
            self.stopping.add(hit);
        } else {
            self.others.add(hit);
        }
    }

    /// Whether no hit is an error.
    pub const fn accepts(&self) -> bool {
        !self.has_error
    }

    /// Whether all hits were kept and fit into a report.
    pub fn is_whole(&self) -> bool {
        let kept = self.stopping.hits.len() + self.others.hits.len();
        self.stopping.dropped + self.others.dropped == 0 && kept <= MAX_FINDINGS
    }

    /// Whether a hit leaves the request without a price.
    pub const fn stops_price(&self) -> bool {
        !self.stopping.hits.is_empty()
    }

    /// Whether a hit at this place leaves the request without a price.
    pub fn stops_price_at(&self, place: Place) -> bool {
        self.stopping.hits.iter().any(|hit| hit.place == place)
    }

    /// The hits that were kept, in no particular order.
    pub fn each(&self) -> impl Iterator<Item = &Hit<'a>> {
        self.stopping.hits.iter().chain(&self.others.hits)
    }

    /// All hits, in report order.
    pub fn all(&self) -> Ordered<'_, 'a> {
        Ordered::of([&self.stopping, &self.others])
    }

    /// The hits that stop the price, in report order.
    pub fn stopping(&self) -> Ordered<'_, 'a> {
        Ordered::of([&self.stopping])
    }
}

/// Hits in report order, at most [`MAX_FINDINGS`].
#[derive(Debug)]
pub(crate) struct Ordered<'h, 'a> {
    pub hits: Vec<&'h Hit<'a>>,
    /// How many hits were left out.
    pub omitted: usize,
}

impl<'h, 'a> Ordered<'h, 'a> {
    fn of<const N: usize>(kinds: [&'h Capped<'a>; N]) -> Self {
        let mut hits: Vec<_> = kinds.iter().flat_map(|kind| &kind.hits).collect();
        sort(&mut hits);
        let kept = hits.len().min(MAX_FINDINGS);
        let dropped: usize = kinds.iter().map(|kind| kind.dropped).sum();
        let omitted = dropped + hits.len() - kept;
        hits.truncate(kept);
        Self { hits, omitted }
    }
}

/// Brings hits into report order; the one sort for both callers, which keeps the WebAssembly module small.
fn sort(hits: &mut [&Hit<'_>]) {
    hits.sort_unstable_by_key(|hit| hit.order());
}

/// A list of hits that keeps only the first ones in report order, so that a hostile body cannot fill the memory.
#[derive(Debug, Default)]
struct Capped<'a> {
    hits: Vec<Hit<'a>>,
    dropped: usize,
}

impl<'a> Capped<'a> {
    fn add(&mut self, hit: Hit<'a>) {
        // Sorting only when the list is full keeps the cost of a hit nearly constant.
        if self.hits.len() == 8 * MAX_FINDINGS {
            let mut ordered: Vec<_> = self.hits.iter().collect();
            sort(&mut ordered);
            if let Some(last) = ordered.get(MAX_FINDINGS - 1).map(|hit| hit.order()) {
                self.hits.retain(|hit| hit.order() <= last);
                self.dropped += 7 * MAX_FINDINGS;
            }
        }
        self.hits.push(hit);
    }
}

impl Hit<'_> {
    /// The sort key of report order. It is unique: no rule fires twice at one place.
    const fn order(&self) -> (Place, RuleId) {
        (self.place, self.rule)
    }

    pub fn is_error(&self) -> bool {
        self.rule.is_error()
    }

    /// Whether this hit leaves the request without a price.
    pub fn stops_price(&self, row: Option<Row>) -> bool {
        let bears_on_price = match self.place.field() {
            None => self.place == Place::Body,
            Some(Field::Model | Field::Duration) => true,
            Some(Field::Resolution) => row.is_some_and(|(_, model)| model.bills_resolution()),
            Some(Field::ReferenceVideos) => row.is_some_and(|(_, model)| model.bills_first_video),
            Some(_) => false,
        };
        self.is_error() && bears_on_price
    }

    /// The other fields that the finding is about.
    pub fn related(&self, fields: &Fields<'_>) -> &'static [Field] {
        match self.rule {
            RuleId::ImagesWithFrames
            | RuleId::FramePairIncomplete
            | RuleId::VideosWithFrames
            | RuleId::AudioWithFrames
            | RuleId::AudioWithFramesContested => fields.frames(),
            _ => &[],
        }
    }
}
