//! What the jobs of a plan come to.

use std::collections::BTreeMap;

use seedance_core::{Decimal, PriceBook};
use serde::Serialize;
use serde_with::skip_serializing_none;

use super::budget::{Budget, Enough};
use super::row::{Changing, Row, Status, Why};
use crate::ids::Ids;

/// Counts, totals, and how they stand to the budget.
#[skip_serializing_none]
#[derive(Debug, Serialize)]
pub struct Summary {
    /// What all jobs come to.
    #[serde(flatten)]
    pub all: Sums,
    /// That of the price book, and of all amounts.
    pub currency: String,
    /// The date of the price book.
    pub as_of: Option<String>,
    /// The line of the first job that is billed by usage.
    pub first_by_usage: Option<u64>,
    /// The ready jobs whose worst case is not known.
    pub no_maximum: Option<NoMaximum>,
    /// What the cheapest models would surely save together, with every request as it is.
    pub saving: Option<Decimal>,
    /// What models that change something of the requests would surely save together, beyond or instead of that.
    pub changing: Option<ChangingSum>,
    /// Why jobs have no price, or are refused: few, however many jobs.
    pub reasons: BTreeMap<String, Reason>,
    /// The ids that several jobs have.
    #[serde(skip_serializing_if = "Ids::are_unique")]
    pub repeated_ids: Ids,
    /// What the jobs come to by the cells of a column, where that was asked for.
    pub groups: Option<BTreeMap<String, Sums>>,
    /// How they stand to what may be spent, where that was said.
    pub budget: Option<Budget>,
    #[serde(skip)]
    by: Option<String>,
}

/// Counts and totals of jobs.
#[skip_serializing_none]
#[derive(Debug, Serialize)]
pub struct Sums {
    /// How many there are.
    pub jobs: usize,
    /// Accepted and priced.
    pub ready: usize,
    /// Accepted, but without a price.
    pub unpriced: usize,
    /// Accepted; what they cost is known only when their tasks have ended.
    #[serde(skip_serializing_if = "is_zero")]
    pub by_usage: usize,
    /// Not accepted.
    pub refused: usize,
    /// Lines that are no job.
    pub errors: usize,
    /// All ready jobs at their lowest; absent when the sum is too large.
    pub best: Option<Decimal>,
    /// All ready jobs at their highest; absent when that is not known of every one.
    pub worst: Option<Decimal>,
}

/// The jobs that may cost anything, and what the others come to.
#[skip_serializing_none]
#[derive(Debug, Serialize)]
pub struct NoMaximum {
    /// How many.
    pub jobs: usize,
    /// The line of the first.
    pub first_line: u64,
    /// The other ready jobs at their highest; absent when the sum is too large.
    pub others: Option<Decimal>,
}

/// What is saved where something changes, and what that is.
#[skip_serializing_none]
#[derive(Debug, Serialize)]
pub struct ChangingSum {
    /// The sum; absent when it is too large.
    pub saving: Option<Decimal>,
    /// In how many jobs each field comes out otherwise.
    pub changes: BTreeMap<String, usize>,
}

/// How many jobs have a reason in common, and the first of them.
#[skip_serializing_none]
#[derive(Debug, Serialize)]
pub struct Reason {
    /// How many.
    pub jobs: usize,
    /// The line of the first.
    pub first_line: u64,
    /// What it is in the first.
    pub detail: Option<String>,
}

impl Summary {
    /// A plan without a job yet; `by` names the column by which jobs are grouped.
    #[must_use]
    pub fn of_nothing(book: &PriceBook, budget: Option<Decimal>, by: Option<String>) -> Self {
        Self {
            all: Sums::default(),
            currency: book.currency().into(),
            as_of: book.as_of().map(Into::into),
            first_by_usage: None,
            no_maximum: None,
            saving: Some(Decimal::ZERO),
            changing: None,
            reasons: BTreeMap::new(),
            repeated_ids: Ids::default(),
            groups: by.is_some().then(BTreeMap::new),
            budget: budget.map(Budget::of_nothing),
            by,
        }
    }

