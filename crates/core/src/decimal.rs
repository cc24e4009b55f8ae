//! Exact money: an unsigned scaled integer that keeps the digits after the point as they were written.

use alloc::format;
use alloc::string::String;
use core::cmp::Ordering;
use core::fmt;
use core::hash::{Hash, Hasher};
use core::num::{IntErrorKind, ParseIntError};
use core::str::FromStr;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Digits that a unit price may have before the point, once an exponent is expanded.
pub const PRICE_DIGITS_BEFORE_POINT: usize = 12;
/// Digits that a unit price may have after the point, once an exponent is expanded.
pub const PRICE_DIGITS_AFTER_POINT: usize = 12;

/// The largest scale. Ten to this power still fits into the mantissa's type, which keeps comparison exact.
const MAX_SCALE: u8 = 38;

/// A decimal number that is never negative, never rounded and never a float.
///
/// It prints exactly its own digits: `0.050` stays `0.050`, `1e-7` prints as `0.0000001`. Two decimals
/// are equal when their values are, whatever their digits: `0.5 == 0.50`. In JSON it is a string.
///
/// ```
/// use seedance_core::Decimal;
/// let price: Decimal = "0.05".parse()?;
/// assert_eq!(price.checked_mul(11).unwrap().to_string(), "0.55");
/// # Ok::<(), seedance_core::DecimalError>(())
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Decimal {
    mantissa: u128,
    // INVARIANT: at most MAX_SCALE.
    scale: u8,
}

impl Decimal {
    /// Zero, without digits after the point: the start of a total.
    pub const ZERO: Self = Self { mantissa: 0, scale: 0 };

    /// The largest decimal, used in place of a product or total that does not fit.
    pub const MAX: Self = Self { mantissa: u128::MAX, scale: 0 };

    /// Reads a unit price: JSON's number grammar without a sign, at most 12 digits before and 12 after the point.
    ///
    /// # Errors
    /// [`DecimalError`] says whether the text is not a number or has too many digits.
    pub fn from_price(text: &str) -> Result<Self, DecimalError> {
        let price: Self = text.parse()?;
        let too_large = Self { mantissa: 10_u128.pow(PRICE_DIGITS_BEFORE_POINT as u32), scale: 0 };
        let has_too_many =
            price >= too_large || usize::from(price.scale) > PRICE_DIGITS_AFTER_POINT;
        if has_too_many { Err(DecimalError::TooManyDigits) } else { Ok(price) }
    }

    /// Reads a unit price that is given as a number, by its shortest decimal spelling.
    ///
    /// # Errors
    /// [`DecimalError`] when the number is negative, not finite, or spelled with too many digits.
    pub fn from_price_number(number: f64) -> Result<Self, DecimalError> {
        if !number.is_finite() || number < 0.0 {
            return Err(DecimalError::NotADecimal);
        }
        // `abs` takes the sign off -0.0, which is not below zero.
        Self::from_price(&crate::number::to_string(number.abs()))
    }

    /// The product with a whole quantity, with the same digits after the point; `None` when it does not fit.
    #[must_use]
    pub fn checked_mul(self, quantity: u64) -> Option<Self> {
        let mantissa = self.mantissa.checked_mul(quantity.into())?;
        Some(Self { mantissa, ..self })
    }

    /// The sum, with as many digits after the point as the finer of the two; `None` when it does not fit.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        let scale = self.scale.max(other.scale);
        let mantissa = self.mantissa_at(scale)?.checked_add(other.mantissa_at(scale)?)?;
        Some(Self { mantissa, scale })
    }

    /// The difference, with as many digits after the point as the finer of the two; `None` when it is negative or does not fit.
    #[must_use]
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        let scale = self.scale.max(other.scale);
        let mantissa = self.mantissa_at(scale)?.checked_sub(other.mantissa_at(scale)?)?;
        Some(Self { mantissa, scale })
    }

    /// The exact quotient, never rounded. `None` when `quantity` is zero, or when the quotient needs more digits after the point
    /// than a unit price may have (or than this decimal has, if that is more).
    #[must_use]
    pub fn checked_div_exact(self, quantity: u64) -> Option<Self> {
        let quantity = u128::from(quantity);
        let scales = self.scale..=self.scale.max(PRICE_DIGITS_AFTER_POINT as u8);
        scales.into_iter().find_map(|scale| {
            let mantissa = self.mantissa_at(scale)?;
            let divides = mantissa.checked_rem(quantity)? == 0;
            divides.then_some(Self { mantissa: mantissa / quantity, scale })
        })
    }

    /// How many times `unit` goes into this; `None` when that is not a whole number or does not fit, or when `unit` is zero.
    #[must_use]
    pub fn whole_multiple_of(self, unit: Self) -> Option<u64> {
        let scale = self.scale.max(unit.scale);
        let (amount, unit) = (self.mantissa_at(scale)?, unit.mantissa_at(scale)?);
        let divides = amount.checked_rem(unit)? == 0;
        u64::try_from(amount / unit).ok().filter(|_| divides)
    }

    /// Whether this is zero, with any number of digits.
    #[must_use]
    pub fn is_zero(self) -> bool {
        self.mantissa == 0
    }

    /// All digits as one integer: `0.050` has the mantissa 50.
    #[must_use]
    pub fn mantissa(self) -> u128 {
        self.mantissa
    }

    /// The number of digits after the point: `0.050` has the scale 3.
    #[must_use]
    pub fn scale(self) -> u8 {
        self.scale
    }

    /// The mantissa with zeros appended, up to `scale` digits after the point; `None` when that does not fit.
    fn mantissa_at(self, scale: u8) -> Option<u128> {
        (self.scale..scale).try_fold(self.mantissa, |mantissa, _| mantissa.checked_mul(10))
    }
}

