//! A job: a request and what is known about its media, to be checked, priced and compared.

use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use serde_json::value::RawValue;

use crate::Lang;
use crate::body::{Body, Root, Unknown};
use crate::book::PriceBook;
use crate::check::{Ask, Hit, Hits};
use crate::compare::{Candidate, candidates};
use crate::facts::{Facts, FactsError};
use crate::finding::Fix;
use crate::fix;
use crate::quote::{self, Quote};
use crate::report::Report;
use crate::table::{Edition, Field, RuleId};

/// A request and what is known about its media.
///
/// ```
/// use seedance_core::{Facts, Job, Lang, PriceBook, Quote};
///
/// let job = Job::new(
///     r#"{
///         "model": "seedance2.0-mini-video",
///         "prompt": "match the motion of the clip",
///         "duration": 8,
///         "reference_videos": ["https://example.com/motion.mp4"]
///     }"#,
/// )
/// .with_facts(Facts::from_slice(br#"{"reference_videos": [{"seconds": 3.2}]}"#)?)?;
/// assert!(job.check(Lang::En).accepted);
///
/// let book = PriceBook::from_slice(
///     br#"{"currency": "USD", "prices": {"seedance2.0-mini-720p-video": "0.05"}}"#,
/// )?;
/// let Quote::Exact(quote) = job.quote(&book, Lang::En) else { panic!("the length is known") };
/// assert_eq!((quote.quantity(), quote.amount().to_string().as_str()), (11, "0.55"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Job<'a> {
    edition: Edition,
    body: Body<'a>,
    facts: Facts,
}

impl<'a> Job<'a> {
    /// A job for a request without media facts, checked against the default edition.
    ///
    /// Accepts JSON text or bytes, a `serde_json::Value`, a [`Request`](crate::Request) or a [`Body`]. Borrowed input is copied
    /// only where necessary; owned input makes a job that borrows nothing.
    #[must_use]
    pub fn new(body: impl Into<Body<'a>>) -> Self {
        Self { edition: Edition::default(), body: body.into(), facts: Facts::default() }
    }

    /// Selects the edition of the rules. Call this before adding facts: the edition decides which lists they are counted against.
    ///
    /// ```
    /// use seedance_core::{Edition, Job, Lang};
    /// let job = Job::new(r#"{"model": "seedance2.0-md", "prompt": "a fox", "duration": 5}"#).edition(Edition::LATEST);
    /// assert_eq!(job.check(Lang::En).edition, Edition::LATEST);
    /// ```
    #[must_use]
    pub fn edition(mut self, edition: Edition) -> Self {
        self.edition = edition;
        if let Some(fields) = self.body.fields_mut() {
            fields.read_by(edition);
        }
        self
    }

    /// Sets the facts measured on the reference videos and audios. They are ignored if the body is not a JSON object.
    ///
    /// # Errors
    /// If the facts have more entries for a list than the list has items.
    pub fn with_facts(mut self, facts: Facts) -> Result<Self, FactsError> {
        self.add_facts(facts)?;
        Ok(self)
    }

    /// Like [`Job::with_facts`], but in place.
    ///
    /// # Errors
    /// As for [`Job::with_facts`]; on an error the job stays as it was.
    pub fn add_facts(&mut self, facts: Facts) -> Result<(), FactsError> {
        if let Some(fields) = self.body.fields() {
            let ask = Ask::new(self.edition, fields, &self.facts);
            let count = |list| ask.list(list).len();
            facts.check_count(count(Field::ReferenceVideos), count(Field::ReferenceAudios))?;
            self.facts = facts;
        }
        Ok(())
    }

