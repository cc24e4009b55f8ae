//! The report: whether a request would be accepted, and everything there is to say about it.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::Lang;
use crate::body::View;
use crate::check::{Found, Hit, Row};
use crate::facts::Facts;
use crate::finding::Finding;
use crate::fix::Fixer;
use crate::request::Normalised;
use crate::table::{EDITION, RouteId};

/// What there is to say about a request, and the request to submit when nothing speaks against it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Report<'a> {
    /// The edition of the rules.
    pub edition: Cow<'static, str>,
    /// Whether no finding is an error.
    pub accepted: bool,
    /// The model, when it is one of the table.
    pub model: Option<Cow<'static, str>>,
    /// Its route.
    pub route: Option<RouteId>,
    /// Everything there is to say, in one fixed order.
    pub findings: Vec<Finding>,
    /// The body to submit, when the request is accepted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<Normalised<'a>>,
}

impl<'a> Report<'a> {
    /// What there is to say where nothing was found.
    pub(crate) const fn clean(fields: View<'a>, (route, model): Row) -> Self {
        Self {
            edition: Cow::Borrowed(EDITION),
            accepted: true,
            model: Some(Cow::Borrowed(model.name)),
            route: Some(route.id),
            findings: Vec::new(),
            request: Some(Normalised::of(fields)),
        }
    }

    /// What was found, in words.
    pub(crate) fn of(fields: Option<View<'a>>, facts: &Facts, found: &Found, lang: Lang) -> Self {
        let row = found.row;
        let accepted = found.accepts();
        Self {
            edition: Cow::Borrowed(EDITION),
            accepted,
            model: row.map(|(_, model)| Cow::Borrowed(model.name)),
            route: row.map(|(route, _)| route.id),
            findings: findings(fields, facts, found, |_, _| true, lang),
            request: fields.filter(|_| accepted).map(Normalised::of),
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
            request: self.request.map(Normalised::into_owned),
        }
    }
}

/// The findings of those hits that are wanted, each with its proven fixes.
pub(crate) fn findings(
    fields: Option<View<'_>>,
    facts: &Facts,
    found: &Found,
    // No generic closure: one copy is enough in the code.
    wanted: fn(Option<Row>, &Hit) -> bool,
    lang: Lang,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    if found.hits.is_empty() {
        return findings;
    }
    let unknown = fields.map_or(&[][..], View::unknown);
    let mut fixer = fields.map(|fields| Fixer::new(fields, facts, found, lang));
    for hit in &found.hits {
        if wanted(found.row, hit) {
            let fixes = fixer.as_mut().map_or(Vec::new(), |fixer| fixer.fixes(hit));
            findings.push(Finding::of(hit, unknown, fixes, lang));
        }
    }
    findings
}
