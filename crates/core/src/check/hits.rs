//! What the rules find, up to a limit.

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
    /// What the rules look at.
    pub ask: Ask<'a>,
    /// The rule that new hits belong to.
    rule: RuleId,
    /// Of many hits only the first ones in report order, so that a hostile body cannot fill the memory.
    kept: Vec<Hit<'a>>,
    /// How many hits there were.
    count: usize,
    /// How many of them stop the price.
    stopping: usize,
    has_error: bool,
}

/// Hits in report order, at most [`MAX_FINDINGS`].
#[derive(Debug)]
pub(crate) struct Ordered<'h, 'a> {
    pub hits: Vec<&'h Hit<'a>>,
    /// How many hits were left out.
    pub omitted: usize,
}

impl<'a> Hits<'a> {
    pub const fn new(ask: Ask<'a>) -> Self {
        let rule = RuleId::InvalidJson;
        Self { ask, rule, kept: Vec::new(), count: 0, stopping: 0, has_error: false }
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
        // Making room only now and then keeps the cost of a hit nearly constant.
        if self.kept.len() >= 8 * MAX_FINDINGS {
            self.make_room();
        }
        let hit = Hit { rule: self.rule, place, cause, sources };
        self.has_error |= hit.is_error();
        self.count += 1;
        self.stopping += usize::from(hit.stops_price(self.ask.row));
        self.kept.push(hit);
    }

    /// Keeps what a report or a quote could hold: the first hits, and the first ones that stop the price.
    fn make_room(&mut self) {
        self.sort();
        let (row, mut count, mut stopping) = (self.ask.row, 0, 0);
        self.kept.retain(|hit| {
            let stops_price = hit.stops_price(row);
            count += 1;
            stopping += usize::from(stops_price);
            count <= MAX_FINDINGS || stops_price && stopping <= MAX_FINDINGS
        });
    }

    /// Brings the hits into report order.
    pub fn sort(&mut self) {
        // The key is unique: no rule fires twice at one place.
        self.kept.sort_unstable_by_key(|hit| (hit.place, hit.rule));
    }

    /// Whether no hit is an error.
    pub const fn accepts(&self) -> bool {
        !self.has_error
    }

    /// Whether all hits fit into a report.
    pub const fn is_whole(&self) -> bool {
        self.count <= MAX_FINDINGS
    }

    /// Whether a hit leaves the request without a price.
    pub const fn stops_price(&self) -> bool {
        self.stopping > 0
    }

    /// Whether a hit at this place leaves the request without a price.
    pub fn stops_price_at(&self, place: Place) -> bool {
        self.each_stopping().any(|hit| hit.place == place)
    }

    /// The hits that were kept.
    pub fn each(&self) -> impl Iterator<Item = &Hit<'a>> {
        self.kept.iter()
    }

    fn each_stopping(&self) -> impl Iterator<Item = &Hit<'a>> {
        self.kept.iter().filter(|hit| hit.stops_price(self.ask.row))
    }

    /// All hits, once they were sorted.
    pub fn all(&self) -> Ordered<'_, 'a> {
        Ordered::of(self.each(), self.count)
    }

    /// The hits that stop the price, once they were sorted.
    pub fn stopping(&self) -> Ordered<'_, 'a> {
        Ordered::of(self.each_stopping(), self.stopping)
    }
}

impl<'h, 'a> Ordered<'h, 'a> {
    fn of(sorted: impl Iterator<Item = &'h Hit<'a>>, count: usize) -> Self {
        let hits: Vec<_> = sorted.take(MAX_FINDINGS).collect();
        Self { omitted: count - hits.len(), hits }
    }
}

impl Hit<'_> {
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
