//! What the jobs of a plan come to.

use std::collections::BTreeMap;

use seedance_core::{Decimal, PriceBook};
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::row::{Row, Status, Why};

/// Counts, totals, and how they stand to the budget.
#[derive(Debug, Serialize)]
pub struct Summary {
    /// How many there are.
    pub jobs: usize,
    /// Accepted and priced.
    pub ready: usize,
    /// Accepted, but without a price.
    pub unpriced: usize,
    /// Not accepted.
    pub refused: usize,
    /// Lines that are no job.
    pub errors: usize,
    /// That of the price book, and of all amounts.
    pub currency: String,
    /// The date of the price book.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<String>,
    /// All ready jobs at their lowest; absent when the sum is too large.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub best: Option<Decimal>,
    /// All ready jobs at their highest; absent when that is not known of every one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub worst: Option<Decimal>,
    /// What the cheapest models would surely save together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub saving: Option<Decimal>,
    /// Why jobs have no price, or are refused: few, however many jobs.
    pub reasons: BTreeMap<String, Reason>,
    /// How they stand to what may be spent, where that was said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub budget: Option<Budget>,
}

/// How many jobs have a reason in common, and the first of them.
#[derive(Debug, Serialize)]
pub struct Reason {
    /// How many.
    pub jobs: usize,
    /// The line of the first.
    pub first_line: u64,
    /// What it is in the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

/// How the plan stands to the budget.
#[derive(Debug)]
pub struct Budget {
    /// What may be spent.
    pub amount: Decimal,
    /// Whether that is enough.
    pub enough: Enough,
    in_order: Fitting,
    /// How many jobs cost so much at worst: few amounts, however many jobs.
    costs: BTreeMap<Decimal, usize>,
}

/// Whether the budget covers all ready jobs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Enough {
    /// Even at worst.
    Yes,
    /// Not even at best.
    No,
    /// It depends on what is not known.
    Perhaps,
}

impl Summary {
    /// A plan without a job yet.
    #[must_use]
    pub fn of_nothing(book: &PriceBook, budget: Option<Decimal>) -> Self {
        Self {
            jobs: 0,
            ready: 0,
            unpriced: 0,
            refused: 0,
            errors: 0,
            currency: book.currency().into(),
            as_of: book.as_of().map(Into::into),
            best: Some(Decimal::ZERO),
            worst: Some(Decimal::ZERO),
            saving: Some(Decimal::ZERO),
            reasons: BTreeMap::new(),
            budget: budget.map(Budget::of_nothing),
        }
    }

    /// One more job, in the order of the file.
    pub fn add(&mut self, row: &Row) {
        self.jobs += 1;
        let kind = match row.status {
            Status::Ready => &mut self.ready,
            Status::Unpriced => &mut self.unpriced,
            Status::Refused => &mut self.refused,
            Status::Error => &mut self.errors,
        };
        *kind += 1;
        if row.status == Status::Ready {
            self.best = sum(self.best, row.lowest);
            self.worst = sum(self.worst, row.highest);
        } else if let Some(why) = &row.why {
            self.because(row.line, why);
        }
        if row.saving.is_some() {
            self.saving = sum(self.saving, row.saving);
        }
        if let Some(budget) = &mut self.budget {
            if row.status == Status::Ready {
                budget.add(row.highest);
            }
            budget.enough = Enough::of(budget.amount, self.best, self.worst);
        }
    }

    fn because(&mut self, line: u64, why: &Why) {
        let reason = self.reasons.entry(why.reason.to_string());
        let first = || Reason {
            jobs: 0,
            first_line: line,
            detail: why.detail.clone(),
        };
        reason.or_insert_with(first).jobs += 1;
    }

    /// Whether every job can be sent and priced, and surely fits the budget.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.ready == self.jobs
            && self
                .budget
                .as_ref()
                .is_none_or(|budget| budget.enough == Enough::Yes)
    }
}

impl Budget {
    fn of_nothing(amount: Decimal) -> Self {
        Self {
            amount,
            enough: Enough::Yes,
            in_order: Fitting::default(),
            costs: BTreeMap::new(),
        }
    }

