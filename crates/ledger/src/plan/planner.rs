//! Checks and prices the lines of a job file.

use std::borrow::Cow;

use indexmap::IndexMap;
use itertools::Itertools;
use seedance_batch::Line;
use seedance_core::{
    Candidate, Decimal, Edition, Field, Finding, Job, Lang, NotPriceableReason, PriceBook, Quote,
    Report,
};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_with::skip_serializing_none;
use strum::{EnumString, IntoStaticStr};

use crate::ids;
use crate::jobs::Carrying;

/// Converts lines of a job file to rows of a plan.
#[derive(Debug)]
pub struct Planner<'a> {
    edition: Edition,
    book: &'a PriceBook,
    lang: Lang,
    /// The names of the cells that each line carries beside its job; empty if lines are plain jobs and not [`Carrying`].
    carried: &'a [String],
}

/// A job with its status, cost and cheaper alternatives.
#[skip_serializing_none]
#[derive(Debug, Default, Serialize)]
pub struct Row {
    /// The line of the job, from 1.
    pub line: u64,
    /// The id of the job, as it was written.
    pub id: Option<Box<RawValue>>,
    /// Whether the job can be sent and priced.
    pub status: Status,
    /// The requested model, if it is known.
    pub model: Option<Cow<'static, str>>,
    /// The name under which the job is billed.
    pub billing_model: Option<String>,
    /// The best-case cost.
    pub lowest: Option<Decimal>,
    /// The worst-case cost, if known.
    pub highest: Option<Decimal>,
    /// The sum of the known worst cases up to and including this job's; absent if its own is unknown.
    pub cumulative: Option<Decimal>,
    /// Whether the budget is certain to cover the job; absent without a budget or if the job is not ready.
    pub fits: Option<bool>,
    /// The currency of the amounts; in JSON only the summary has it.
    #[serde(skip)]
    pub currency: Option<String>,
    /// Why the job is not accepted or has no price.
    pub why: Option<Why>,
    /// The cheapest model that accepts the request and changes nothing of it.
    pub cheapest_model: Option<&'static str>,
    /// The lowest cost on the cheapest model.
    pub cheapest: Option<Decimal>,
    /// What the cheapest model is certain to save.
    pub saving: Option<Decimal>,
    /// A still cheaper model that accepts the request but changes something of it.
    pub changing: Option<Offer>,
    /// The cells of further columns by the columns' names, in their order.
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    pub carried: IndexMap<String, String>,
    /// The line that the job was read from, without surrounding whitespace or carried cells.
    #[serde(skip)]
    pub job: Vec<u8>,
}

/// A model that accepts the request, and what the request costs there.
#[skip_serializing_none]
#[derive(Debug, Serialize)]
pub struct Offer {
    /// The name of the model.
    pub model: &'static str,
    /// The lowest cost on this model.
    pub lowest: Decimal,
    /// What this model is certain to save: the job's lowest cost less the highest on this model.
    pub saving: Option<Decimal>,
    /// The fields that this model treats differently from the requested one.
    pub changes: Vec<String>,
}

/// Why a job is not accepted or has no price.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub struct Why {
    /// The reason and the detail.
    pub text: String,
    /// What it may share with other jobs: a rule, a missing price, or an unreadable line.
    #[serde(skip)]
    pub reason: String,
    /// The message for this job.
    #[serde(skip)]
    pub detail: Option<String>,
}

/// Whether a job can be sent and priced.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, EnumString, IntoStaticStr,
)]
#[serde(rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Status {
    /// Accepted and priced.
    Ready,
    /// Accepted, but there is no price for it.
    Unpriced,
    /// Accepted, but billed by usage: the cost is known only when the task has ended.
    ByUsage,
    /// Not accepted.
    Refused,
    /// The line is not a job.
    #[default]
    Error,
}

impl Row {
    /// The display form of the id.
    #[must_use]
    pub fn name(&self) -> Option<String> {
        self.id.as_deref().map(ids::of_json)
    }
}

impl<'a> Planner<'a> {
    /// Creates a planner. `carried` names the further columns of the job table, if there are any.
    #[must_use]
    pub fn new(edition: Edition, book: &'a PriceBook, carried: &'a [String], lang: Lang) -> Self {
        Self { edition, book, lang, carried }
    }

