//! A job in a reconciliation.

use std::fmt;

use seedance_core::{Decimal, Quote};
use serde::Serialize;
use serde_with::skip_serializing_none;

use super::bill::Charge;
use super::cause::Cause;
use super::explain::due;
use crate::signed::{Signed, range};

/// A job with its quote, its charge, and why they differ.
#[skip_serializing_none]
#[derive(Debug, Serialize)]
pub struct Row {
    /// The id of the job, or the line number of its quote.
    pub id: String,
    /// The quoted amount, or its known ends.
    pub quoted: Option<Amount>,
    /// What was charged, less refunds.
    pub charged: Option<Signed>,
    /// How much the charge is above what was due; negative if below. Absent if they are equal or the currencies differ.
    pub difference: Option<Signed>,
    /// The currency of the charge or, if it has none, of the quote.
    pub currency: Option<String>,
    /// Why they differ.
    #[serde(flatten)]
    pub cause: Cause,
    /// The least that was quoted.
    #[serde(skip)]
    pub(super) lowest: Option<Decimal>,
    /// The currency of the quote.
    #[serde(skip)]
    pub(super) quoted_in: Option<String>,
    /// What of the charge was due, in the currency of both.
    #[serde(skip)]
    pub(super) due: Option<Decimal>,
}

/// An amount as a quote has it.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Amount {
    /// Exactly this amount.
    Exact(Decimal),
    /// An amount between two ends, of which the upper one may be unknown.
    Between {
        /// The least.
        min: Decimal,
        /// The most, if it is known.
        #[serde(skip_serializing_if = "Option::is_none")]
        max: Option<Decimal>,
    },
}

impl Amount {
    fn of(quote: &Quote) -> Option<Self> {
        let (min, max) = (quote.lowest()?, quote.highest());
        Some(match max {
            Some(max) if max == min => Self::Exact(min),
            max => Self::Between { min, max },
        })
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (min, max) = match *self {
            Self::Exact(amount) => (amount, Some(amount)),
            Self::Between { min, max } => (min, max),
        };
        f.write_str(&range(Some(min), max).unwrap_or_default())
    }
}

impl Row {
    pub(super) fn new(
        id: String,
        quote: Option<&Quote>,
        charge: Option<Charge>,
        cause: Cause,
    ) -> Self {
        let due = quote.and_then(|quote| due(quote, charge.as_ref(), &cause));
        let charged = charge.as_ref().map(|charge| charge.net);
        let off = Signed::new(due.unwrap_or_default(), true);
        let difference = charged.unwrap_or_default().checked_add(off);
        let difference = difference.filter(|it| !it.amount().is_zero());
        let quoted_in = quote.map(|quote| quote.terms().currency.clone());
        Self {
            id,
            quoted: quote.and_then(Amount::of),
            charged,
            difference: difference.filter(|_| cause != Cause::OtherCurrency),
            currency: charge.and_then(|charge| charge.currency).or_else(|| quoted_in.clone()),
            cause,
            lowest: quote.and_then(Quote::lowest),
            quoted_in,
            due,
        }
    }
}
