//! The quote of every case, read through its Rust methods and back from its JSON.

use std::collections::BTreeSet;

use seedance_core::{Facts, Job, Lang, NotPriceableReason, PriceBook, Quote};
use seedance_tests::cases::{Case, all};
use seedance_tests::core_side::{json, same};
use serde_json::{Value, json};

#[test]
fn the_methods_say_what_the_case_says() {
    let mut kinds = BTreeSet::new();
    for_each_quote(|place, expected, quote| {
        kinds.insert(quote.kind());
        let (amount, none) = (&expected["amount"], Value::Null);
        let (lowest, highest) = match amount {
            Value::Object(ends) => (&ends["min"], ends.get("max").unwrap_or(&none)),
            _ => (amount, amount),
        };
        let said = json!({
            "quantity": expected["quantity"],
            "amount": amount,
            "lowest": lowest,
            "highest": highest,
            "parts": expected.get("parts").cloned().unwrap_or(json!([])),
            "reason": expected["reason"],
        });
        same(place, &said, &by_methods(quote)).unwrap_or_else(|difference| panic!("{difference}"));
    });
    assert_eq!(kinds.len(), 4, "{kinds:?}");
}

#[test]
fn what_a_case_says_reads_as_its_quote() {
    for_each_quote(|place, expected, quote| {
        // Such a case has its findings without messages, so that it is no complete quote.
        let written = match quote {
            Quote::NotPriceable(it) if matches!(it.reason(), NotPriceableReason::Findings(_)) => {
                json(quote)
            }
            _ => expected.clone(),
        };
        let read: Quote = serde_json::from_value(written.clone())
            .unwrap_or_else(|error| panic!("{place}: {error}"));
        same(place, &written, &json(&read)).unwrap_or_else(|difference| panic!("{difference}"));
        same(place, &by_methods(quote), &by_methods(&read))
            .unwrap_or_else(|difference| panic!("{difference}"));
    });
}

#[test]
fn a_quote_that_does_not_add_up_is_not_read() {
    let exact = json!({
        "kind": "exact", "edition": "2026-07", "model": "seedance2.0-mini", "route": "mini",
        "billing_model": "seedance2.0-mini-720p", "basis": "documented", "unit": "second",
        "unit_price": "0.05", "quantity": 5, "amount": "0.25", "currency": "USD",
        "parts": [{ "of": "/duration", "quantity": 5 }],
    });
    let reads = |name: &str, value: Value| {
        let mut quote = exact.clone();
        quote[name] = value;
        serde_json::from_value::<Quote>(quote).is_ok()
    };
    assert!(reads("kind", json!("exact")));
    assert!(!reads("kind", json!("at-least")));
    assert!(!reads("quantity", json!(6)));
    assert!(!reads("amount", json!("0.26")));
    // An amount has as many digits after the point as the unit price.
    assert!(!reads("amount", json!("0.250")));
    assert!(!reads("unit_price", json!("0.06")));
    assert!(!reads("parts", json!([{ "of": "/duration", "quantity": 6 }])));
    assert!(!reads("parts", Value::Null));
    // More than can be added up.
    for quantity in
        [json!(u64::MAX), json!({ "min": 0, "max": u64::MAX }), json!({ "min": u64::MAX })]
    {
        let part = json!({ "of": "/duration", "quantity": quantity });
        assert!(!reads("parts", json!([part, part])));
    }
    assert!(!reads("reason", json!("no-price")));
    assert!(!reads("findings", json!([])));
}

fn by_methods(quote: &Quote) -> Value {
    let (quantity, amount, reason) = match quote {
        Quote::Exact(it) => (json!(it.quantity()), json!(it.amount()), Value::Null),
        Quote::Range(it) => {
            let (fewest, most) = it.quantity();
            let (lowest, highest) = it.amount();
            (
                json!({ "min": fewest, "max": most }),
                json!({ "min": lowest, "max": highest }),
                Value::Null,
            )
        }
        Quote::AtLeast(it) => {
            (json!({ "min": it.quantity() }), json!({ "min": it.amount() }), Value::Null)
        }
        Quote::NotPriceable(it) => {
            let reason = match it.reason() {
                NotPriceableReason::Findings(_) => "findings",
                NotPriceableReason::NoPrice => "no-price",
                NotPriceableReason::BilledByUsage => "billed-by-usage",
            };
            (Value::Null, Value::Null, json!(reason))
        }
    };
    json!({
        "quantity": quantity,
        "amount": amount,
        "lowest": quote.lowest(),
        "highest": quote.highest(),
        "parts": quote.parts(),
        "reason": reason,
    })
}

/// Every case with a quote: its place, the case's quote and the core's.
fn for_each_quote(mut look: impl FnMut(&str, &Value, &Quote)) {
    for (place, case) in all() {
        if let Some(expected) = &case.quote {
            look(&place, expected, &quote(&case));
        }
    }
}

fn quote(case: &Case) -> Quote {
    let prices = case.prices.as_ref().expect("a quote has a book");
    let book = PriceBook::from_value_for(case.edition, prices);
    let job = Job::new(case.wire()).edition(case.edition);
    let job = match &case.media {
        Some(media) if job.body().is_object() => job
            .with_facts(Facts::from_value(media).expect("good facts"))
            .expect("no more facts than videos"),
        _ => job,
    };
    job.quote(&book.expect("a good book"), Lang::En)
}
