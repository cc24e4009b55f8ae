//! The report: whether a request would be accepted, and everything there is to say about it.

use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::ops::Not;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::Lang;
use crate::check::Found;
use crate::finding::Finding;
use crate::findings::{self, Findings};
use crate::request::Normalised;
use crate::table::{Edition, RouteId};

/// What there is to say about a request, and the request to submit when nothing speaks against it.
///
/// One that is read back is held to its word: `accepted` has to follow from the findings, and to come with the request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
// What is derived becomes `Report::serialize` and `Report::deserialize`, so that the traits' own can judge what was read.
#[serde(remote = "Self")]
#[non_exhaustive]
pub struct Report<'a> {
    /// The edition of the rules.
    pub edition: Edition,
    /// Whether no finding is an error.
    pub accepted: bool,
    /// The model, when it is one of the table.
    pub model: Option<Cow<'static, str>>,
    /// Its route.
    pub route: Option<RouteId>,
    /// Everything there is to say, in one fixed order; the first [`MAX_FINDINGS`](crate::MAX_FINDINGS).
    pub findings: Vec<Finding>,
    /// Whether there is more to say than `findings` holds.
    #[serde(default, skip_serializing_if = "Not::not")]
    pub truncated: bool,
    /// How many findings are left out.
    #[serde(default, skip_serializing_if = "findings::is_zero")]
    pub omitted: usize,
    /// The body to submit, when the request is accepted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request: Option<Normalised<'a>>,
}

impl<'a> Report<'a> {
    /// What was found, in words.
    pub(crate) fn of(found: &Found<'a>, lang: Lang) -> Self {
        let (row, accepted) = (found.ask.row, found.hits.accepts());
        let Findings { findings, omitted } = findings::all(found, lang);
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

    /// The same, free of the body that it was made from.
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

impl Serialize for Report<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Report::serialize(self, serializer)
    }
}

impl<'de> Deserialize<'de> for Report<'_> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut report = Report::deserialize(deserializer)?;
        // An error may be among those that are left out.
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
