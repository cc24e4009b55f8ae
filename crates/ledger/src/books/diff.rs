//! Two price books: what changed between them, and one merged into the other.

use std::collections::BTreeSet;

use seedance_core::{Decimal, PriceBook};
use serde::Serialize;
use serde_with::skip_serializing_none;
use strum::IntoStaticStr;

use crate::problem::Problem;

/// The differences between two price books.
#[derive(Debug, Serialize)]
pub struct Difference {
    /// The currencies of the old and the new book.
    pub currency: [String; 2],
    /// The dates of the old and the new book.
    pub as_of: [Option<String>; 2],
    /// The changes, sorted by billing name.
    pub changes: Vec<Change>,
}

/// A billing name whose price differs between the books.
#[skip_serializing_none]
#[derive(Debug, Serialize)]
pub struct Change {
    /// The billing name.
    pub name: String,
    /// The old price; `None` for a new name.
    pub old: Option<Decimal>,
    /// The new price; `None` for a removed name.
    pub new: Option<Decimal>,
    /// The kind of change.
    pub change: Kind,
}

/// How a price changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, IntoStaticStr)]
#[serde(rename_all = "lowercase")]
#[strum(serialize_all = "lowercase")]
pub enum Kind {
    /// The name is new.
    Added,
    /// The name is gone.
    Removed,
    /// It costs more.
    Dearer,
    /// It costs less.
    Cheaper,
}

impl Difference {
    /// Compares two books. Prices with equal values are the same, however many digits they are written with.
    #[must_use]
    pub fn of(old: &PriceBook, new: &PriceBook) -> Self {
        let names: BTreeSet<&str> =
            old.prices().chain(new.prices()).map(|(name, _)| name).collect();
        // Amounts in different currencies cannot be compared: only added and removed names are reported.
        let is_comparable = old.currency() == new.currency();
        let changes = names.into_iter().filter_map(|name| {
            let price = |book: &PriceBook| book.price(name).map(|price| price.price);
            let (old, new) = (price(old), price(new));
            let change = match (old, new) {
                (None, _) => Kind::Added,
                (_, None) => Kind::Removed,
                (Some(old), Some(new)) if is_comparable && old < new => Kind::Dearer,
                (Some(old), Some(new)) if is_comparable && old > new => Kind::Cheaper,
                _ => return None,
            };
            Some(Change { name: name.into(), old, new, change })
        });
        Self {
            currency: [old, new].map(|book| book.currency().into()),
            as_of: [old, new].map(|book| book.as_of().map(Into::into)),
            changes: changes.collect(),
        }
    }

    /// Whether nothing changed.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.changes.is_empty() && self.currency[0] == self.currency[1]
    }
}

/// Merges the prices and the label of `other` into a copy of `book`; where both have a value, that of `other` wins. If `book`
/// has no prices, the result is `other`; if `other` has none, its currency does not matter.
///
/// # Errors
/// When both have prices in different currencies, or `book` refuses a value, for example a price for another unit
/// than the route bills.
pub fn merge(book: &PriceBook, other: &PriceBook) -> Result<PriceBook, Problem> {
    if book.prices().len() == 0 {
        return Ok(other.clone());
    }
    let (from, into) = (other.currency(), book.currency());
    if from != into && other.prices().len() == 0 {
        return Ok(book.clone());
    }
    if from != into {
        // Amounts are never converted.
        return Err(problem!(
            "the prices are in `{from}` and the book in `{into}`; only prices of one currency can be merged",
            "新价格的币种是 `{from}`，价格表的币种是 `{into}`；只能合并同一币种的价格"
        ));
    }
    let mut merged = book.clone();
    other.as_of().map_or(Ok(()), |as_of| merged.set_as_of(as_of))?;
    for (name, price) in other.prices() {
        merged.insert(name, *price)?;
    }
    Ok(merged)
}

#[cfg(test)]
mod tests {
    use seedance_core::Lang;

    use super::*;

    fn merged(book: &str, other: &str) -> Result<String, String> {
        let read = |text: &str| PriceBook::from_slice(text.as_bytes()).unwrap();
        let merged = merge(&read(book), &read(other));
        let merged = merged.map(|book| serde_json::to_string(&book).unwrap());
        merged.map_err(|error| format!("{error} | {}", error.message(Lang::Zh)))
    }

    #[test]
    fn what_comes_wins() {
        let book = r#"{"currency":"USD","as_of":"2026-07-01","prices":{"a":"0.1","b":"0.2"}}"#;
        let other = r#"{"currency":"USD","prices":{"b":"0.3","c":{"price":"0.4","per":"task"}}}"#;
        assert_eq!(
            merged(book, other).as_deref(),
            Ok(
                r#"{"currency":"USD","as_of":"2026-07-01","prices":{"a":"0.1","b":"0.3","c":{"price":"0.4","per":"task"}}}"#
            )
        );
        let dated = r#"{"currency":"USD","as_of":"2026-11-28","prices":{}}"#;
        assert!(merged(book, dated).unwrap().contains("2026-11-28"));
    }

    #[test]
    fn one_currency() {
        let coins = r#"{"currency":"JimiCoin","prices":{"a":"1"}}"#;
        let dollars = r#"{"currency":"USD","prices":{"a":"1"}}"#;
        assert_eq!(
            merged(dollars, coins).unwrap_err(),
            "the prices are in `JimiCoin` and the book in `USD`; only prices of one currency can be merged \
             | 新价格的币种是 `JimiCoin`，价格表的币种是 `USD`；只能合并同一币种的价格"
        );
        let empty = r#"{"currency":"USD","prices":{}}"#;
        assert_eq!(merged(empty, coins).as_deref(), Ok(coins));
        assert_eq!(merged(coins, empty).as_deref(), Ok(coins));
    }
}
