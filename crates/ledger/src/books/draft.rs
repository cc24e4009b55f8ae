//! A price book that is still to be filled in.

use seedance_core::{BookError, Edition, PriceBook};
use serde_json::Value;

/// A price book, and the names in it whose price is still blank.
#[derive(Debug)]
pub struct Draft {
    /// What is filled in.
    pub book: PriceBook,
    /// What is not, in the table's order.
    pub to_fill_in: Vec<String>,
}

impl Draft {
    /// Reads a price book, blank prices aside.
    ///
    /// # Errors
    /// As for a price book, of all that is not blank.
    pub fn read(text: &[u8]) -> Result<Self, BookError> {
        let mut to_fill_in = Vec::new();
        let value: Option<Value> = serde_json::from_slice(text).ok();
        if let Some(mut value) = value {
            if let Some(Value::Object(prices)) = value.get_mut("prices") {
                prices.retain(|name, price| {
                    let is_blank = is_blank(price.get("price").unwrap_or(price));
                    if is_blank {
                        to_fill_in.push(name.clone());
                    }
                    !is_blank
                });
            }
            to_fill_in.sort_by_key(|name| {
                Edition::default()
                    .billing_names()
                    .position(|known| known == *name)
            });
            if !to_fill_in.is_empty() {
                let book = PriceBook::from_value(&value)?;
                return Ok(Self { book, to_fill_in });
            }
        }
        let book = PriceBook::from_text(text)?;
        Ok(Self { book, to_fill_in })
    }
}

fn is_blank(price: &Value) -> bool {
    price.as_str().is_some_and(|price| price.trim().is_empty())
}
