//! One request on every model of the table.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::Lang;
use crate::body::{Body, Root};
use crate::book::PriceBook;
use crate::check;
use crate::decimal::Decimal;
use crate::facts::Facts;
use crate::finding::Finding;
use crate::quote::{self, Quote};
use crate::report;
use crate::table::{Model, RouteId, models};

/// What one model makes of a request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Candidate {
    /// The model.
    pub model: Cow<'static, str>,
    /// Its route.
    pub route: RouteId,
    /// Whether it accepts the request.
    pub accepted: bool,
    /// What there is to say about the request on this model.
    pub findings: Vec<Finding>,
    /// What it would cost, where a price book was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<Quote>,
}

/// A model that accepts a request, and what it would cost there.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Offer {
    /// The model.
    pub model: &'static str,
    /// Its price: never [`Quote::NotPriceable`].
    pub quote: Quote,
    /// The least that it costs.
    pub lowest: Decimal,
}

pub(crate) fn cheapest(body: &Body<'_>, facts: &Facts, book: &PriceBook) -> Option<Offer> {
    let mut best: Option<Offer> = None;
    for (_, model) in models() {
        let body = on(body, model);
        let fields = body.view();
        let found = check::found(&body, fields, facts);
        if !found.accepts() {
            continue;
        }
        let quote = quote::priced_by(fields, facts, &found, book, Lang::En);
        if let Some(lowest) = quote.lowest()
            && best.as_ref().is_none_or(|best| lowest < best.lowest)
        {
            best = Some(Offer {
                model: model.name,
                quote,
                lowest,
            });
        }
    }
    best
}

/// The same request for another model.
fn on<'a>(body: &'a Body<'_>, model: &'static Model) -> Body<'a> {
    match body.view() {
        Some(fields) => Body {
            root: Root::Object(fields.on(model)),
        },
        None => body.clone(),
    }
}

pub(crate) fn candidates(
    body: &Body<'_>,
    facts: &Facts,
    book: Option<&PriceBook>,
    lang: Lang,
) -> Vec<Candidate> {
    let mut candidates = Vec::new();
    for (route, model) in models() {
        let body = on(body, model);
        let fields = body.view();
        let found = check::found(&body, fields, facts);
        candidates.push(Candidate {
            model: Cow::Borrowed(model.name),
            route: route.id,
            accepted: found.accepts(),
            findings: report::findings(fields, facts, &found, |_, _| true, lang),
            quote: book.map(|book| quote::priced_by(fields, facts, &found, book, lang)),
        });
    }
    if book.is_some() {
        sort(&mut candidates);
    }
    candidates
}

/// Sorts by what it costs; ties and refused ones keep the table's order.
fn sort(candidates: &mut [Candidate]) {
    for end in 1..candidates.len() {
        let mut place = end;
        while let Some([before, after]) = place
            .checked_sub(1)
            .and_then(|start| candidates.get_mut(start..=place))
            && rank(after) < rank(before)
        {
            core::mem::swap(before, after);
            place -= 1;
        }
    }
}

/// Accepted ones before the rest, those with a price first.
fn rank(candidate: &Candidate) -> (u8, Decimal) {
    let amount = candidate.quote.as_ref().and_then(Quote::lowest);
    match (candidate.accepted, amount) {
        (true, Some(amount)) => (0, amount),
        (true, None) => (1, Decimal::MAX),
        (false, _) => (2, Decimal::MAX),
    }
}
