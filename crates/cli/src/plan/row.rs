//! One job of a plan.

use std::borrow::Cow;

use seedance_core::{Decimal, Facts, Job, Lang, Offer, PriceBook, Quote, Reason};
use serde::Serialize;
use serde_json::value::RawValue;

use crate::batch::Line;

/// What is known of one job.
#[derive(Debug, Serialize)]
pub struct Row {
    pub line: u64,
    /// As it was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Box<RawValue>>,
    pub status: Status,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<Cow<'static, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub billing_model: Option<String>,
    /// The best case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lowest: Option<Decimal>,
    /// The worst case, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub highest: Option<Decimal>,
    /// What speaks against the job or its price.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// The model that accepts the same request for the least.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cheapest_model: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cheapest: Option<Decimal>,
    /// What that model surely saves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub saving: Option<Decimal>,
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
    pub fn name(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Unpriced => "unpriced",
            Self::Refused => "refused",
            Self::Error => "error",
        }
    }
}

impl Row {
    pub fn of(number: u64, line: &[u8], book: &PriceBook, lang: Lang) -> Self {
        match Line::read(line, lang) {
            Line::Request => Self::of_job(number, None, Job::new(line), book, lang),
            Line::NotJson { id } => Self::of_job(number, id, Job::new(line), book, lang),
            Line::Bad { id, error } => Self::error(number, id, error),
            Line::Job { id, request, media } => {
                let job = Job::new(request);
                let facts = media
                    .filter(|_| job.body().is_object())
                    .map_or(Ok(Facts::default()), |media| {
                        Facts::from_text(media.as_bytes())
                    });
                match facts.and_then(|facts| job.with_facts(facts)) {
                    Ok(job) => Self::of_job(number, id, job, book, lang),
                    Err(error) => Self::error(number, id, error.message(lang)),
                }
            }
        }
    }

    /// The id as a person reads it.
    pub fn name(&self) -> Option<String> {
        let id = self.id.as_ref()?.get();
        Some(serde_json::from_str(id).unwrap_or_else(|_| id.to_owned()))
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
            (Some(error), _) => Some(format!("{}: {}", error.rule.name(), error.message)),
            (None, Quote::NotPriceable(refused)) if *refused.reason() == Reason::NoPrice => {
                let name = quote.terms().billing_model.as_deref().unwrap_or_default();
                Some(if lang == Lang::Zh {
                    format!("没有 `{name}` 的价格")
                } else {
                    format!("no price for `{name}`")
                })
            }
            _ => None,
        };
        let cheapest = job.cheapest(book);
        let priced = status == Status::Ready;
        let lowest = quote.lowest().filter(|_| priced);
        let saving = match (&cheapest, lowest) {
            (Some(offer), Some(lowest)) => saved(lowest, report.model.as_deref(), offer),
            _ => None,
        };
        Self {
            id: raw(id),
            status,
            model: report.model,
            billing_model: quote.terms().billing_model.clone(),
            lowest,
            highest: quote.highest().filter(|_| priced),
            why,
            cheapest: cheapest.as_ref().map(|offer| offer.lowest),
            cheapest_model: cheapest.map(|offer| offer.model),
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
            why: Some(error),
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
