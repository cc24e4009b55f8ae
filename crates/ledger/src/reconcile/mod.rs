//! Compares quotes with what was charged, and finds the cause of each difference.

mod amount;
mod cause;
mod charges;
mod currency;
mod entry;
mod explain;
mod own;
mod quotes;
mod row;
mod table;

use std::collections::{BTreeMap, HashMap};

use seedance_core::Decimal;
use serde::Serialize;

use crate::signed::Signed;

pub use self::cause::{Cause, Rounding};
pub use self::charges::{Charge, Charges, read_charges};
pub use self::entry::Columns;
pub use self::explain::Books;
use self::explain::{Known, cause_of};
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

/// The totals of a reconciliation. Amounts are by currency; those without a known currency are under the empty string.
#[derive(Debug, Default, Serialize)]
pub struct Summary {
    /// The number of jobs, with the charges without a quote.
    pub jobs: usize,
    /// How often each cause was found.
    pub causes: BTreeMap<&'static str, usize>,
    /// The least that was quoted.
    pub quoted: BTreeMap<String, Decimal>,
    /// What was charged as quoted above that: for lengths of reference videos that the quotes did not know.
    pub by_length: BTreeMap<String, Signed>,
    /// What jobs billed by usage come to: their tokens at the quoted price, or the charge where either is unknown.
    pub by_usage: BTreeMap<String, Signed>,
    /// What was charged, less refunds.
    pub charged: BTreeMap<String, Signed>,
    /// What was charged beyond the quotes.
    pub over: BTreeMap<String, Decimal>,
    /// What was quoted and not charged.
    pub under: BTreeMap<String, Decimal>,
}

impl Reconciliation {
    /// Matches quotes with charges by id, or by line number if a job has no id. `None` if a total is too large.
    #[must_use]
    pub fn of(quotes: Vec<Quoted>, mut charges: Charges, books: Books<'_>) -> Option<Self> {
        let mut known = Known::of(books);
        let matched = matched(&quotes, &mut charges);
        for (Quoted { quote, .. }, charge) in quotes.iter().zip(&matched) {
            if let (Some(quote), Some(charge)) = (quote, charge) {
                known.count(quote, charge);
            }
        }
        let mut jobs = Vec::with_capacity(quotes.len());
        for (Quoted { name, quote, .. }, charge) in quotes.into_iter().zip(matched) {
            let cause = cause_of(quote.as_ref(), charge.as_ref(), &known);
            jobs.push(Row::new(name, quote.as_ref(), charge, cause));
        }
        for (id, charge) in charges {
            let cause = cause_of(None, Some(&charge), &known);
            jobs.push(Row::new(id, None, Some(charge), cause));
        }
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

/// Removes the charge of each job from `charges`, in the order of the quotes.
fn matched(quotes: &[Quoted], charges: &mut Charges) -> Vec<Option<Charge>> {
    let ids = quotes::ids(quotes);
    // If the line number of a job without an id is the id of another job, a charge under it belongs to that other job.
    let takes = |quoted: &Quoted| quoted.has_id || !ids.contains(quoted.name.as_str());
    quotes.iter().map(|quoted| takes(quoted).then(|| charges.remove(&quoted.name))?).collect()
}

impl Summary {
    /// `None` if a total is too large.
    fn of<'a>(jobs: &'a [Row]) -> Option<Self> {
        let mut summary = Self { jobs: jobs.len(), ..Self::default() };
        // A name in capitals and in small letters is one currency: all of its totals are under the first spelling.
        let mut spellings = HashMap::new();
        let mut spelled =
            |name: &'a str| *spellings.entry(name.to_ascii_lowercase()).or_insert(name);
        for job in jobs {
            *summary.causes.entry(job.cause.name()).or_default() += 1;
            if let Some((lowest, currency)) = &job.lowest {
                add(&mut summary.quoted, spelled(currency), |it| it.checked_add(*lowest))?;
            }
            let currency = spelled(job.currency.as_deref().unwrap_or_default());
            if let Some(charged) = job.charged {
                add(&mut summary.charged, currency, |it| it.checked_add(charged))?;
            }
            if let Some(due) = job.due()? {
                if job.is_by_usage {
                    add(&mut summary.by_usage, currency, |it| it.checked_add(due))?;
                }
                let lowest = job.lowest.as_ref().map(|(lowest, _)| Signed::new(*lowest, true));
                let above = lowest.map_or(Some(Signed::default()), |it| due.checked_add(it))?;
                if !above.amount().is_zero() {
                    add(&mut summary.by_length, currency, |it| it.checked_add(above))?;
                }
            }
            if let Some(difference) = job.difference {
                let side = match difference.is_negative() {
                    true => &mut summary.under,
                    false => &mut summary.over,
                };
                add(side, currency, |it| it.checked_add(difference.amount()))?;
            }
        }
        Some(summary)
    }
}

/// Adds to the total in a currency; `None` if it becomes too large.
fn add<T: Copy + Default>(
    totals: &mut BTreeMap<String, T>,
    currency: &str,
    added: impl FnOnce(T) -> Option<T>,
) -> Option<()> {
    let total = totals.entry(currency.into()).or_default();
    *total = added(*total)?;
    Some(())
}
