//! Exact money: an unsigned scaled integer that keeps the digits after the point as they were written.

use alloc::string::String;
use core::cmp::Ordering;
use core::fmt;
use core::hash::{Hash, Hasher};
use core::str::FromStr;

use serde::de::Visitor;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Digits that a unit price may have before the point, once an exponent is expanded.
pub const PRICE_DIGITS_BEFORE_POINT: usize = 12;
/// Digits that a unit price may have after the point, once an exponent is expanded.
pub const PRICE_DIGITS_AFTER_POINT: usize = 12;

/// The largest scale. Ten to this power still fits into the mantissa's type, which keeps comparison exact.
const MAX_SCALE: u8 = 38;
/// The length of the longest spelling: the 39 digits of the largest mantissa, and the point.
const LONGEST: usize = 40;

/// A decimal number that is never negative, never rounded and never a float.
///
/// It prints exactly its own digits: `0.050` stays `0.050`, `1e-7` prints as `0.0000001`. Two decimals
/// are equal when their values are, whatever their digits: `0.5 == 0.50`.
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
        let written = Written::read(text).ok_or(DecimalError::NotADecimal)?;
        let too_many = written.digits_before_point() > PRICE_DIGITS_BEFORE_POINT as i64
            || written.digits_after_point() > PRICE_DIGITS_AFTER_POINT as i64;
        if too_many { Err(DecimalError::TooManyDigits) } else { written.value() }
    }

    /// Reads a unit price that is given as a number, by its shortest decimal spelling.
    ///
    /// # Errors
    /// [`DecimalError`] when the number is negative, not finite, or spelled with too many digits.
    pub fn from_price_number(number: f64) -> Result<Self, DecimalError> {
        let spelling = shortest_spelling(number).ok_or(DecimalError::NotADecimal)?;
        Self::from_price(&spelling)
    }

    /// The product with a whole quantity, with the same digits after the point; `None` when it does not fit.
    #[must_use]
    pub fn checked_mul(self, quantity: u64) -> Option<Self> {
        let mantissa = times(self.mantissa, quantity, 0)?;
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

    /// The spelling, written from the last digit to the first: `core`'s formatting is much slower and adds much more code.
    fn spell(self, buffer: &mut [u8; LONGEST]) -> &str {
        let scale = usize::from(self.scale);
        let last_whole_digit = if scale > 0 { scale + 1 } else { 0 };
        let (mut rest, mut written) = (self.mantissa, 0);
        for place in buffer.iter_mut().rev() {
            if scale > 0 && written == scale {
                *place = b'.';
            } else if written > last_whole_digit && rest == 0 {
                break;
            } else {
                let (tens, digit) = split_last_digit(rest);
                *place = b'0' + digit;
                rest = tens;
            }
            written += 1;
        }
        let spelling = buffer.get(LONGEST - written..).unwrap_or_default();
        core::str::from_utf8(spelling).unwrap_or_default()
    }

    /// The mantissa with zeros appended, up to `scale` digits after the point; `None` when that does not fit.
    fn mantissa_at(self, scale: u8) -> Option<u128> {
        (self.scale..scale).try_fold(self.mantissa, |mantissa, _| times(mantissa, 10, 0))
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
        Written::read(text).ok_or(DecimalError::NotADecimal)?.value()
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.spell(&mut [0; LONGEST]))
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
        serializer.serialize_str(self.spell(&mut [0; LONGEST]))
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(DecimalVisitor)
    }
}

struct DecimalVisitor;

impl Visitor<'_> for DecimalVisitor {
    type Value = Decimal;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a decimal number as a string")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Decimal, E> {
        text.parse().map_err(E::custom)
    }
}

/// A number in JSON's grammar without a sign, split into its parts but not yet computed, so that digits are counted before
/// anything can overflow.
struct Written<'a> {
    whole: &'a [u8],
    fraction: &'a [u8],
    exponent: i64,
}

impl<'a> Written<'a> {
    fn read(text: &'a str) -> Option<Self> {
        let (whole, rest) = split_digits(text.as_bytes());
        if whole.is_empty() || (whole.len() > 1 && whole.first() == Some(&b'0')) {
            return None;
        }
        let (fraction, rest) = match rest.strip_prefix(b".") {
            Some(after_point) => match split_digits(after_point) {
                ([], _) => return None,
                parts => parts,
            },
            None => (&[] as &[u8], rest),
        };
        let exponent = match rest {
            [] => 0,
            [b'e' | b'E', exponent @ ..] => read_exponent(exponent)?,
            _ => return None,
        };
        Some(Self { whole, fraction, exponent })
    }

