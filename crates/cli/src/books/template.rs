//! A price book to fill in.

use seedance_core::table::{Unit, billing_names, billing_unit};
use serde_json::{Map, Value, json};

/// Every billing name with an empty price, which no command takes for a price until it is filled in.
pub fn template(currency: &str) -> Value {
    let prices = billing_names().map(|name| {
        let per = match billing_unit(&name) {
            Some(Unit::Task) => "task",
            _ => "second",
        };
        (name, json!({ "price": "", "per": per }))
    });
    json!({ "currency": currency, "prices": prices.collect::<Map<_, _>>() })
}