    /// One more ready job with its worst case. Where that is not known the job may cost anything: it does not surely fit, and
    /// nothing does that is sent after it.
    fn add(&mut self, worst: Option<Decimal>) {
        self.in_order.add(worst, self.amount);
        if let Some(worst) = worst {
            *self.costs.entry(worst).or_default() += 1;
        }
    }

    /// So many of the ready jobs surely fit, taken from the beginning of the file.
    #[must_use]
    pub fn fit_in_order(&self) -> usize {
        self.in_order.many
    }

    /// So many surely fit, taken cheapest first.
    #[must_use]
    pub fn fit_cheapest_first(&self) -> usize {
        let mut fitting = Fitting::default();
        for (cost, many) in &self.costs {
            let mut left = *many;
            while left > 0 && !fitting.is_over {
                fitting.add(Some(*cost), self.amount);
                left -= 1;
            }
        }
        fitting.many
    }
}

impl Serialize for Budget {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut budget = serializer.serialize_struct("Budget", 4)?;
        budget.serialize_field("amount", &self.amount)?;
        budget.serialize_field("enough", &self.enough)?;
        budget.serialize_field("fit_in_order", &self.fit_in_order())?;
        budget.serialize_field("fit_cheapest_first", &self.fit_cheapest_first())?;
        budget.end()
    }
}

impl Enough {
    fn of(amount: Decimal, best: Option<Decimal>, worst: Option<Decimal>) -> Self {
        match (worst, best) {
            (Some(worst), _) if worst <= amount => Self::Yes,
            (_, Some(best)) if best <= amount => Self::Perhaps,
            _ => Self::No,
        }
    }
}

/// How many costs can be paid one after the other until one no longer fits.
#[derive(Debug, Default)]
struct Fitting {
    many: usize,
    total: Decimal,
    is_over: bool,
}

impl Fitting {
    fn add(&mut self, cost: Option<Decimal>, budget: Decimal) {
        match sum(Some(self.total), cost).filter(|total| *total <= budget) {
            Some(total) if !self.is_over => {
                self.total = total;
                self.many += 1;
            }
            _ => self.is_over = true,
        }
    }
}

/// A sum with an unknown is unknown.
fn sum(total: Option<Decimal>, amount: Option<Decimal>) -> Option<Decimal> {
    total?.checked_add(amount?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimals(texts: &[&str]) -> Vec<Decimal> {
        texts.iter().map(|text| text.parse().unwrap()).collect()
    }

    #[test]
    fn fits_up_to_the_last_digit() {
        for (budget, in_order, cheapest_first) in [
            ("0", 0, 0),
            ("0.1499", 0, 0),
            ("0.15", 0, 1),
            ("0.2999", 0, 1),
            ("0.30", 1, 1),
            ("0.45", 1, 2),
            ("0.85", 2, 2),
            ("0.9999999", 2, 2),
            ("1.00", 3, 3),
        ] {
            let mut fits = Budget::of_nothing(budget.parse().unwrap());
            for cost in decimals(&["0.30", "0.55", "0.150"]) {
                fits.add(Some(cost));
            }
            let found = (fits.fit_in_order(), fits.fit_cheapest_first());
            assert_eq!(found, (in_order, cheapest_first), "{budget}");
        }
    }

    #[test]
    fn what_does_not_fit_ends_the_count() {
        let mut fits = Budget::of_nothing("0.50".parse().unwrap());
        for cost in decimals(&["0.30", "0.55", "0.10", "0.10"]) {
            fits.add(Some(cost));
        }
        assert_eq!((fits.fit_in_order(), fits.fit_cheapest_first()), (1, 3));
        // Nor does anything surely fit behind a job that may cost anything.
        let mut fits = Budget::of_nothing("0.50".parse().unwrap());
        for cost in ["0.30", "?", "0.10"] {
            fits.add(cost.parse().ok());
        }
        assert_eq!((fits.fit_in_order(), fits.fit_cheapest_first()), (1, 2));
    }

    #[test]
    fn a_sum_with_an_unknown_is_unknown() {
        let [a, b] = decimals(&["0.30", "0.5"])[..] else {
            unreachable!()
        };
        assert_eq!(sum(Some(a), Some(b)).unwrap().to_string(), "0.80");
        assert_eq!((sum(Some(a), None), sum(None, Some(a))), (None, None));
    }
}
