//! The report: whether a request would be accepted, and everything there is to say about it.

use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::ops::Not;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

use crate::Lang;
use crate::check::Hits;
use crate::finding::Finding;
use crate::findings::{self, Findings};
use crate::request::Normalised;
use crate::table::{Edition, RouteId};

/// The findings on a request and, if none of them is an error, the request to submit.
///
/// Deserializing refuses a contradictory report: it is accepted, and has a request, exactly when no finding is an error.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Report<'a> {
    /// The edition of the rules.
    pub edition: Edition,
    /// Whether no finding is an error.
    pub accepted: bool,
    /// The model, if it is in the table.
    pub model: Option<Cow<'static, str>>,
    /// The model's route.
    pub route: Option<RouteId>,
    /// The findings, sorted by place and then by rule; at most [`MAX_FINDINGS`](crate::MAX_FINDINGS).
    pub findings: Vec<Finding>,
    /// Whether there were more findings than `findings` holds.
    #[serde(skip_serializing_if = "Not::not")]
    pub truncated: bool,
    /// How many findings are left out.
    #[serde(skip_serializing_if = "findings::is_zero")]
    pub omitted: usize,
    /// The body to submit, when the request is accepted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request: Option<Normalised<'a>>,
}

impl<'a> Report<'a> {
    /// The report on what was found, with messages in a language.
    pub(crate) fn of(found: &Hits<'a>, lang: Lang) -> Self {
        let (row, accepted) = (found.ask.row, found.accepts());
        let Findings { findings, omitted } = findings::of(found, found.all(), lang);
        Self {
            edition: found.ask.edition,
            accepted,
            model: row.map(|(_, model)| Cow::Borrowed(model.name)),
            route: row.map(|(route, _)| route.id),
            findings,
            truncated: omitted > 0,
            omitted,
            request: accepted.then(|| Normalised::of(found.ask.fields)),
        }
    }

    /// Copies what is borrowed from the body, so that the report can outlive it.
    #[must_use]
    pub fn into_owned(self) -> Report<'static> {
        Report {
            edition: self.edition,
            accepted: self.accepted,
            model: self.model,
            route: self.route,
            findings: self.findings,
            truncated: self.truncated,
            omitted: self.omitted,
            request: self.request.map(Normalised::into_owned),
        }
    }
}

/// Reads the members of a report, which may contradict each other.
#[derive(Deserialize)]
#[serde(remote = "Report", rename = "Report")]
struct Unchecked<'a> {
    edition: Edition,
    accepted: bool,
    model: Option<Cow<'static, str>>,
    route: Option<RouteId>,
    findings: Vec<Finding>,
    #[serde(default)]
    truncated: bool,
    #[serde(default)]
    omitted: usize,
    request: Option<Normalised<'a>>,
}

impl<'de> Deserialize<'de> for Report<'_> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut report = Unchecked::deserialize(deserializer)?;
        // The omitted findings may include an error.
        let has_error = report.findings.iter().any(Finding::is_error);
        let may_have_none = !has_error && report.omitted == 0;
        let contradicts = match report.accepted {
            true => has_error || report.request.is_none(),
            false => may_have_none || report.request.is_some(),
        };
        if contradicts || report.truncated != (report.omitted > 0) {
            return Err(D::Error::custom(
                "the report contradicts itself: it is accepted, and has a request, when no finding is an error",
            ));
        }
        report.request = report.request.map(|request| request.read_by(report.edition));
        Ok(report)
    }
}
