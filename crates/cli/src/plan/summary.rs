//! What the jobs of a plan come to.

use std::collections::BTreeMap;

use seedance_core::{Decimal, PriceBook};
use serde::Serialize;

use super::row::{Row, Status};

/// Counts, totals, and how they stand to the budget.
#[derive(Debug, Serialize)]
pub struct Summary {
    pub jobs: usize,
    pub ready: usize,
    pub unpriced: usize,
    pub refused: usize,
    pub errors: usize,
    pub currency: String,
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
    /// Why jobs have no price, or are refused, and how many of each.
    pub reasons: BTreeMap<String, usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub budget: Option<Budget>,
}

/// How the plan stands to the budget.
#[derive(Debug, Serialize)]
pub struct Budget {
    pub amount: Decimal,
    pub enough: Enough,
    /// So many of the ready jobs surely fit, taken in the order of the file.
    pub fit_in_order: usize,
    /// So many surely fit, taken cheapest first.
    pub fit_cheapest_first: usize,
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
    pub fn of(rows: &[Row], book: &PriceBook, budget: Option<Decimal>) -> Self {
        let count = |status| rows.iter().filter(|row| row.status == status).count();
        let ready = || rows.iter().filter(|row| row.status == Status::Ready);
        let best = sum(ready().map(|row| row.lowest));
        let worst = sum(ready().map(|row| row.highest));
        let mut reasons = BTreeMap::new();
        for row in rows.iter().filter(|row| row.status != Status::Ready) {
            *reasons
                .entry(row.why.clone().unwrap_or_default())
                .or_default() += 1;
        }
        Self {
            jobs: rows.len(),
            ready: count(Status::Ready),
            unpriced: count(Status::Unpriced),
            refused: count(Status::Refused),
            errors: count(Status::Error),
            currency: book.currency().into(),
            as_of: book.as_of().map(Into::into),
            best,
            worst,
            saving: sum(rows.iter().filter_map(|row| row.saving).map(Some)),
            reasons,
            budget: budget.map(|amount| Budget::of(rows, amount, best, worst)),
        }
    }

    pub fn is_clean(&self) -> bool {
        self.ready == self.jobs
            && self
                .budget
                .as_ref()
                .is_none_or(|budget| budget.enough == Enough::Yes)
    }
}

impl Budget {
    fn of(rows: &[Row], amount: Decimal, best: Option<Decimal>, worst: Option<Decimal>) -> Self {
        // A job whose worst case is not known is not known to fit.
        let mut costs: Vec<Decimal> = rows.iter().filter_map(|row| row.highest).collect();
        let in_order = fitting(&costs, amount);
        costs.sort_unstable();
        Self {
            amount,
            enough: match (worst, best) {
                (Some(worst), _) if worst <= amount => Enough::Yes,
                (_, Some(best)) if best <= amount => Enough::Perhaps,
                _ => Enough::No,
            },
            fit_in_order: in_order,
            fit_cheapest_first: fitting(&costs, amount),
        }
    }
}

/// How many can be paid one after the other until one no longer fits.
fn fitting(costs: &[Decimal], budget: Decimal) -> usize {
    let running = costs.iter().scan(Decimal::ZERO, |total, cost| {
        *total = total.checked_add(*cost)?;
        Some(*total)
    });
    running.take_while(|total| *total <= budget).count()
}

fn sum(mut amounts: impl Iterator<Item = Option<Decimal>>) -> Option<Decimal> {
    amounts.try_fold(Decimal::ZERO, |total, amount| total.checked_add(amount?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimals(texts: &[&str]) -> Vec<Decimal> {
        texts.iter().map(|text| text.parse().unwrap()).collect()
    }

    #[test]
    fn fits_up_to_the_last_digit() {
        let costs = decimals(&["0.30", "0.55", "0.150"]);
        for (budget, fit) in [
            ("0", 0),
            ("0.2999", 0),
            ("0.30", 1),
            ("0.85", 2),
            ("0.9999999", 2),
            ("1.00", 3),
        ] {
            assert_eq!(fitting(&costs, budget.parse().unwrap()), fit, "{budget}");
        }
    }

    #[test]
    fn a_sum_with_an_unknown_is_unknown() {
        let [a, b] = decimals(&["0.30", "0.5"])[..] else {
            unreachable!()
        };
        assert_eq!(
            sum([Some(a), Some(b)].into_iter()).unwrap().to_string(),
            "0.80"
        );
        assert_eq!(sum([Some(a), None].into_iter()), None);
    }
}
