//! An amount with a sign, as refunds and differences need one.

use std::fmt;

use seedance_core::Decimal;
use serde_with::SerializeDisplay;

/// An amount with a sign.
#[derive(Clone, Copy, Debug, Default, PartialEq, SerializeDisplay)]
pub struct Signed {
    is_negative: bool,
    amount: Decimal,
}

impl Signed {
    /// An amount, or the same below nothing.
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

    /// How much it is, above nothing or below.
    #[must_use]
    pub fn amount(self) -> Decimal {
        self.amount
    }

    /// Whether it is below nothing.
    #[must_use]
    pub fn is_negative(self) -> bool {
        self.is_negative
    }
}

/// An amount of which the ends are known, or the lower one alone.
#[must_use]
pub fn range(lowest: Option<Decimal>, highest: Option<Decimal>) -> Option<String> {
    let lowest = lowest?;
    Some(match highest {
        Some(highest) if lowest == highest => lowest.to_string(),
        Some(highest) => format!("{lowest}…{highest}"),
        None => format!("≥ {lowest}"),
    })
}

impl From<Decimal> for Signed {
    fn from(amount: Decimal) -> Self {
        Self::new(amount, false)
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
        let amount = |text: &str| match text.strip_prefix('-') {
            Some(rest) => Signed::new(rest.parse().unwrap(), true),
            None => Signed::from(text.parse::<Decimal>().unwrap()),
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
