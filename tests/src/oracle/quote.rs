//! What a request costs (§5), in the contract's shape.

use rust_decimal::Decimal;
use serde_json::{Map, Value, json};

use super::book::Book;
use super::facts::{Facts, Length};
use super::request::{Entry, RESOLUTION, Request};
use super::rules::{Finding, capped, findings};
use super::table;

/// The quote, with findings reduced to rule, severity and path.
#[must_use]
pub fn quote(request: &Request<'_>, facts: &Facts, book: &Book) -> Value {
    let stops: Vec<Finding> = findings(request, facts)
        .into_iter()
        .filter(|finding| finding.error && bears_on_price(request, &finding.path))
        .collect();
    let mut quote = Map::new();
    quote.insert("edition".into(), json!(request.edition.name()));
    quote.insert("model".into(), json!(request.known_model()));
    quote.insert("route".into(), json!(request.route()));
    quote.insert("currency".into(), json!(book.currency));
    if let Some(as_of) = &book.as_of {
        quote.insert("as_of".into(), json!(as_of));
    }
    let mut unit_price = None;
    if let Some((model, route)) = request.known() {
        quote.insert("unit".into(), json!(table::unit(route)));
        quote.insert("basis".into(), json!(table::basis(route)));
        if !stops.iter().any(|finding| finding.path == "/resolution") {
            let videos = !request.videos().is_empty();
            let name = table::billing_name(route, model, request.text(RESOLUTION), videos);
            unit_price = book.price(&name);
            quote.insert("billing_model".into(), json!(name));
        }
    }
    if let Some(price) = unit_price {
        quote.insert("unit_price".into(), json!(price.to_string()));
    }
    if !stops.is_empty() {
        let (stops, omitted) = capped(stops);
        let stops: Vec<Value> = stops.iter().map(reduced).collect();
        quote.insert("kind".into(), json!("not-priceable"));
        quote.insert("reason".into(), json!("findings"));
        quote.insert("findings".into(), json!(stops));
        if omitted > 0 {
            quote.insert("truncated".into(), json!(true));
            quote.insert("omitted".into(), json!(omitted));
        }
    } else if request.route().map(table::unit) == Some("million-tokens") {
        quote.insert("kind".into(), json!("not-priceable"));
        quote.insert("reason".into(), json!("billed-by-usage"));
    } else if let Some(price) = unit_price {
        quote.extend(priced(request, facts, price));
    } else {
        quote.insert("kind".into(), json!("not-priceable"));
        quote.insert("reason".into(), json!("no-price"));
    }
    Value::Object(quote)
}

/// A finding without its message.
#[must_use]
pub fn reduced(finding: &Finding) -> Value {
    json!({ "rule": finding.rule, "severity": if finding.error { "error" } else { "warning" }, "path": finding.path })
}

/// Whether an error at this path prevents a price.
fn bears_on_price(request: &Request<'_>, path: &str) -> bool {
    let videos = path == "/reference_videos" || path.starts_with("/reference_videos/");
    let of_model =
        |is: fn(&str, &str) -> bool| request.known().is_some_and(|(model, route)| is(route, model));
    match path {
        "" | "/model" | "/duration" => true,
        "/resolution" => of_model(table::resolution_is_billed),
        _ => videos && of_model(table::bills_first_video),
    }
}

/// The kind, quantity, amount and parts of a price that nothing prevents.
fn priced(request: &Request<'_>, facts: &Facts, price: Decimal) -> Map<String, Value> {
    let by_task = request.route().map(table::unit) == Some("task");
    let default = request.route().and_then(table::default_duration);
    let seconds = request.duration().or(default).unwrap_or_default() as u64;
    let whole = |quantity: u64, parts: Value| json!({ "kind": "exact", "quantity": quantity, "amount": times(price, quantity), "parts": parts });
    let answer = match first_video(request, facts) {
        _ if by_task => whole(1, json!([{ "of": "/model", "quantity": 1 }])),
        Reference::None => whole(seconds, json!([{ "of": "/duration", "quantity": seconds }])),
        Reference::Unknown => json!({
            "kind": "at-least", "quantity": { "min": seconds }, "amount": { "min": times(price, seconds) }, "unknown": FIRST,
            "parts": [{ "of": "/duration", "quantity": seconds }, { "of": FIRST, "quantity": { "min": 0 } }],
        }),
        Reference::Known(length) => {
            let (min, max) = (rounded(length.min), rounded(length.max));
            if min == max {
                whole(
                    seconds + min,
                    json!([{ "of": "/duration", "quantity": seconds }, { "of": FIRST, "quantity": min, "seconds": shown(length) }]),
                )
            } else {
                // Chosen: every part of a range is an interval, even the part that is certain.
                json!({
                    "kind": "range", "unknown": FIRST,
                    "quantity": { "min": seconds + min, "max": seconds + max },
                    "amount": { "min": times(price, seconds + min), "max": times(price, seconds + max) },
                    "parts": [
                        { "of": "/duration", "quantity": { "min": seconds, "max": seconds } },
                        { "of": FIRST, "quantity": { "min": min, "max": max }, "seconds": shown(length) },
                    ],
                })
            }
        }
    };
    match answer {
        Value::Object(answer) => answer,
        _ => Map::new(),
    }
}

const FIRST: &str = "/reference_videos/0";

/// The billed length of the first reference video.
enum Reference {
    /// No length is billed: there is no video, or the model does not bill it.
    None,
    /// A length is billed, but it is not known.
    Unknown,
    /// The billed length.
    Known(Length),
}

fn first_video(request: &Request<'_>, facts: &Facts) -> Reference {
    let billed =
        request.known().is_some_and(|(model, route)| table::bills_first_video(route, model));
    match request.videos() {
        [Entry::Text(_), ..] if billed => {
            let length = facts.videos.first().and_then(|fact| fact.length);
            length.map_or(Reference::Unknown, Reference::Known)
        }
        _ => Reference::None,
    }
}

/// Microseconds rounded to the nearest second, a half up.
fn rounded(microseconds: u64) -> u64 {
    (microseconds + 500_000) / 1_000_000
}

/// The length in the part of a quote.
// Chosen: as it was read, to the microsecond. An interval stays an interval even if its ends are equal.
fn shown(length: Length) -> Value {
    let seconds = |microseconds: u64| microseconds as f64 / 1e6;
    if length.interval {
        json!({ "min": seconds(length.min), "max": seconds(length.max) })
    } else {
        json!(seconds(length.min))
    }
}

/// Unit price times quantity, with as many digits after the point as the unit price has.
fn times(price: Decimal, quantity: u64) -> String {
    let product = price.checked_mul(Decimal::from(quantity));
    let mut amount = product.unwrap_or_else(|| {
        panic!("{price} times {quantity} is more than the oracle's decimals hold")
    });
    // rust_decimal gives zero no digits after the point, and removes digits only if it has to round.
    assert!(
        amount.is_zero() || amount.scale() == price.scale(),
        "{price} times {quantity} was rounded"
    );
    amount.rescale(price.scale());
    amount.to_string()
}
