//! The totals of a plan.

use std::collections::BTreeMap;

use seedance_core::{Decimal, Edition, PriceBook};
use serde::Serialize;
use serde_with::skip_serializing_none;

use super::budget::{Budget, Enough};
use super::planner::{Offer, Row, Status, Why};
use crate::ids::Ids;

/// The counts and totals of a plan, and how they compare with the budget.
#[skip_serializing_none]
#[derive(Debug, Default, Serialize)]
pub struct Summary {
    /// The edition of the rules by which the jobs were judged.
    pub edition: Edition,
    /// The counts and totals of all jobs.
    #[serde(flatten)]
    pub all: Sums,
    /// The currency of the price book and of all amounts.
    pub currency: String,
    /// The `as_of` label of the price book.
    pub as_of: Option<String>,
    /// The line of the first job that is billed by usage.
    pub first_by_usage: Option<u64>,
    /// The ready jobs with an unknown worst case.
    pub no_maximum: Option<NoMaximum>,
    /// What the cheapest models are certain to save in total without changing a request; absent if the sum is too large.
    pub saving: Option<Decimal>,
    /// What still cheaper models that change requests are certain to save in total: an alternative to `saving`, not an addition.
    pub changing: Option<ChangingSum>,
    /// The reasons why jobs have no price or are not accepted. There are few, however many jobs.
    pub reasons: BTreeMap<String, Reason>,
    /// The ids that appear more than once: as `repeated_ids` the first ones, and as `more_repeats` how many more jobs repeat one.
    #[serde(flatten)]
    pub ids: Ids,
    /// The counts and totals of the jobs with each cell of the column `grouped_by`, if they are grouped; the cell of jobs without one is
    /// empty.
    pub groups: Option<BTreeMap<String, Sums>>,
    /// The budget, if one was given.
    pub budget: Option<Budget>,
    /// The total worst case of the ready jobs whose worst case is known.
    #[serde(skip)]
    known_worst: Option<Decimal>,
    /// The column to group jobs by.
    #[serde(skip)]
    grouped_by: Option<String>,
}

/// Counts and totals of jobs.
#[skip_serializing_none]
#[derive(Debug, Serialize)]
pub struct Sums {
    /// How many jobs there are.
    pub jobs: usize,
    /// Accepted and priced.
    pub ready: usize,
    /// Accepted, but there is no price for them.
    pub unpriced: usize,
    /// Accepted, but billed by usage: the cost is known only when the tasks have ended.
    #[serde(skip_serializing_if = "crate::is_zero")]
    pub by_usage: usize,
    /// Not accepted.
    pub refused: usize,
    /// Lines that are not jobs.
    pub errors: usize,
    /// The best-case cost of all ready jobs; absent if the sum is too large.
    pub best: Option<Decimal>,
    /// The worst-case cost of all ready jobs; absent if that of any is unknown or the sum is too large.
    pub worst: Option<Decimal>,
}

/// The jobs without a known worst case, and the total of the others.
#[skip_serializing_none]
#[derive(Debug, Serialize)]
pub struct NoMaximum {
    /// How many jobs have no known worst case.
    pub jobs: usize,
    /// The line of the first such job.
    pub first_line: u64,
    /// The worst-case cost of the other ready jobs; absent if the sum is too large.
    pub others: Option<Decimal>,
}

/// What models save that change something of the requests, and what they change.
#[skip_serializing_none]
#[derive(Debug, Serialize)]
pub struct ChangingSum {
    /// The total saving; absent if it is too large.
    pub saving: Option<Decimal>,
    /// In how many jobs each field is treated differently.
    pub changes: BTreeMap<String, usize>,
}

/// How many jobs share a reason, and the first of them.
#[skip_serializing_none]
#[derive(Debug, Serialize)]
pub struct Reason {
    /// How many jobs have the reason.
    pub jobs: usize,
    /// The line of the first such job.
    pub first_line: u64,
    /// The message for the first such job.
    pub detail: Option<String>,
}

impl Summary {
    /// An empty summary; `grouped_by` names the column to group jobs by.
    #[must_use]
    pub fn of_nothing(
        edition: Edition,
        book: &PriceBook,
        budget: Option<Decimal>,
        grouped_by: Option<String>,
    ) -> Self {
        Self {
            edition,
            currency: book.currency().into(),
            as_of: book.as_of().map(Into::into),
            saving: Some(Decimal::ZERO),
            groups: grouped_by.as_ref().map(|_| BTreeMap::new()),
            budget: budget.map(Budget::of_nothing),
            known_worst: Some(Decimal::ZERO),
            grouped_by,
            ..Self::default()
        }
    }

    /// Adds the next job in file order, and sets the row's cumulative cost and whether it fits the budget.
    pub fn add(&mut self, row: &mut Row) {
        self.all.add(row);
        if let (Some(groups), Some(column)) = (&mut self.groups, &self.grouped_by) {
            let cell = row.carried.get(column).map_or("", |cell| cell.trim());
            groups.entry(cell.to_owned()).or_default().add(row);
        }
        if row.status == Status::Ready {
            row.cumulative = sum(self.known_worst, row.highest);
            if row.highest.is_some() {
                self.known_worst = row.cumulative;
            } else {
                let none = NoMaximum { jobs: 0, first_line: row.line, others: None };
                self.no_maximum.get_or_insert(none).jobs += 1;
            }
            if let Some(set_aside) = &mut self.no_maximum {
                set_aside.others = self.known_worst;
            }
            if let Some(budget) = &mut self.budget {
                row.fits = Some(budget.add(row.highest, self.all.best, self.all.worst));
            }
        } else if row.status == Status::ByUsage {
            self.first_by_usage.get_or_insert(row.line);
        } else if let Some(Why { reason, detail, .. }) = &row.why {
            let first = || Reason { jobs: 0, first_line: row.line, detail: detail.clone() };
            self.reasons.entry(reason.clone()).or_insert_with(first).jobs += 1;
        }
        if row.saving.is_some() {
            self.saving = sum(self.saving, row.saving);
        }
        self.add_changing(row);
        self.ids.add(row.name().as_deref(), row.line);
    }

    fn add_changing(&mut self, row: &Row) {
        let Some(Offer { saving: saving @ Some(_), changes, .. }) = &row.changing else {
            return;
        };
        let none = || ChangingSum { saving: Some(Decimal::ZERO), changes: BTreeMap::new() };
        let total = self.changing.get_or_insert_with(none);
        total.saving = sum(total.saving, *saving);
        for field in changes {
            *total.changes.entry(field.clone()).or_default() += 1;
        }
    }

    /// Whether there are jobs, all are accepted and priced, and the budget, if any, is certain to cover them.
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

/// Adds two amounts; unknown if either is unknown or the sum is too large.
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
