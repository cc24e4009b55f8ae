//! One job of a plan.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use seedance_batch::{Line, add_media};
use seedance_core::table::find_model;
use seedance_core::{Decimal, Job, Lang, Offer, PriceBook, Quote, Reason};
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

/// What is known of one job.
#[derive(Debug, Serialize)]
pub struct Row {
    /// Its line, from 1.
    pub line: u64,
    /// As it was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Box<RawValue>>,
    /// What can be done with it.
    pub status: Status,
    /// The model that it asks for, where the table has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<Cow<'static, str>>,
    /// The name under which it is billed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub billing_model: Option<String>,
    /// The best case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lowest: Option<Decimal>,
    /// The worst case, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub highest: Option<Decimal>,
    /// That of the amounts; the summary has it once for all.
    #[serde(skip)]
    pub currency: Option<Arc<str>>,
    /// What speaks against the job or its price.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<Why>,
    /// The model that accepts the same request for the least.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cheapest_model: Option<&'static str>,
    /// What it costs there at least.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cheapest: Option<Decimal>,
    /// What that model surely saves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub saving: Option<Decimal>,
}

/// What speaks against a job or its price.
#[derive(Debug)]
pub struct Why {
    /// What it has in common with other jobs: the rule, the price that is missing, or that the line is an error.
    pub reason: Cow<'static, str>,
    /// What it is in this one.
    pub detail: Option<String>,
}

/// What can be done with a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Accepted and priced.
    Ready,
    /// Accepted, but without a price.
    Unpriced,
    /// Not accepted.
    Refused,
    /// The line is no job.
    Error,
}

impl Status {
    /// As programs read it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Unpriced => "unpriced",
            Self::Refused => "refused",
            Self::Error => "error",
        }
    }
}

impl Serialize for Why {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.detail {
            Some(detail) => write!(f, "{}: {detail}", self.reason),
            None => f.write_str(&self.reason),
        }
    }
}

impl Row {
    /// Judges and prices a line of a file of jobs; `number` is the line's.
    #[must_use]
    pub fn of(number: u64, line: &[u8], book: &PriceBook, lang: Lang) -> Self {
        match Line::read(line, lang) {
            Line::Blank | Line::Request => {
                let mut job = Job::new(line);
                let id = job.take_id();
                Self::of_job(number, id.as_deref().map(RawValue::get), job, book, lang)
            }
            Line::NotJson { id } => {
                Self::of_job(number, id.map(RawValue::get), Job::new(line), book, lang)
            }
            Line::Bad { id, error } => Self::error(number, id.map(RawValue::get), error),
            Line::Job { id, request, media } => {
                let id = id.map(RawValue::get);
                let mut job = Job::new(request);
                match add_media(&mut job, media) {
                    Ok(()) => Self::of_job(number, id, job, book, lang),
                    Err(error) => Self::error(number, id, error.message(lang)),
                }
            }
        }
    }

    /// The id as a person reads it.
    #[must_use]
    pub fn name(&self) -> Option<String> {
        let id = self.id.as_ref()?.get();
        Some(serde_json::from_str(id).unwrap_or_else(|_| id.to_owned()))
    }

    /// What speaks against it, in words.
    #[must_use]
    pub fn reason(&self) -> Option<String> {
        self.why.as_ref().map(ToString::to_string)
    }

    fn of_job(number: u64, id: Option<&str>, job: Job<'_>, book: &PriceBook, lang: Lang) -> Self {
        let (report, quote) = job.check_and_quote(book, lang);
        let status = match (report.accepted, quote.lowest()) {
            (true, Some(_)) => Status::Ready,
            (true, None) => Status::Unpriced,
            (false, _) => Status::Refused,
        };
        let error = report.findings.iter().find(|finding| finding.is_error());
        let why = match (error, &quote) {
            (Some(error), _) => Some(Why {
                reason: error.rule.name().into(),
                detail: Some(error.message.clone()),
            }),
            (None, Quote::NotPriceable(refused)) if *refused.reason() == Reason::NoPrice => {
                let name = quote.terms().billing_model.as_deref().unwrap_or_default();
                let reason = if lang == Lang::Zh {
                    format!("没有 `{name}` 的价格")
                } else {
                    format!("no price for `{name}`")
                };
                Some(Why {
                    reason: reason.into(),
                    detail: None,
                })
            }
            _ => None,
        };
        let priced = status == Status::Ready;
        let lowest = quote.lowest().filter(|_| priced);
        let highest = quote.highest().filter(|_| priced);
        let cheapest = job.cheapest(book);
        let saving = cheapest
            .as_ref()
            .zip(lowest)
            .and_then(|(offer, lowest)| saved(lowest, report.model.as_deref(), offer));
        let cheapest_model = match (&cheapest, report.model.as_deref().and_then(find_model)) {
            // Who is as cheap as any other has no reason to change.
            (Some(offer), Some((_, own))) if highest == Some(offer.lowest) => Some(own.name),
            (Some(offer), _) => Some(offer.model),
            (None, _) => None,
        };
        Self {
            id: raw(id),
            status,
            model: report.model,
            billing_model: quote.terms().billing_model.clone(),
            lowest,
            highest,
            currency: Some(Arc::clone(&quote.terms().currency)),
            why,
            cheapest: cheapest.map(|offer| offer.lowest),
            cheapest_model,
            saving,
            line: number,
        }
    }

    fn error(number: u64, id: Option<&str>, error: String) -> Self {
        Self {
            line: number,
            id: raw(id),
            status: Status::Error,
            model: None,
            billing_model: None,
            lowest: None,
            highest: None,
            currency: None,
            why: Some(Why {
                reason: Status::Error.name().into(),
                detail: Some(error),
            }),
            cheapest_model: None,
            cheapest: None,
            saving: None,
        }
    }
}

/// What is saved even if the other model costs the most that it can; nothing when that is not known.
fn saved(lowest: Decimal, model: Option<&str>, offer: &Offer) -> Option<Decimal> {
    let saving = lowest.checked_sub(offer.quote.highest()?)?;
    (model != Some(offer.model) && !saving.is_zero()).then_some(saving)
}

fn raw(id: Option<&str>) -> Option<Box<RawValue>> {
    RawValue::from_string(id?.to_owned()).ok()
}
