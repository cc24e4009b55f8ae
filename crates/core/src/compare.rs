//! One request on every model of the table.

use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::ops::Not;

use serde::{Deserialize, Serialize};

use crate::Lang;
use crate::body::{Body, Given, Root};
use crate::book::PriceBook;
use crate::check::Found;
use crate::decimal::Decimal;
use crate::facts::Facts;
use crate::finding::Finding;
use crate::findings::{self, Findings};
use crate::quote::{Quote, quote};
use crate::table::{Edition, Model, RouteId};

/// What one model makes of a request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Candidate {
    /// The edition of the rules.
    pub edition: Edition,
    /// The model.
    pub model: Cow<'static, str>,
    /// Its route.
    pub route: RouteId,
    /// Whether it accepts the request.
    pub accepted: bool,
    /// What there is to say about the request on this model.
    pub findings: Vec<Finding>,
    /// Whether there is more to say than `findings` holds.
    #[serde(default, skip_serializing_if = "Not::not")]
    pub truncated: bool,
    /// How many findings are left out.
    #[serde(default, skip_serializing_if = "findings::is_zero")]
    pub omitted: usize,
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

/// Tries the request on every model: those that accept it first, the cheapest before the rest.
pub(crate) fn candidates(
    edition: Edition,
    body: &Body<'_>,
    facts: &Facts,
    book: Option<&PriceBook>,
    lang: Lang,
) -> Vec<Candidate> {
    let of_model = |route: RouteId, model: &'static Model| {
        let body = on(body, model);
        let found = Found::of(edition, &body, facts);
        let Findings { findings, omitted } = findings::all(&found, lang);
        Candidate {
            edition,
            model: Cow::Borrowed(model.name),
            route,
            accepted: found.hits.accepts(),
            findings,
            truncated: omitted > 0,
            omitted,
            quote: book.map(|book| quote(&found, book, lang)),
        }
    };
    let mut candidates: Vec<_> =
        edition.models().map(|(route, model)| of_model(route.id, model)).collect();
    if book.is_some() {
        // Ties and refused ones keep the table's order.
        candidates.sort_by_key(rank);
    }
    candidates
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

/// The first of the candidates that accepts the request and has a price.
pub(crate) fn cheapest(
    edition: Edition,
    body: &Body<'_>,
    facts: &Facts,
    book: &PriceBook,
) -> Option<Offer> {
    let offers = edition.models().filter_map(|(_, model)| {
        let body = on(body, model);
        let found = Found::briefly(edition, &body, facts);
        if !found.hits.accepts() {
            return None;
        }
        let quote = quote(&found, book, Lang::En);
        let lowest = quote.lowest()?;
        Some(Offer { model: model.name, quote, lowest })
    });
    // Of equal ones the first of the table.
    offers.min_by_key(|offer| offer.lowest)
}

/// The same request for another model.
fn on<'a>(body: &'a Body<'_>, model: &'static Model) -> Body<'a> {
    match body.fields() {
        Some(fields) => {
            let mut fields = fields.lend();
            fields.model = Given::Value(Cow::Borrowed(model.name));
            fields.repeated &= !crate::table::Field::Model.bit();
            Body { root: Root::Object(fields) }
        }
        None => body.clone(),
    }
}
