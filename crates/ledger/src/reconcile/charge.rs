//! What was charged for one id.

use std::collections::HashMap;

use seedance_core::{Decimal, Quote};

use super::amount::may_be;
use crate::signed::Signed;

/// What was charged for one id, in all.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Charge {
    /// All charges less all refunds.
    pub net: Signed,
    /// Each charge.
    pub charges: Vec<Decimal>,
    /// Whether something was given back.
    pub is_refunded: bool,
    /// How many tokens were used, where the bill says so.
    pub tokens: Option<u64>,
    /// Whether the bill says that the task failed.
    pub is_failed: bool,
    /// In which currency, where the bill says so.
    pub currency: Option<String>,
}

/// What was charged, by id.
pub type Charges = HashMap<String, Charge>;

impl Charge {
    /// One more amount; `None` when the sum has too many digits.
    pub(super) fn add(&mut self, amount: Signed) -> Option<()> {
        self.net = self.net.checked_add(amount)?;
        if amount.is_negative() {
            self.is_refunded = true;
        } else {
            self.charges.push(amount.amount());
        }
        Some(())
    }

    /// What is to be compared with a quote; `None` where more was given back than charged.
    pub(super) fn amount(&self) -> Option<Decimal> {
        (!self.net.is_negative()).then(|| self.net.amount())
    }

    /// Takes what it names, a sign or nothing, for this currency, where it may be that.
    pub(super) fn read_as(&mut self, quoted: &str) {
        let named = self.currency.as_deref();
        if named.is_none_or(|named| may_be(named, quoted)) {
            self.currency = Some(quoted.into());
        }
    }

    /// Whether it can be compared with a quote.
    pub(super) fn is_in_currency_of(&self, quote: &Quote) -> bool {
        self.currency.as_deref() == Some(&*quote.terms().currency)
    }
}