    /// Checks and prices the line with this number.
    #[must_use]
    pub fn row(&self, number: u64, line: &[u8]) -> Row {
        let (cells, line) = match self.carried {
            [] => (Vec::new(), line),
            _ => Carrying::split(line),
        };
        let Line { id, job, .. } = Line::read(line, self.edition, self.lang);
        let row = match &job {
            Ok(job) => self.judged(job),
            Err(error) => {
                let reason = self.lang.pick(Status::Error.into(), "无法读取");
                Row { why: Some(self.because(reason, Some(error))), ..Row::default() }
            }
        };
        Row {
            line: number,
            id: id.map(Cow::into_owned),
            carried: self.carried.iter().cloned().zip(cells).collect(),
            job: line.trim_ascii().to_vec(),
            ..row
        }
    }

    fn judged(&self, job: &Job<'_>) -> Row {
        let (report, quote) = job.check_and_quote(self.book, self.lang);
        let status = match &quote {
            _ if !report.accepted => Status::Refused,
            Quote::NotPriceable(it) => match it.reason() {
                NotPriceableReason::BilledByUsage => Status::ByUsage,
                _ => Status::Unpriced,
            },
            _ => Status::Ready,
        };
        let priced = status == Status::Ready;
        let mut row = Row {
            status,
            model: report.model.clone(),
            billing_model: quote.terms().billing_model.clone(),
            lowest: quote.lowest().filter(|_| priced),
            highest: quote.highest().filter(|_| priced),
            currency: Some(quote.terms().currency.clone()),
            why: self.why(&report, &quote),
            ..Row::default()
        };
        self.compare(&mut row, job);
        row
    }

    fn why(&self, report: &Report<'_>, quote: &Quote) -> Option<Why> {
        if let Some(error) = report.findings.iter().find(|finding| finding.is_error()) {
            return Some(self.because(error.rule.name(), Some(&error.message)));
        }
        let Quote::NotPriceable(refused) = quote else {
            return None;
        };
        if *refused.reason() != NotPriceableReason::NoPrice {
            return None;
        }
        let name = quote.terms().billing_model.as_deref().unwrap_or_default();
        Some(self.because(&say!(self.lang, "no price for `{name}`", "没有 `{name}` 的价格"), None))
    }

    fn because(&self, reason: &str, detail: Option<&str>) -> Why {
        let joint = self.lang.pick(": ", "：");
        let text = detail.map_or_else(|| reason.into(), |it| format!("{reason}{joint}{it}"));
        Why { text, reason: reason.into(), detail: detail.map(Into::into) }
    }

    /// Adds the cheapest model that leaves the request as it is, and any still cheaper one that changes something.
    fn compare(&self, row: &mut Row, job: &Job<'_>) {
        let own = row.model.as_deref().and_then(|name| self.edition.find_model(name));
        let own = own.map(|(_, model)| model.name);
        let candidates = job.compare(Some(self.book), Lang::En);
        let requested = candidates.iter().find(|candidate| Some(candidate.model.as_ref()) == own);
        let accepted = candidates.iter().filter(|candidate| candidate.accepted);
        let lowest = row.lowest;
        // The cheapest come first.
        let offers = accepted.filter_map(|candidate| {
            let model = candidate.edition.find_model(&candidate.model)?.1.name;
            let quote = candidate.quote.as_ref()?;
            let saving =
                lowest.zip(quote.highest()).and_then(|(own, other)| own.checked_sub(other));
            Some(Offer {
                model,
                lowest: quote.lowest()?,
                saving: saving.filter(|saving| Some(model) != own && !saving.is_zero()),
                changes: changes(candidate, requested, job),
            })
        });
        let offers = offers.collect_vec();
        let same = offers.iter().find(|offer| offer.changes.is_empty());
        if let Some(same) = same {
            // If the requested model is as cheap as the cheapest, it is named.
            let stays = row.lowest == Some(same.lowest);
            row.cheapest_model = own.filter(|_| stays).or(Some(same.model));
            row.cheapest = Some(same.lowest);
            row.saving = same.saving;
        }
        let same = same.map(|same| same.lowest);
        row.changing = offers.into_iter().next().filter(|first| {
            !first.changes.is_empty() && same.is_none_or(|same| first.lowest < same)
        });
    }
}

