//! A price book to fill in.

use seedance_core::Edition;
use seedance_core::table::Unit;
use serde::{Serialize, Serializer};
use time::Date;

/// Every billing name with an empty price, which no command takes for a price until it is filled in.
#[derive(Debug, Serialize)]
pub struct Template<'a> {
    currency: &'a str,
    as_of: String,
    prices: Prices,
}

impl<'a> Template<'a> {
    /// With the names of an edition, in this currency, of this day.
    #[must_use]
    pub fn of(edition: Edition, currency: &'a str, today: Date) -> Self {
        Self { currency, as_of: today.to_string(), prices: Prices(edition) }
    }
}

/// In the table's order.
#[derive(Debug)]
struct Prices(Edition);

#[derive(Serialize)]
struct Price {
    price: &'static str,
    per: Option<Unit>,
}

impl Serialize for Prices {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.billing_names().map(|name| {
            let per = self.0.billing_unit(&name);
            (name, Price { price: "", per })
        }))
    }
}
