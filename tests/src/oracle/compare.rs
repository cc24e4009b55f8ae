//! The same request against every model of the table.

use rust_decimal::Decimal;
use serde_json::Value;

use super::book::Book;
use super::facts::Facts;
use super::request::Request;
use super::rules::{Finding, capped, findings};
use super::{quote, table};

/// One model in a comparison.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// The model that replaces the request's.
    pub model: &'static str,
    /// Its route.
    pub route: &'static str,
    /// Whether the request is accepted with this model.
    pub accepted: bool,
    /// The first findings, as from `check`.
    pub findings: Vec<Finding>,
    /// How many findings are left out.
    pub omitted: usize,
    /// As from `quote`, if there is a book.
    pub quote: Option<Value>,
}

/// A candidate for every model: accepted ones by amount, then refused ones. Without a book, all in the table's order.
// Chosen: a `model` that the text has twice is replaced as one, so that it is no `duplicate-field` any more.
#[must_use]
pub fn compare(request: &Request<'_>, facts: &Facts, book: Option<&Book>) -> Vec<Candidate> {
    let mut candidates: Vec<Candidate> = table::models(request.edition)
        .map(|(model, route)| candidate(request, facts, book, model, route))
        .collect();
    if book.is_some() {
        // The sort is stable: candidates with equal amounts stay in the table's order.
        candidates.sort_by_key(|candidate| {
            if candidate.accepted {
                amount(candidate).map_or((1, Decimal::ZERO), |amount| (0, amount))
            } else {
                (2, Decimal::ZERO)
            }
        });
    }
    candidates
}

fn candidate(
    request: &Request<'_>,
    facts: &Facts,
    book: Option<&Book>,
    model: &'static str,
    route: &'static str,
) -> Candidate {
    let request = request.with_model(model);
    let findings = findings(&request, facts);
    let accepted = !findings.iter().any(|finding| finding.error);
    let (findings, omitted) = capped(findings);
    Candidate {
        model,
        route,
        accepted,
        findings,
        omitted,
        quote: book.map(|book| quote::quote(&request, facts, book)),
    }
}

/// The amount, or the lower end of a range.
fn amount(candidate: &Candidate) -> Option<Decimal> {
    let amount = candidate.quote.as_ref()?.get("amount")?;
    amount.as_str().or_else(|| amount.get("min")?.as_str())?.parse().ok()
}
