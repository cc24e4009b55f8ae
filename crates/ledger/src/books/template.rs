//! A blank price book to fill in.

use indexmap::IndexMap;
use seedance_core::Edition;
use seedance_core::table::Unit;
use serde::Serialize;
use time::Date;

/// A price book with every billing name and an empty price, which no command accepts as a price until it is filled in.
#[derive(Debug, Serialize)]
pub struct Template<'a> {
    currency: &'a str,
    as_of: String,
    /// In the order of the edition's table.
    prices: IndexMap<String, Price>,
}

#[derive(Debug, Serialize)]
struct Price {
    price: &'static str,
    per: Option<Unit>,
}

impl<'a> Template<'a> {
    /// Creates a template with the billing names of an edition, dated `today`.
    #[must_use]
    pub fn of(edition: Edition, currency: &'a str, today: Date) -> Self {
        let prices = edition.billing_names().map(|name| {
            let per = edition.billing_unit(&name);
            (name, Price { price: "", per })
        });
        Self { currency, as_of: today.to_string(), prices: prices.collect() }
    }
}
