//! Compares quotes with what was charged, and finds the cause of each difference.

mod amount;
mod bill;
mod cause;
mod entry;
mod explain;
mod history;
mod lines;
mod quotes;
mod row;
mod table;

use std::collections::BTreeMap;

use seedance_core::Quote;
use serde::Serialize;

use crate::signed::Signed;

pub use self::bill::{Charge, Charges, read_charges};
pub use self::cause::{Cause, Rounding};
pub use self::entry::Columns;
pub use self::explain::Books;
use self::explain::cause_of;
pub use self::quotes::{Quoted, read_quotes};
pub use self::row::{Amount, Row};

/// The result of comparing quotes with charges.
#[derive(Debug, Serialize)]
pub struct Reconciliation {
    /// The totals of all jobs.
    pub summary: Summary,
    /// The quoted jobs in their order, then the charges without a quote, sorted by id.
    pub jobs: Vec<Row>,
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
        let row = |name, quote: Option<&Quote>, charge: Option<Charge>| {
            let cause = cause_of(quote, charge.as_ref(), books);
            Row::new(name, quote, charge, cause)
        };
        let quoted = quotes.into_iter().map(|Quoted { name, quote }| {
            let charge = charges.remove(&name);
            row(name, quote.as_ref(), charge)
        });
        let mut jobs: Vec<Row> = quoted.collect();
        jobs.extend(charges.into_iter().map(|(id, charge)| row(id, None, Some(charge))));
        Some(Self { summary: Summary::of(&jobs)?, jobs })
    }

    /// Whether every charge that can be compared is as quoted.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        // Amounts in different currencies cannot be compared.
        let is_clean = |cause: &Cause| cause.is_expected() || *cause == Cause::OtherCurrency;
        self.jobs.iter().all(|job| is_clean(&job.cause))
    }
}

impl Summary {
    /// `None` if a total is too large.
    fn of(jobs: &[Row]) -> Option<Self> {
        let mut summary = Self { jobs: jobs.len(), ..Self::default() };
        for job in jobs {
            *summary.causes.entry(job.cause.name()).or_default() += 1;
            let lowest = job.lowest.unwrap_or_default();
            if job.lowest.is_some() {
                add(&mut summary.quoted, job.quoted_in.as_ref(), Signed::new(lowest, false))?;
            }
            let currency = job.currency.as_ref();
            if let Some(charged) = job.charged {
                add(&mut summary.charged, currency, charged)?;
            }
            let open = job.due.and_then(|due| due.checked_sub(lowest));
            if let Some(open) = open.filter(|open| !open.is_zero()) {
                add(&mut summary.open, currency, Signed::new(open, false))?;
            }
            if let Some(difference) = job.difference {
                let side = match difference.is_negative() {
                    true => &mut summary.under,
                    false => &mut summary.over,
                };
                add(side, currency, Signed::new(difference.amount(), false))?;
            }
        }
        Some(summary)
    }
}

/// Adds to the total in a currency; `None` if it becomes too large.
fn add(totals: &mut Totals, currency: Option<&String>, amount: Signed) -> Option<()> {
    let total = totals.entry(currency.cloned().unwrap_or_default()).or_default();
    *total = total.checked_add(amount)?;
    Some(())
}
