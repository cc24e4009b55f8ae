//! Tries one request on every model of the table.

use alloc::borrow::Cow;
use alloc::boxed::Box;
use alloc::vec::Vec;
use core::ops::Not;

use serde::{Deserialize, Serialize};

use crate::Lang;
use crate::body::{Body, Given, Root};
use crate::book::PriceBook;
use crate::check::Hits;
use crate::decimal::Decimal;
use crate::facts::Facts;
use crate::finding::Finding;
use crate::findings::{self, Findings};
use crate::quote::{Quote, quote};
use crate::table::{Edition, Field, Model, RouteId};

/// The result of the check of a request if it were sent to one model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Candidate {
    /// The edition of the rules.
    pub edition: Edition,
    /// The model.
    pub model: Cow<'static, str>,
    /// The model's route.
    pub route: RouteId,
    /// Whether the model accepts the request.
    pub accepted: bool,
    /// The findings on the request with this model.
    pub findings: Vec<Finding>,
    /// Whether there were more findings than `findings` holds.
    #[serde(default, skip_serializing_if = "Not::not")]
    pub truncated: bool,
    /// How many findings are left out.
    #[serde(default, skip_serializing_if = "findings::is_zero")]
    pub omitted: usize,
    /// What the request would cost; `None` without a price book.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<Quote>,
}

/// Tries the request on every model: with a price book the cheapest that accept it first, else in the table's order.
pub(crate) fn candidates(
    edition: Edition,
    body: &Body<'_>,
    facts: &Facts,
    book: Option<&PriceBook>,
    lang: Lang,
) -> Vec<Candidate> {
    let of_model = |route: RouteId, model: &'static Model| {
        let body = on(body, model);
        let found = Hits::of(edition, &body, facts);
        let Findings { findings, omitted } = findings::of(&found, found.all(), lang);
        Candidate {
            edition,
            model: Cow::Borrowed(model.name),
            route,
            accepted: found.accepts(),
            findings,
            truncated: omitted > 0,
            omitted,
            quote: book.map(|book| quote(&found, book, lang)),
        }
    };
    let mut candidates: Vec<_> =
        edition.models().map(|(route, model)| of_model(route.id, model)).collect();
    if book.is_some() {
        // The sort is stable: equal prices and refusing models keep the table's order.
        candidates.sort_by_key(rank);
    }
    candidates
}

/// The sort key: models that accept the request come first, of these the ones with a price, of these the cheapest.
fn rank(candidate: &Candidate) -> (u8, Decimal) {
    let amount = candidate.quote.as_ref().and_then(Quote::lowest);
    match (candidate.accepted, amount) {
        (true, Some(amount)) => (0, amount),
        (true, None) => (1, Decimal::MAX),
        (false, _) => (2, Decimal::MAX),
    }
}

/// The same request with another model.
fn on<'a>(body: &'a Body<'_>, model: &'static Model) -> Body<'a> {
    match body.fields() {
        Some(fields) => {
            let mut fields = fields.lend();
            fields.set(Field::Model, Given::Text(Cow::Borrowed(model.name)));
            fields.repeated &= !Field::Model.bit();
            Body { root: Root::Object(Box::new(fields)) }
        }
        None => body.clone(),
    }
}
