//! What changed between two price books.

use std::collections::BTreeSet;

use seedance_core::{Decimal, PriceBook};
use serde::Serialize;
use serde_with::skip_serializing_none;
use strum::IntoStaticStr;

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
