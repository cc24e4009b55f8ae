//! Compares quotes with what was charged, and finds the cause of each difference.

mod amount;
mod bill;
mod cause;
mod entry;
mod explain;
mod history;
mod lines;
mod quotes;

use std::collections::BTreeMap;

use seedance_core::{Decimal, Quantity, Quote};
use serde::Serialize;
use serde_with::skip_serializing_none;

use crate::signed::Signed;

pub use self::bill::{Charge, Charges, read_charges};
pub use self::cause::{Cause, Rounding};
pub use self::entry::Columns;
pub use self::explain::Books;
use self::explain::{cause_of, due};
pub use self::quotes::{Quoted, read_quotes};

/// The result of comparing quotes with charges.
#[derive(Debug, Default, Serialize)]
pub struct Reconciliation {
    /// The totals of all jobs.
    pub summary: Summary,
    /// The quoted jobs in their order, then the charges without a quote, sorted by id.
    pub jobs: Vec<Row>,
}

/// A job with its quote, its charge, and why they differ.
#[skip_serializing_none]
#[derive(Debug, Serialize)]
pub struct Row {
    /// The id of the job, or the line number of its quote.
    pub id: String,
    /// The quoted amount, or its known ends.
    pub quoted: Option<Quantity<Decimal>>,
    /// What was charged, less refunds.
    pub charged: Option<Signed>,
    /// How much the charge is above what was due; negative if below. Absent if they are equal or the currencies differ.
    pub difference: Option<Signed>,
    /// The currency of the charge or, if it has none, of the quote.
    pub currency: Option<String>,
    /// Why they differ.
    #[serde(flatten)]
    pub cause: Cause,
}

/// Amounts by currency; those without a known currency are under the empty string.
pub type Totals = BTreeMap<String, Signed>;

/// The totals of a reconciliation.
#[derive(Debug, Default, Serialize)]
pub struct Summary {
    /// The number of jobs, with the charges without a quote.
    pub jobs: usize,
    /// How often each cause was found.
    pub causes: BTreeMap<&'static str, usize>,
    /// The least that was quoted.
    pub quoted: Totals,
    /// What was due above that: for lengths of reference videos that the quotes did not know, and for jobs billed by usage.
    pub open: Totals,
    /// What was charged, less refunds.
    pub charged: Totals,
    /// What was charged beyond the quotes.
    pub over: Totals,
    /// What was quoted and not charged.
    pub under: Totals,
}

impl Reconciliation {
    /// Matches quotes with charges by id, or by line number if a job has no id. `None` if a total is too large.
    #[must_use]
    pub fn of(quotes: Vec<Quoted>, mut charges: Charges, books: Books<'_>) -> Option<Self> {
        let mut all = Self::default();
        for Quoted { name, quote } in quotes {
            let charge = charges.remove(&name);
            all.add(name, quote.as_ref(), charge, books)?;
        }
        for (id, charge) in charges {
            all.add(id, None, Some(charge), books)?;
        }
        Some(all)
    }

    /// Adds a job, its row and its amounts; `None` if a total is too large.
    fn add(
        &mut self,
        id: String,
        quote: Option<&Quote>,
        charge: Option<Charge>,
        books: Books<'_>,
    ) -> Option<()> {
        let cause = cause_of(quote, charge.as_ref(), books);
        let due = quote.and_then(|quote| due(quote, charge.as_ref(), &cause));
        let quoted = quote.and_then(amount);
        let quoted_in = quote.map(|quote| &quote.terms().currency);
        let charged = charge.as_ref().map(|charge| charge.net);
        let currency = charge.and_then(|charge| charge.currency).or_else(|| quoted_in.cloned());
        let off = Signed::new(due.unwrap_or_default(), true);
        let difference = charged.unwrap_or_default().checked_add(off);
        let differs = |it: &Signed| !it.amount().is_zero() && cause != Cause::OtherCurrency;
        let difference = difference.filter(differs);

        let lowest = quoted.map(Quantity::min);
        let open = due.and_then(|due| due.checked_sub(lowest.unwrap_or_default()));
        let open = open.filter(|open| !open.is_zero());
        let unsigned = |amount: Option<Decimal>| amount.map(|it| Signed::new(it, false));

        let summary = &mut self.summary;
        summary.jobs += 1;
        *summary.causes.entry((&cause).into()).or_default() += 1;
        let is_under = difference.is_some_and(Signed::is_negative);
        let side = if is_under { &mut summary.under } else { &mut summary.over };
        for (totals, currency, amount) in [
            (&mut summary.quoted, quoted_in, unsigned(lowest)),
            (&mut summary.charged, currency.as_ref(), charged),
            (&mut summary.open, currency.as_ref(), unsigned(open)),
            (side, currency.as_ref(), unsigned(difference.map(Signed::amount))),
        ] {
            if let Some(amount) = amount {
                let total = totals.entry(currency.cloned().unwrap_or_default()).or_default();
                *total = total.checked_add(amount)?;
            }
        }
        self.jobs.push(Row { id, quoted, charged, difference, currency, cause });
        Some(())
    }

    /// Whether every charge that can be compared is as quoted.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.jobs.iter().all(|job| job.cause.is_expected() || job.cause.is_unchecked())
    }
}

/// The amount of a quote, or its known ends.
fn amount(quote: &Quote) -> Option<Quantity<Decimal>> {
    let min = quote.lowest()?;
    Some(match quote.highest() {
        Some(max) if max == min => Quantity::Exact(min),
        Some(max) => Quantity::Between { min, max },
        None => Quantity::AtLeast { min },
    })
}
