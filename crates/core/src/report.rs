//! The report: whether a request would be accepted, and everything there is to say about it.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

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
#[serde(try_from = "Written<'a>")]
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
    #[serde(skip_serializing_if = "findings::is_false")]
    pub truncated: bool,
    /// How many findings are left out.
    #[serde(skip_serializing_if = "findings::is_zero")]
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

/// A report as it is written.
#[derive(Deserialize)]
struct Written<'a> {
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

impl<'a> TryFrom<Written<'a>> for Report<'a> {
    type Error = &'static str;

    fn try_from(written: Written<'a>) -> Result<Self, Self::Error> {
        // An error may be among those that are left out.
        let has_error = written.findings.iter().any(Finding::is_error);
        let may_have_none = !has_error && written.omitted == 0;
        let contradicts = match written.accepted {
            true => has_error || written.request.is_none(),
            false => may_have_none || written.request.is_some(),
        };
        if contradicts || written.truncated != (written.omitted > 0) {
            return Err(
                "the report contradicts itself: it is accepted, and has a request, when no finding is an error",
            );
        }
        Ok(Self {
            edition: written.edition,
            accepted: written.accepted,
            model: written.model,
            route: written.route,
            findings: written.findings,
            truncated: written.truncated,
            omitted: written.omitted,
            request: written.request.map(|request| request.read_by(written.edition)),
        })
    }
}