    /// One more job, in the order of the file; the row is told how it stands to those before it.
    pub fn add(&mut self, row: &mut Row) {
        let known = self.known_worst();
        self.all.add(row);
        if let (Some(groups), Some(by)) = (&mut self.groups, &self.by) {
            let cell = row.carried.iter().find(|(name, _)| **name == **by);
            let group = cell.map(|(_, cell)| cell.clone()).unwrap_or_default();
            groups.entry(group).or_default().add(row);
        }
        if row.status == Status::Ready {
            row.cumulative = sum(known, row.highest);
            if row.highest.is_none() {
                let set_aside = self.no_maximum.get_or_insert(NoMaximum {
                    jobs: 0,
                    first_line: row.line,
                    others: known,
                });
                set_aside.jobs += 1;
            } else if let Some(set_aside) = &mut self.no_maximum {
                set_aside.others = row.cumulative;
            }
        } else if row.status == Status::ByUsage {
            self.first_by_usage.get_or_insert(row.line);
        } else if let Some(why) = &row.why {
            self.because(row.line, why);
        }
        if row.saving.is_some() {
            self.saving = sum(self.saving, row.saving);
        }
        self.add_changing(row);
        if let Some(id) = row.name() {
            self.repeated_ids.add(&id, row.line);
        }
        if let Some(budget) = &mut self.budget
            && row.status == Status::Ready
        {
            row.fits = Some(budget.add(row.highest));
            budget.judge(self.all.best, self.all.worst);
        }
    }

    /// What the ready jobs whose worst case is known cost together at worst.
    fn known_worst(&self) -> Option<Decimal> {
        match &self.no_maximum {
            Some(set_aside) => set_aside.others,
            None => self.all.worst,
        }
    }

    fn add_changing(&mut self, row: &Row) {
        let Some(Changing { saving: saving @ Some(_), changes, .. }) = &row.changing else {
            return;
        };
        let none = || ChangingSum { saving: Some(Decimal::ZERO), changes: BTreeMap::new() };
        let total = self.changing.get_or_insert_with(none);
        total.saving = sum(total.saving, *saving);
        for field in changes {
            *total.changes.entry(field.clone()).or_default() += 1;
        }
    }

    fn because(&mut self, line: u64, why: &Why) {
        let reason = self.reasons.entry(why.reason.to_string());
        let first = || Reason { jobs: 0, first_line: line, detail: why.detail.clone() };
        reason.or_insert_with(first).jobs += 1;
    }

    /// Whether there are jobs, and every one can be sent and priced, and surely fits the budget.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        let is_enough = |budget: &Budget| budget.enough == Enough::Yes;
        let Sums { jobs, ready, .. } = self.all;
        jobs > 0 && ready == jobs && self.budget.as_ref().is_none_or(is_enough)
    }
}

impl Default for Sums {
    fn default() -> Self {
        Self {
            jobs: 0,
            ready: 0,
            unpriced: 0,
            by_usage: 0,
            refused: 0,
            errors: 0,
            best: Some(Decimal::ZERO),
            worst: Some(Decimal::ZERO),
        }
    }
}

impl Sums {
    fn add(&mut self, row: &Row) {
        self.jobs += 1;
        let kind = match row.status {
            Status::Ready => &mut self.ready,
            Status::Unpriced => &mut self.unpriced,
            Status::ByUsage => &mut self.by_usage,
            Status::Refused => &mut self.refused,
            Status::Error => &mut self.errors,
        };
        *kind += 1;
        if row.status == Status::Ready {
            self.best = sum(self.best, row.lowest);
            self.worst = sum(self.worst, row.highest);
        }
    }
}

fn is_zero(count: &usize) -> bool {
    *count == 0
}

/// A sum with an unknown is unknown.
fn sum(total: Option<Decimal>, amount: Option<Decimal>) -> Option<Decimal> {
    total?.checked_add(amount?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_with_an_unknown_is_unknown() {
        let amount = |text: &str| Some(text.parse().unwrap());
        let (a, b) = (amount("0.30"), amount("0.5"));
        assert_eq!(sum(a, b).unwrap().to_string(), "0.80");
        assert_eq!((sum(a, None), sum(None, a)), (None, None));
    }
}
