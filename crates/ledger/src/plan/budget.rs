//! Comparing a plan with a budget.

use std::collections::BTreeMap;
use std::iter;

use seedance_core::Decimal;
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

/// A budget, and how many of the plan's jobs it covers.
#[derive(Debug)]
pub struct Budget {
    /// How much may be spent.
    pub amount: Decimal,
    /// Whether the budget covers all ready jobs.
    pub enough: Enough,
    /// How many ready jobs are certain to fit if they are sent in the order of the file.
    pub fit_in_order: usize,
    /// What the jobs that fit in order cost together at worst; `None` once a job did not fit.
    spent: Option<Decimal>,
    /// How many jobs have each worst-case cost. There are few different costs, however many jobs.
    costs: BTreeMap<Decimal, usize>,
}

/// Whether the budget covers all ready jobs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Enough {
    /// It does, even if every job costs its highest.
    Yes,
    /// It does not, even if every job costs its lowest.
    No,
    /// The lowest costs are covered, but the highest are not or are unknown.
    Perhaps,
    /// No job is ready.
    NothingToJudge,
}

impl Budget {
    /// A budget before any job is added.
    pub(super) fn of_nothing(amount: Decimal) -> Self {
        Self {
            amount,
            enough: Enough::NothingToJudge,
            fit_in_order: 0,
            spent: Some(Decimal::ZERO),
            costs: BTreeMap::new(),
        }
    }

    /// Adds the worst case of a ready job. `best_of_all` and `worst_of_all` are the totals so far, this job included. Returns whether
    /// the job is certain to fit; one with an unknown worst case is not, and is left out of the counts.
    pub(super) fn add(
        &mut self,
        worst: Option<Decimal>,
        best_of_all: Option<Decimal>,
        worst_of_all: Option<Decimal>,
    ) -> bool {
        self.enough = match (worst_of_all, best_of_all) {
            (Some(worst), _) if worst <= self.amount => Enough::Yes,
            (_, Some(best)) if best <= self.amount => Enough::Perhaps,
            _ => Enough::No,
        };
        let Some(worst) = worst else {
            return false;
        };
        *self.costs.entry(worst).or_default() += 1;
        self.spent = self.spend(self.spent, worst);
        self.fit_in_order += usize::from(self.spent.is_some());
        self.spent.is_some()
    }

    /// What is spent after a further cost; `None` once a cost did not fit.
    fn spend(&self, spent: Option<Decimal>, cost: Decimal) -> Option<Decimal> {
        spent?.checked_add(cost).filter(|spent| *spent <= self.amount)
    }

    /// How many ready jobs are certain to fit if they are sent cheapest first.
    #[must_use]
    pub fn fit_cheapest_first(&self) -> usize {
        let costs = self.costs.iter().flat_map(|(cost, jobs)| iter::repeat_n(*cost, *jobs));
        let fitting = costs.scan(Some(Decimal::ZERO), |spent, cost| {
            *spent = self.spend(*spent, cost);
            *spent
        });
        fitting.count()
    }
}

impl Serialize for Budget {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut budget = serializer.serialize_struct("Budget", 4)?;
        budget.serialize_field("amount", &self.amount)?;
        budget.serialize_field("enough", &self.enough)?;
        budget.serialize_field("fit_in_order", &self.fit_in_order)?;
        budget.serialize_field("fit_cheapest_first", &self.fit_cheapest_first())?;
        budget.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(budget: &str, costs: &[&str]) -> (Vec<bool>, usize, usize) {
        let mut fits = Budget::of_nothing(budget.parse().unwrap());
        let added = costs.iter().map(|cost| fits.add(cost.parse().ok(), None, None));
        let each = added.collect();
        (each, fits.fit_in_order, fits.fit_cheapest_first())
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
            let (each, ordered, cheapest) = fits(budget, &["0.30", "0.55", "0.150"]);
            assert_eq!((ordered, cheapest), (in_order, cheapest_first), "{budget}");
            assert_eq!(each, [0, 1, 2].map(|place| place < in_order), "{budget}");
        }
    }

    #[test]
    fn what_does_not_fit_ends_the_count() {
        let (each, in_order, cheapest_first) = fits("0.50", &["0.30", "0.55", "0.10", "0.10"]);
        assert_eq!((in_order, cheapest_first), (1, 3));
        assert_eq!(each, [true, false, false, false]);
    }

    #[test]
    fn what_may_cost_anything_is_set_aside() {
        let (each, in_order, cheapest_first) = fits("0.50", &["0.30", "?", "0.10"]);
        assert_eq!((in_order, cheapest_first), (2, 2));
        assert_eq!(each, [true, false, true]);
    }
}