    /// The position of the point among the digits once the exponent is expanded; it may be before the first or after the last.
    fn point(&self) -> i64 {
        self.exponent + self.whole.len() as i64
    }

    fn digit_count(&self) -> i64 {
        (self.whole.len() + self.fraction.len()) as i64
    }

    fn digits_before_point(&self) -> i64 {
        let mut before_point = self.point();
        for digits in [self.whole, self.fraction] {
            for digit in digits {
                if *digit != b'0' {
                    return before_point.max(1);
                }
                before_point -= 1;
            }
        }
        1
    }

    fn digits_after_point(&self) -> i64 {
        (self.digit_count() - self.point()).max(0)
    }

    fn value(&self) -> Result<Decimal, DecimalError> {
        let scale =
            u8::try_from(self.digits_after_point()).ok().filter(|&scale| scale <= MAX_SCALE);
        let scale = scale.ok_or(DecimalError::TooManyDigits)?;
        let mut mantissa = 0;
        for digits in [self.whole, self.fraction] {
            for digit in digits {
                let more = times(mantissa, 10, digit - b'0');
                mantissa = more.ok_or(DecimalError::TooManyDigits)?;
            }
        }
        // Zero stays zero, however many zeros are appended; any other number soon no longer fits.
        let zeros_behind = (self.point() - self.digit_count()).clamp(0, u8::MAX.into());
        let zeros_behind = if mantissa == 0 { 0 } else { zeros_behind as u8 };
        let whole = Decimal { mantissa, scale: 0 };
        let mantissa = whole.mantissa_at(zeros_behind);
        let mantissa = mantissa.ok_or(DecimalError::TooManyDigits)?;
        Ok(Decimal { mantissa, scale })
    }
}

fn split_digits(text: &[u8]) -> (&[u8], &[u8]) {
    let end = text.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    text.split_at(end)
}

/// Reads an exponent, at most `LARGEST` in size: with a larger one, too, the number is either zero or has too many digits.
fn read_exponent(text: &[u8]) -> Option<i64> {
    const LARGEST: i64 = 1 << 40;
    let (negative, digits) = match text {
        [b'-', digits @ ..] => (true, digits),
        [b'+', digits @ ..] | digits => (false, digits),
    };
    let ([_, ..], []) = split_digits(digits) else {
        return None;
    };
    let size =
        digits.iter().fold(0, |size, digit| LARGEST.min(size * 10 + i64::from(digit - b'0')));
    Some(if negative { -size } else { size })
}

/// The shortest decimal spelling; `None` for numbers that are negative or not finite.
fn shortest_spelling(number: f64) -> Option<String> {
    if !number.is_finite() || number < 0.0 {
        return None;
    }
    // `abs` takes the sign off -0.0, which is not below zero.
    Some(crate::number::to_string(number.abs()))
}

/// The mantissa times `factor`, plus `digit`; `None` when that does not fit.
fn times(mantissa: u128, factor: u64, digit: u8) -> Option<u128> {
    let half = |half: u128| u128::from(half as u64) * u128::from(factor);
    let low = half(mantissa) + u128::from(digit);
    let high = half(mantissa >> 64) + (low >> 64);
    (high >> 64 == 0).then_some(high << 64 | u128::from(low as u64))
}

/// The number without its last digit, and that digit. Nearly every decimal fits 64 bits, whose division is many times faster
/// than that of 128 bits; the others are divided part by part.
fn split_last_digit(number: u128) -> (u128, u8) {
    if let Ok(small) = u64::try_from(number) {
        return (u128::from(small / 10), (small % 10) as u8);
    }
    let (mut tens, mut rest) = (0, 0);
    for shift in [96, 64, 32, 0] {
        let part = rest << 32 | u64::from((number >> shift) as u32);
        tens = tens << 32 | u128::from(part / 10);
        rest = part % 10;
    }
    (tens, rest as u8)
}

#[cfg(test)]
mod tests;