    /// Removes the member `id` from the request and returns its JSON text. Lines of a batch may carry one, a string or a number;
    /// any other `id`, or a repeated one, stays in the request as an unknown field.
    ///
    /// ```
    /// use seedance_core::{Job, Lang};
    /// let mut job = Job::new(r#"{"id": "a-1", "model": "seedance2.0-mini", "prompt": "a fox", "duration": 5}"#);
    /// assert_eq!(job.take_id().unwrap().get(), "\"a-1\"");
    /// assert!(job.check(Lang::En).findings.is_empty());
    /// ```
    pub fn take_id(&mut self) -> Option<Box<RawValue>> {
        let fields = self.body.fields_mut()?;
        let is_id = |unknown: &Unknown<'_>| {
            let first = unknown.value.bytes().next();
            unknown.name == "id"
                && !unknown.is_repeated
                && matches!(first, Some(b'"' | b'-' | b'0'..=b'9'))
        };
        let index = fields.others.iter().position(is_id)?;
        let id = fields.others.remove(index);
        RawValue::from_string(id.value.into_owned()).ok()
    }

    /// Whether the request is valid JSON, whatever its type.
    #[must_use]
    pub const fn is_json(&self) -> bool {
        !matches!(self.body.root, Root::NotJson(_))
    }

    /// Whether the request is text that is spelled as it would be submitted: compact, with only non-empty fields that every
    /// edition has, in the table's order. `false` for strings with escapes, and always without the feature `ordinary`.
    ///
    /// ```
    /// use seedance_core::Job;
    /// assert!(Job::new(r#"{"model":"seedance2.0-mini","prompt":"a fox","duration":5}"#).is_normal());
    /// assert!(!Job::new(r#"{"duration":5,"model":"seedance2.0-mini","prompt":"a fox"}"#).is_normal());
    /// ```
    #[must_use]
    pub fn is_normal(&self) -> bool {
        self.body.fields().is_some_and(|fields| fields.normal.is_some())
    }

    /// Copies what is borrowed from the input, so that the job can outlive it.
    #[must_use]
    pub fn into_owned(self) -> Job<'static> {
        Job { edition: self.edition, body: self.body.into_owned(), facts: self.facts }
    }

    /// The decoded request.
    #[must_use]
    pub const fn body(&self) -> &Body<'a> {
        &self.body
    }

    /// The text in a field, or in the field's alias where that counts instead; `None` if it is absent, blank or not a string.
    ///
    /// ```
    /// use seedance_core::{Edition, Field, Job};
    /// let body = r#"{"model": "seedance2.0-gz", "prompt": "a fox", "ratio": "16:9", "aspect_ratio": "9:16", "resolution": " "}"#;
    /// let job = Job::new(body).edition(Edition::V2026_09);
    /// assert_eq!(job.text(Field::Ratio), Some("9:16"));
    /// assert_eq!(job.text(Field::Resolution), None);
    /// ```
    #[must_use]
    pub fn text(&self, field: Field) -> Option<&str> {
        Ask::new(self.edition, self.body.fields()?, &self.facts).text(field)
    }

    /// The length that the request asks for, in seconds; `None` if it leaves that to the route.
    ///
    /// ```
    /// use seedance_core::Job;
    /// let asked = |body: &'static str| Job::new(body).duration();
    /// assert_eq!(asked(r#"{"model": "seedance2.0-mini", "duration": 5}"#), Some(5.0));
    /// assert_eq!(asked(r#"{"model": "seedance2.0-mini"}"#), None);
    /// ```
    #[must_use]
    pub fn duration(&self) -> Option<f64> {
        self.body.fields()?.duration()
    }

    /// Checks whether the request would be accepted, and why not.
    #[must_use]
    pub fn check(&self, lang: Lang) -> Report<'_> {
        Report::of(&self.found(), lang)
    }

    fn found(&self) -> Hits<'_> {
        Hits::of(self.edition, &self.body, &self.facts)
    }

    /// Applies a fix to a copy of the request; the media facts of removed items are removed, too. `None` if the fix does not fit
    /// the request.
    #[must_use]
    pub fn mended(&self, fix: &Fix) -> Option<Job<'static>> {
        let ask = Ask::new(self.edition, self.body.fields()?, &self.facts);
        let draft = fix::apply(ask, &fix.patch)?;
        let root = Root::Object(draft.fields.to_owned_fields());
        Some(Job { edition: self.edition, body: Body { root }, facts: draft.facts })
    }

    /// The rules that fire and where, in report order and at most [`MAX_FINDINGS`](crate::MAX_FINDINGS): a report without
    /// messages and fixes, for statistics over many requests.
    ///
    /// ```
    /// use seedance_core::{Job, RuleId};
    /// let fired = Job::new(r#"{"model": "seedance2.0-mini", "prompt": "a fox"}"#).fired();
    /// assert_eq!(fired[0].rule, RuleId::MissingField);
    /// assert_eq!(fired[0].path, "/duration");
    /// ```
    #[must_use]
    pub fn fired(&self) -> Vec<Fired> {
        let found = self.found();
        let fired =
            |hit: &Hit<'_>| Fired { rule: hit.rule, path: hit.place.pointer(found.ask.fields) };
        found.all().hits.into_iter().map(fired).collect()
    }

    /// Computes what the request would cost. Only what bears on the price has to be valid, so a request that would be refused can
    /// have a price; [`check_and_quote`](Self::check_and_quote) tells both.
    ///
    /// The book has to be of the job's edition ([`PriceBook::from_slice_for`]): a price for another unit than the job's route bills
    /// by is not used.
    #[must_use]
    pub fn quote(&self, book: &PriceBook, lang: Lang) -> Quote {
        quote::quote(&self.found(), book, lang)
    }

    /// Returns the same as [`check`](Self::check) and [`quote`](Self::quote), but runs the rules only once.
    ///
    /// ```
    /// use seedance_core::{Job, Lang, PriceBook};
    /// let book = PriceBook::from_slice(br#"{"currency": "USD", "prices": {"seedance2.0-md": "0.30"}}"#)?;
    /// let job = Job::new(r#"{"model": "seedance2.0-md", "prompt": "a fox", "duration": 10}"#);
    /// let (report, quote) = job.check_and_quote(&book, Lang::En);
    /// assert_eq!(report, job.check(Lang::En));
    /// assert_eq!(quote, job.quote(&book, Lang::En));
    /// # Ok::<(), seedance_core::BookError>(())
    /// ```
    #[must_use]
    pub fn check_and_quote(&self, book: &PriceBook, lang: Lang) -> (Report<'_>, Quote) {
        let found = self.found();
        (Report::of(&found, lang), quote::quote(&found, book, lang))
    }

    /// Tries the request on every model. Without a price book, the models are in the table's order. With one, the models that
    /// accept it come first, sorted by the least that it may cost there ([`Quote::lowest`]), so the first may cost more than the
    /// second where the length of a reference video is uncertain; then those without a price; then those that refuse it.
    #[must_use]
    pub fn compare(&self, book: Option<&PriceBook>, lang: Lang) -> Vec<Candidate> {
        candidates(self.edition, &self.body, &self.facts, book, lang)
    }
}

/// A rule that fired, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fired {
    /// The rule.
    pub rule: RuleId,
    /// A JSON Pointer (RFC 6901) to the value concerned.
    pub path: String,
}