/// The fields that have findings on this model but not on the requested one, and `resolution` and `duration` where its video would
/// have another one.
fn changes(candidate: &Candidate, own: Option<&Candidate>, job: &Job<'_>) -> Vec<String> {
    let before = own.map_or(&[][..], |own| &own.findings);
    let is_new = |finding: &&Finding| {
        let said = |before: &Finding| before.rule == finding.rule && before.path == finding.path;
        !before.iter().any(said)
    };
    let new = candidate.findings.iter().filter(is_new);
    let named = new.filter_map(|finding| finding.path.split('/').nth(1));
    let (asked, is_length_left) = (job.text(Field::Resolution), job.duration().is_none());
    let video = |candidate: &Candidate| {
        let (route, model) = candidate.edition.find_model(&candidate.model)?;
        // The model's fixed resolution, or the one that is asked for, or else the default.
        let resolution = model.delivers.or(asked).or(model.resolution(route).default);
        Some((resolution, is_length_left.then_some(route.duration.value.default)))
    };
    let videos = own.and_then(video).zip(video(candidate));
    let differing = videos.into_iter().flat_map(|((resolution, seconds), other)| {
        [
            (resolution != other.0).then_some(Field::Resolution.name()),
            (seconds != other.1).then_some(Field::Duration.name()),
        ]
    });
    named.chain(differing.flatten()).sorted().dedup().map(Into::into).collect()
}

#[cfg(test)]
mod tests {
    use seedance_core::UnitPrice;
    use seedance_core::table::Unit;

    use super::*;

    #[test]
    fn facts_of_a_list_with_another_name() {
        let line = br#"{"request": {"model": "seedance-2.0-720p", "prompt": "x", "duration": 5, "videos": ["https://e.com/a.mp4"]},
            "media": {"reference_videos": [{"seconds": 3}]}}"#;
        let book = PriceBook::new("USD").unwrap();
        let row = Planner::new(Edition::LATEST, &book, &[], Lang::En).row(1, line);
        assert_eq!(row.status, Status::Unpriced, "{row:?}");
    }

    /// The name under which this model is billed does not have the resolution.
    #[test]
    fn the_cheapest_model_keeps_a_resolution_that_no_billing_name_has() {
        let mut book = PriceBook::new_for(Edition::LATEST, "USD").unwrap();
        for (resolution, price) in [("480p", "0.01"), ("720p", "0.02"), ("1080p", "0.03")] {
            let price: UnitPrice = (price.parse().unwrap(), Unit::Second).into();
            book.insert(&format!("seedance-2.0-{resolution}"), price).unwrap();
        }
        for (asked, kept) in [("", "720p"), (r#","resolution":"1080p""#, "1080p")] {
            let line =
                format!(r#"{{"id":1,"request":{{"model":"seedance2.0-gz","prompt":"x"{asked}}}}}"#);
            for line in [&line, &line[18..line.len() - 1]] {
                let row =
                    Planner::new(Edition::LATEST, &book, &[], Lang::En).row(1, line.as_bytes());
                let kept = format!("seedance-2.0-{kept}");
                assert_eq!(row.cheapest_model, Some(kept.as_str()), "{row:?}");
                assert_eq!(row.changing.unwrap().changes, ["resolution"]);
            }
        }
    }

    /// Without `duration` the one model makes 5 seconds and the other 4, so that one is cheaper at the same price.
    #[test]
    fn the_cheapest_model_keeps_a_length_that_is_left_to_it() {
        let mut book = PriceBook::new_for(Edition::LATEST, "USD").unwrap();
        for name in ["seedance2.0-933-720p", "sd2-933-720p"] {
            book.insert(name, ("0.10".parse::<Decimal>().unwrap(), Unit::Second)).unwrap();
        }
        let row = |asked: &str| {
            let line = format!(r#"{{"model":"sd2-933-720p","prompt":"x"{asked}}}"#);
            Planner::new(Edition::LATEST, &book, &[], Lang::En).row(1, line.as_bytes())
        };
        let left = row("");
        assert_eq!((left.cheapest_model, left.saving), (Some("sd2-933-720p"), None), "{left:?}");
        let changing = left.changing.unwrap();
        assert_eq!(
            (changing.model, &*changing.changes),
            ("seedance2.0-933-720p", &["duration".to_owned()][..])
        );
        let asked = row(r#","duration":5"#);
        assert!(
            asked.cheapest_model == Some("sd2-933-720p") && asked.changing.is_none(),
            "{asked:?}"
        );
    }

    #[test]
    fn a_request_that_is_not_json_is_told_by_its_place_in_the_line() {
        let book = PriceBook::new("USD").unwrap();
        let row = |line: &str| {
            let planner = Planner::new(Edition::default(), &book, &[], Lang::En);
            planner.row(1, line.as_bytes()).why.unwrap().detail.unwrap()
        };
        let request = r#"{"prompt":"x","duration":1e400}"#;
        let wrapped = format!(r#"{{"id":"é","request":{request}}}"#);
        assert!(row(request).contains("column 30"), "{}", row(request));
        assert!(row(&wrapped).contains("column 50"), "{}", row(&wrapped));
    }
}
