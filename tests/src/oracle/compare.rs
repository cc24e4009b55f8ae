//! The same request against every model of the table.

use rust_decimal::Decimal;
use serde_json::Value;

use super::book::Book;
use super::facts::Facts;
use super::request::Request;
use super::rules::{Finding, capped, findings};
use super::{quote, table};

/// One line of a comparison.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// The model that was put in.
    pub model: &'static str,
    /// Its route.
    pub route: &'static str,
    /// Whether it takes the request.
    pub accepted: bool,
    /// As `check` gives them, the first of them.
    pub findings: Vec<Finding>,
    /// How many more there are.
    pub omitted: usize,
    /// As `quote` gives it, absent without a book.
    pub quote: Option<Value>,
}

/// Every model, accepted ones first by amount, then the refused ones; in the table's order without a book.
// Chosen: a `model` that the text names twice is replaced as one, so its `duplicate-field` is gone.
#[must_use]
pub fn compare(request: &Request<'_>, facts: &Facts, book: Option<&Book>) -> Vec<Candidate> {
    let mut candidates: Vec<Candidate> = table::models(request.edition)
        .map(|(model, route)| candidate(request, facts, book, model, route))
        .collect();
    if book.is_some() {
        // A stable sort: ties stay in the table's order.
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

/// The amount, or its lower end.
fn amount(candidate: &Candidate) -> Option<Decimal> {
    let amount = candidate.quote.as_ref()?.get("amount")?;
    amount.as_str().or_else(|| amount.get("min")?.as_str())?.parse().ok()
}