/// Why a text is not a [`Decimal`].
#[derive(Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DecimalError {
    /// The text is not a number in JSON's grammar, or has a sign.
    #[error("not a plain decimal number such as `0.05`")]
    NotADecimal,
    /// The number has more digits than are allowed or than fit.
    #[error("too many digits")]
    TooManyDigits,
}

impl FromStr for Decimal {
    type Err = DecimalError;

    /// Reads any decimal that fits, such as an amount or a total. Unit prices are limited more: see [`Decimal::from_price`].
    fn from_str(text: &str) -> Result<Self, DecimalError> {
        let (number, exponent) = match text.split_once(['e', 'E']) {
            Some((number, exponent)) => (number, read_exponent(exponent)?),
            None => (text, 0),
        };
        let (whole, fraction) = match number.split_once('.') {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (number, None),
        };
        let is_digits = |it: &str| !it.is_empty() && it.bytes().all(|byte| byte.is_ascii_digit());
        let has_leading_zero = whole.len() > 1 && whole.starts_with('0');
        if !is_digits(whole) || has_leading_zero || !fraction.is_none_or(is_digits) {
            return Err(DecimalError::NotADecimal);
        }
        let fraction = fraction.unwrap_or_default();
        let digits: Result<u128, _> = [whole, fraction].concat().parse();
        let mantissa = digits.map_err(|_| DecimalError::TooManyDigits)?;
        let scale = (fraction.len() as i64).saturating_sub(exponent);
        // A negative scale stands for zeros after the digits; zero stays zero, however many there are.
        let zeros = if mantissa == 0 { 0 } else { scale.min(0).unsigned_abs() };
        let whole = Self { mantissa, scale: 0 };
        let mantissa = u8::try_from(zeros).ok().and_then(|zeros| whole.mantissa_at(zeros));
        let scale = u8::try_from(scale.max(0)).ok().filter(|&scale| scale <= MAX_SCALE);
        let (mantissa, scale) = mantissa.zip(scale).ok_or(DecimalError::TooManyDigits)?;
        Ok(Self { mantissa, scale })
    }
}

/// Reads an exponent. One that does not fit becomes the largest or smallest: the number is then either zero or has too many digits.
fn read_exponent(text: &str) -> Result<i64, DecimalError> {
    text.parse().or_else(|error: ParseIntError| match error.kind() {
        IntErrorKind::PosOverflow => Ok(i64::MAX),
        IntErrorKind::NegOverflow => Ok(i64::MIN),
        _ => Err(DecimalError::NotADecimal),
    })
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scale = usize::from(self.scale);
        let digits = format!("{:0>least$}", self.mantissa, least = scale + 1);
        let (whole, fraction) = digits.split_at(digits.len() - scale);
        f.pad(&[whole, fraction].join(if scale > 0 { "." } else { "" }))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        // Only the decimal of the smaller scale gets more zeros. When it does not fit, it is larger than any that does.
        let scale = self.scale.max(other.scale);
        match (self.mantissa_at(scale), other.mantissa_at(scale)) {
            (Some(mantissa), Some(other)) => mantissa.cmp(&other),
            (mantissa, other) => mantissa.is_none().cmp(&other.is_none()),
        }
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Decimal {}

impl Hash for Decimal {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let (mut mantissa, mut scale) = (self.mantissa, self.scale);
        while scale > 0 && mantissa % 10 == 0 {
            mantissa /= 10;
            scale -= 1;
        }
        (mantissa, scale).hash(state);
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests;
