//! A job in a reconciliation.

use std::fmt;

use seedance_core::{Decimal, Quote};
use serde::Serialize;
use serde_with::skip_serializing_none;

use super::cause::Cause;
use super::charges::Charge;
use super::explain::{denoised, due, is_by_usage};
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
    /// How much the charge is above the quote, or above its tokens at the quoted price; negative if below. Absent if they are
    /// equal, if the difference is expected (other than binary noise), or if the currencies differ.
    pub difference: Option<Signed>,
    /// The currency of the charge or, if it has none, of the quote.
    pub currency: Option<String>,
    /// Why they differ.
    #[serde(flatten)]
    pub cause: Cause,
    /// The least that was quoted, with the quote's currency.
    #[serde(skip)]
    pub(super) lowest: Option<(Decimal, String)>,
    /// Whether the quote announced billing by usage.
    #[serde(skip)]
    pub(super) is_by_usage: bool,
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
        let quoted = quote.and_then(Amount::of);
        let difference = difference(quote, charge.as_ref(), &cause);
        let currency = charge.as_ref().and_then(|charge| charge.currency.clone());
        let quoted_in = quote.map(|quote| String::from(&*quote.terms().currency));
        let lowest = quote.and_then(Quote::lowest).zip(quoted_in.clone());
        Self {
            id,
            quoted,
            charged: charge.map(|charge| charge.net),
            difference,
            currency: currency.or(quoted_in),
            cause,
            lowest,
            is_by_usage: quote.is_some_and(is_by_usage),
        }
    }

    /// What of the charge is no difference; `Some(None)` if nothing was compared. `None` if a number becomes too large.
    pub(super) fn due(&self) -> Option<Option<Signed>> {
        let Some(charged) = self.charged.filter(|_| self.cause != Cause::OtherCurrency) else {
            return Some(None);
        };
        let off = self.difference.unwrap_or_default();
        charged.checked_add(Signed::new(off.amount(), !off.is_negative())).map(Some)
    }
}

/// How much the charge is above the highest quoted amount or, if it is not, above or below the lowest; above one of equal charges.
fn difference(quote: Option<&Quote>, charge: Option<&Charge>, cause: &Cause) -> Option<Signed> {
    if *cause == Cause::OtherCurrency {
        return None;
    }
    let charged = charge.map(|charge| charge.net).unwrap_or_default();
    let due = quote.zip(charge).and_then(|(quote, charge)| due(quote, charge));
    let (lowest, highest) = quote.map_or((None, None), |it| (it.lowest(), it.highest()));
    // Of equal charges one was due, and of a noisy amount the one without noise, whichever of the quoted amounts it is.
    let one = charge.and_then(|charge| match cause {
        Cause::ChargedTwice { .. } => Some(charge.repeated()?.1),
        Cause::BinaryNoise => denoised(charge.amount()?),
        _ => None,
    });
    let (lowest, highest) = (one.or(lowest).or(due), one.or(highest).or(due));
    let lowest = lowest.unwrap_or_default();
    let off = |end: Decimal| charged.checked_add(Signed::new(end, true));
    let below = off(lowest)?;
    if cause.is_expected() && *cause != Cause::BinaryNoise {
        return None;
    }
    let difference = match highest.map(off) {
        Some(beyond) if beyond.is_some_and(|it| !it.is_negative()) => beyond,
        _ => Some(below),
    };
    difference.filter(|difference| !difference.amount().is_zero())
}
