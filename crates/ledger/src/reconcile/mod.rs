//! Quotes beside what was really charged, and the cause of each difference.

mod amount;
mod cause;
mod charges;
mod entry;
mod explain;
mod own;
mod quotes;
mod row;
mod table;

use std::collections::{BTreeMap, HashSet};

use itertools::Itertools;
use serde::Serialize;

use crate::signed::Signed;

pub use self::cause::{Cause, Rounding};
pub use self::charges::{Charge, Charges, read_charges};
pub use self::entry::Columns;
pub use self::explain::Books;
use self::explain::{Known, cause_of};
pub use self::quotes::{Quoted, read_quotes};
pub use self::row::{COLUMNS, Row};

/// The answer of `reconcile`.
#[derive(Debug, Serialize)]
pub struct Reconciliation {
    /// What they come to.
    pub summary: Summary,
    /// The quoted jobs in their order, then the charges without a quote by id.
    pub jobs: Vec<Row>,
}

/// How often each cause was found, and what both sides come to. Amounts are by currency; under no name what has none.
#[derive(Debug, Default, Serialize)]
pub struct Summary {
    /// How many jobs and charges there are.
    pub jobs: usize,
    /// How often each cause was found.
    pub causes: BTreeMap<&'static str, usize>,
    /// What was quoted, at least.
    pub quoted: BTreeMap<String, Signed>,
    /// What was charged, less what was given back.
    pub charged: BTreeMap<String, Signed>,
    /// What was charged beyond the quotes.
    pub over: BTreeMap<String, Signed>,
    /// What was quoted and not charged.
    pub under: BTreeMap<String, Signed>,
}

impl Reconciliation {
    /// Matches quotes with charges by id, or by line where a job has none; nothing where the charges are too large to add up.
    #[must_use]
    pub fn of(quotes: Vec<Quoted>, mut charges: Charges, books: Books<'_>) -> Option<Self> {
        let mut known = Known::of(books);
        let mut matched = matched(&quotes, &mut charges);
        for (Quoted { quote, .. }, charge) in quotes.iter().zip(&mut matched) {
            if let (Some(quote), Some(charge)) = (quote, charge) {
                charge.read_as(&quote.terms().currency);
                known.count(quote, charge);
            }
        }
        let currency = sole_currency(&quotes);
        let mut jobs = Vec::with_capacity(quotes.len());
        for (Quoted { name, quote, .. }, charge) in quotes.into_iter().zip(matched) {
            let cause = cause_of(quote.as_ref(), charge.as_ref(), &known);
            jobs.push(Row::new(name, quote.as_ref(), charge, cause));
        }
        for (id, mut charge) in charges {
            if let Some(currency) = &currency {
                charge.read_as(currency);
            }
            let cause = cause_of(None, Some(&charge), &known);
            jobs.push(Row::new(id, None, Some(charge), cause));
        }
        Some(Self { summary: Summary::of(&jobs)?, jobs })
    }

    /// Whether every charge that can be compared is what was quoted.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        // In two currencies there is nothing to compare.
        let is_clean = |cause: &Cause| cause.is_expected() || *cause == Cause::OtherCurrency;
        self.jobs.iter().all(|job| is_clean(&job.cause))
    }
}

/// Each job's charge, taken from the charges.
fn matched(quotes: &[Quoted], charges: &mut Charges) -> Vec<Option<Charge>> {
    let ids: HashSet<&str> =
        quotes.iter().filter(|quoted| quoted.has_id).map(|quoted| quoted.name.as_str()).collect();
    // What one job has for its id is not the line of another.
    let takes = |quoted: &Quoted| quoted.has_id || !ids.contains(quoted.name.as_str());
    quotes.iter().map(|quoted| takes(quoted).then(|| charges.remove(&quoted.name))?).collect()
}

/// The currency of all quotes, where it is one: what a charge without one is in.
fn sole_currency(quotes: &[Quoted]) -> Option<String> {
    let quotes = quotes.iter().filter_map(|quoted| quoted.quote.as_ref());
    let sole = quotes.map(|quote| &*quote.terms().currency).all_equal_value();
    sole.ok().map(Into::into)
}

impl Summary {
    /// Nothing where a sum is too large.
    fn of(jobs: &[Row]) -> Option<Self> {
        let mut summary = Self { jobs: jobs.len(), ..Self::default() };
        for job in jobs {
            *summary.causes.entry(job.cause.name()).or_default() += 1;
            if let Some((lowest, currency)) = &job.lowest {
                add(&mut summary.quoted, currency, (*lowest).into())?;
            }
            let currency = job.currency.as_deref().unwrap_or_default();
            if let Some(charged) = job.charged {
                add(&mut summary.charged, currency, charged)?;
            }
            if let Some(difference) = job.difference {
                let side = match difference.is_negative() {
                    true => &mut summary.under,
                    false => &mut summary.over,
                };
                add(side, currency, difference.amount().into())?;
            }
        }
        Some(summary)
    }
}

fn add(totals: &mut BTreeMap<String, Signed>, currency: &str, amount: Signed) -> Option<()> {
    let total = totals.entry(currency.into()).or_default();
    *total = total.checked_add(amount)?;
    Some(())
}
