//! An amount with a sign, for refunds and differences.

use std::fmt;

use seedance_core::Decimal;
use serde_with::SerializeDisplay;

/// An amount with a sign; zero is never negative.
#[derive(Clone, Copy, Debug, Default, PartialEq, SerializeDisplay)]
pub struct Signed {
    is_negative: bool,
    amount: Decimal,
}

impl Signed {
    /// An amount, made negative if `is_negative`.
    #[must_use]
    pub fn new(amount: Decimal, is_negative: bool) -> Self {
        let is_negative = is_negative && !amount.is_zero();
        Self { is_negative, amount }
    }

    /// The sum; `None` when it has too many digits.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        if self.is_negative == other.is_negative {
            let amount = self.amount.checked_add(other.amount)?;
            return Some(Self::new(amount, self.is_negative));
        }
        let (less, more) = if self.amount < other.amount { (self, other) } else { (other, self) };
        Some(Self::new(more.amount.checked_sub(less.amount)?, more.is_negative))
    }

    /// The absolute value.
    #[must_use]
    pub fn amount(self) -> Decimal {
        self.amount
    }

    /// Whether the amount is less than zero.
    #[must_use]
    pub fn is_negative(self) -> bool {
        self.is_negative
    }
}

/// Formats a number between two ends: `0.30`, `0.30…0.55`, or `≥ 0.30` if only the lower one is known.
#[must_use]
pub fn range<N: PartialEq + fmt::Display>(lowest: N, highest: Option<N>) -> String {
    match highest {
        Some(highest) if lowest == highest => lowest.to_string(),
        Some(highest) => format!("{lowest}…{highest}"),
        None => format!("≥ {lowest}"),
    }
}

impl fmt::Display for Signed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.is_negative { "-" } else { "" };
        write!(f, "{sign}{}", self.amount)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adds_with_signs() {
        let amount = |text: &str| {
            let digits = text.trim_start_matches('-');
            Signed::new(digits.parse().unwrap(), digits != text)
        };
        for (a, b, sum) in [
            ("0.30", "0.5", "0.80"),
            ("0.30", "-0.30", "0.00"),
            ("-0.30", "0.30", "0.00"),
            ("0.30", "-0.55", "-0.25"),
            ("-0.30", "0.55", "0.25"),
            ("-0.30", "-0.5", "-0.80"),
        ] {
            let found = amount(a).checked_add(amount(b)).unwrap();
            assert_eq!(found.to_string(), sum, "{a} {b}");
        }
    }
}
