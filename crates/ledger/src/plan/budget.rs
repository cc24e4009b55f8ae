//! How a plan stands to what may be spent.

use std::collections::BTreeMap;

use seedance_core::Decimal;
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

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
    /// No job is ready, so that there is nothing to judge.
    NothingToJudge,
}

impl Budget {
    /// So much may be spent, and no job is known yet.
    pub(super) fn of_nothing(amount: Decimal) -> Self {
        Self {
            amount,
            enough: Enough::NothingToJudge,
            in_order: Fitting::default(),
            costs: BTreeMap::new(),
        }
    }

    /// One more ready job with its worst case; tells whether it surely fits. Where its worst case is not known the job may cost
    /// anything: it does not surely fit, and is set aside.
    pub(super) fn add(&mut self, worst: Option<Decimal>) -> bool {
        let Some(worst) = worst else {
            return false;
        };
        *self.costs.entry(worst).or_default() += 1;
        self.in_order.add(worst, self.amount)
    }

    /// What all ready jobs cost together at best and at worst, as far as that is known.
    pub(super) fn judge(&mut self, best: Option<Decimal>, worst: Option<Decimal>) {
        self.enough = match (worst, best) {
            (Some(worst), _) if worst <= self.amount => Enough::Yes,
            (_, Some(best)) if best <= self.amount => Enough::Perhaps,
            _ => Enough::No,
        };
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
            if (0..*many).any(|_| !fitting.add(*cost, self.amount)) {
                break;
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

/// How many costs can be paid one after the other until one no longer fits.
#[derive(Debug, Default)]
struct Fitting {
    many: usize,
    total: Decimal,
    is_over: bool,
}

impl Fitting {
    /// Whether this one fits, too.
    fn add(&mut self, cost: Decimal, budget: Decimal) -> bool {
        let total = self.total.checked_add(cost);
        match total.filter(|total| *total <= budget && !self.is_over) {
            Some(total) => {
                self.total = total;
                self.many += 1;
            }
            None => self.is_over = true,
        }
        !self.is_over
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(budget: &str, costs: &[&str]) -> (Vec<bool>, usize, usize) {
        let mut fits = Budget::of_nothing(budget.parse().unwrap());
        let added = costs.iter().map(|cost| fits.add(cost.parse().ok()));
        let each = added.collect();
        (each, fits.fit_in_order(), fits.fit_cheapest_first())
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
