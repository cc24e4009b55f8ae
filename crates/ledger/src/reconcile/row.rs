//! One job of a reconciliation.

use seedance_core::{Decimal, Lang, Quote};
use serde::Serialize;
use serde_with::skip_serializing_none;

use super::cause::Cause;
use super::charges::Charge;
use crate::sheet::Column;
use crate::signed::{Signed, range};

/// One job with its quote, its charge, and why they differ.
#[skip_serializing_none]
#[derive(Debug, Serialize)]
pub struct Row {
    /// Its id, or the line of its quote.
    pub id: String,
    /// The quoted amount, or its ends.
    pub quoted: Option<String>,
    /// What was charged, less what was given back.
    pub charged: Option<Signed>,
    /// What was charged beyond what was quoted, or below it; absent where they are the same, and where the
    /// currencies differ.
    pub difference: Option<Signed>,
    /// The currency of the charge, or else of the quote.
    pub currency: Option<String>,
    /// Why they differ.
    #[serde(flatten)]
    pub cause: Cause,
    /// The least that was quoted, and in which currency.
    #[serde(skip)]
    pub(super) lowest: Option<(Decimal, String)>,
}

impl Row {
    pub(super) fn new(
        id: String,
        quote: Option<&Quote>,
        charge: Option<Charge>,
        cause: Cause,
    ) -> Self {
        let quoted = quote.and_then(|quote| range(quote.lowest(), quote.highest()));
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
        }
    }
}

/// How far a charge is beyond or below the quote; of a quote with two ends, the one that it is beyond.
fn difference(quote: Option<&Quote>, charge: Option<&Charge>, cause: &Cause) -> Option<Signed> {
    if *cause == Cause::OtherCurrency {
        return None;
    }
    let charged = charge.map(|charge| charge.net).unwrap_or_default();
    let (lowest, highest) = quote.map_or((None, None), |it| (it.lowest(), it.highest()));
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

/// A reconciliation as a table for programs.
pub const COLUMNS: [Column<Row>; 7] = [
    ("id", |row| Some(row.id.clone())),
    ("quoted", |row| row.quoted.clone()),
    ("charged", |row| Some(row.charged?.to_string())),
    ("difference", |row| Some(row.difference?.to_string())),
    ("currency", |row| row.currency.clone()),
    ("cause", |row| Some(row.cause.name().into())),
    ("detail", |row| Some(row.cause.describe(Lang::En))),
];
