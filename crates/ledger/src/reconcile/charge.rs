//! One charge.

use std::collections::HashMap;

use seedance_core::{Decimal, Quote};

/// What was charged for one id.
#[derive(Clone, Debug, PartialEq)]
pub struct Charge {
    /// How much.
    pub amount: Decimal,
    /// In which currency, where the bill says so.
    pub currency: Option<String>,
}

/// The charges by id.
pub type Charges = HashMap<String, Charge>;

impl Charge {
    /// Whether it can be compared with a quote; a charge that names no currency is taken to be in the quote's.
    pub(super) fn is_in_currency_of(&self, quote: &Quote) -> bool {
        let quoted = &quote.terms().currency;
        self.currency
            .as_ref()
            .is_none_or(|currency| **currency == **quoted)
    }
}
