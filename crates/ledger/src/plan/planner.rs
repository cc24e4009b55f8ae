//! Checks and prices the lines of a job file.

use std::borrow::Cow;

use itertools::Itertools;
use seedance_batch::Line;
use seedance_core::{
    Candidate, Decimal, Edition, Finding, Job, Lang, NotPriceableReason, PriceBook, Quote, Report,
};

use super::row::{Offer, Row, Status, Why};
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
        let (id, row) = match Line::read(line, self.edition, self.lang) {
            Line::Request { id, job } | Line::Wrapped { id, job, .. } => (id, self.judged(&job)),
            Line::Bad { id, error } => {
                let reason = self.lang.pick(Status::Error.name(), "无法读取");
                let why = Some(self.because(reason, Some(&error)));
                (id, Row { why, ..Row::default() })
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
        let offers = offers(job, self.book, own, row.lowest);
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

/// All offers for a job, the cheapest first. `own` is the requested model, and `lowest` the lowest cost there.
fn offers(
    job: &Job<'_>,
    book: &PriceBook,
    own: Option<&str>,
    lowest: Option<Decimal>,
) -> Vec<Offer> {
    let candidates = job.compare(Some(book), Lang::En);
    let requested = candidates.iter().find(|candidate| Some(candidate.model.as_ref()) == own);
    let offered = candidates.iter().filter(|candidate| candidate.accepted);
    let offers = offered.filter_map(|candidate| {
        let model = candidate.edition.find_model(&candidate.model)?.1.name;
        let quote = candidate.quote.as_ref()?;
        let saving = lowest.zip(quote.highest()).and_then(|(own, other)| own.checked_sub(other));
        Some(Offer {
            model,
            lowest: quote.lowest()?,
            saving: saving.filter(|saving| Some(model) != own && !saving.is_zero()),
            changes: changes(candidate, requested),
        })
    });
    offers.collect()
}

/// The fields that have findings on this model but not on the requested one, and `resolution` if the video's resolution differs.
fn changes(candidate: &Candidate, own: Option<&Candidate>) -> Vec<String> {
    let before = own.map_or(&[][..], |own| &own.findings);
    let is_new = |finding: &&Finding| {
        let said = |before: &Finding| before.rule == finding.rule && before.path == finding.path;
        !before.iter().any(said)
    };
    let new = candidate.findings.iter().filter(is_new);
    let named = new.filter_map(|finding| finding.path.split('/').nth(1));
    let is_other = own.is_some_and(|own| delivered(candidate) != delivered(own));
    let changes = named.chain(is_other.then_some("resolution"));
    changes.sorted().dedup().map(Into::into).collect()
}

/// The resolution of the resulting video: the model's fixed one, or the one in the billing name.
fn delivered(candidate: &Candidate) -> Option<&'static str> {
    let (route, model) = candidate.edition.find_model(&candidate.model)?;
    if let Some(own) = model.delivers {
        return Some(own);
    }
    let name = candidate.quote.as_ref()?.terms().billing_model.as_deref()?;
    let mut offered = route.resolution.value.offered.iter();
    offered.find(|resolution| model.billing_name(resolution) == name).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_of_a_list_with_another_name() {
        let line = br#"{"request": {"model": "seedance-2.0-720p", "prompt": "x", "duration": 5, "videos": ["https://e.com/a.mp4"]},
            "media": {"reference_videos": [{"seconds": 3}]}}"#;
        let book = PriceBook::new("USD").unwrap();
        let row = Planner::new(Edition::LATEST, &book, &[], Lang::En).row(1, line);
        assert_eq!(row.status, Status::Unpriced, "{row:?}");
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
