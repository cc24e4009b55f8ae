//! Decimals and binary64: the nearest number of a spelling, the shortest spelling of a number.
//!
//! ```
//! let mut text = String::new();
//! seedance_binary64::write(&mut text, 0.1 + 0.2);
//! assert_eq!(text, "0.30000000000000004");
//! ```
//!
//! Both are exact without tables: a guess of a few units is put right by large whole numbers. The tables of the usual
//! ways would be a fifth of the package for JavaScript, and nearly every number needs neither. A crate of its own so that the
//! package can have it small and the JSON around it fast.
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

mod big;

use alloc::string::String;

use big::{Big, scale};

/// Where exponents end: every number with a larger one is infinite or zero, however many digits a text can hold.
pub const LARGEST_EXPONENT: i64 = 1 << 40;

/// The powers of ten that are exact.
const POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
];
/// Up to here every whole number is a binary64.
const EXACT: u64 = 1 << 53;
/// More digits can only tell that a number is above what so many say.
const MOST_DIGITS: usize = 800;
/// Beyond these decimal exponents of the first digit, a number is infinite or zero.
const INFINITE_FROM: i64 = 310;
const ZERO_BELOW: i64 = -326;

const FRACTION_BITS: u32 = 52;
const IMPLICIT_BIT: u64 = 1 << FRACTION_BITS;
/// The exponent of the last bit of the smallest numbers.
const SMALLEST_EXPONENT: i32 = -1074;

/// A decimal that is being read.
#[derive(Debug, Clone, Copy, Default)]
pub struct Written {
    /// The first digits, as many as fit.
    significand: u64,
    /// How many digits came after those.
    left_out: usize,
    /// The power of ten of the last digit.
    exponent: i64,
}

impl Written {
    /// Takes the next digit, in ASCII.
    pub fn digit(&mut self, digit: u8) {
        let more = self.significand.checked_mul(10);
        match more.and_then(|more| more.checked_add(u64::from(digit - b'0'))) {
            Some(more) if self.left_out == 0 => self.significand = more,
            _ => self.left_out += 1,
        }
    }

    /// So many of the digits stand behind the point.
    pub fn fraction(&mut self, digits: usize) {
        self.exponent -= digits as i64;
    }

    /// It is this power of ten times larger.
    pub fn exponent(&mut self, exponent: i64) {
        self.exponent += exponent;
    }

    /// The nearest binary64, the even one of two. `digits` are all digits, among other characters.
    #[must_use]
    pub fn nearest(&self, digits: &[u8]) -> f64 {
        if self.left_out == 0 {
            let significand = self.significand as f64;
            let power = POWERS.get(self.exponent.unsigned_abs() as usize);
            match power {
                _ if self.exponent == 0 || self.significand == 0 => return significand,
                Some(power) if self.significand <= EXACT => {
                    return if self.exponent > 0 {
                        significand * power
                    } else {
                        significand / power
                    };
                }
                _ => {}
            }
        }
        self.nearest_of_long(digits)
    }

    #[cold]
    fn nearest_of_long(&self, digits: &[u8]) -> f64 {
        let exponent = self.exponent + self.left_out as i64;
        let first_digit = exponent + i64::from(self.significand.ilog10());
        if first_digit >= INFINITE_FROM {
            return f64::INFINITY;
        }
        if first_digit < ZERO_BELOW {
            return 0.0;
        }
        let guess = scaled(self.significand as f64, exponent as i32);
        self.corrected(guess.min(f64::MAX), digits)
    }

    fn corrected(&self, guess: f64, digits: &[u8]) -> f64 {
        let (number, power) = exact(digits, self.exponent);
        // Whether the decimal is above what is halfway between a number and the next one.
        let is_above = |bits: u64| {
            let (mantissa, exponent) = parts(bits);
            let (mut decimal, mut halfway) = ([number], Big::new(2 * mantissa + 1));
            scale(&mut decimal, &mut halfway, power as i32, 1 - exponent);
            // Halfway, the even one is taken.
            decimal[0].reaches(&halfway, mantissa % 2 == 1)
        };
        let mut bits = guess.to_bits();
        while is_above(bits) && f64::from_bits(bits).is_finite() {
            bits += 1;
        }
        while bits > 0 && !is_above(bits - 1) {
            bits -= 1;
        }
        f64::from_bits(bits)
    }
}

/// A number times a power of ten, wrong by a few units in its last place.
fn scaled(mut number: f64, exponent: i32) -> f64 {
    let step = |number: f64, power: f64| {
        if exponent < 0 {
            number / power
        } else {
            number * power
        }
    };
    let mut left = exponent.unsigned_abs() as usize;
    while left > 0 {
        let power = left.min(POWERS.len() - 1);
        number = step(number, POWERS.get(power).copied().unwrap_or(1.0));
        left -= power;
    }
    number
}

/// The number that the digits write, or one between the same binary64s, and the power of ten of its last digit.
fn exact(digits: &[u8], mut exponent: i64) -> (Big, i64) {
    let mut number = Big::new(0);
    let (mut significant, mut is_more) = (0, false);
    for digit in digits.iter().filter(|digit| digit.is_ascii_digit()) {
        let digit = u32::from(digit - b'0');
        significant += usize::from(significant > 0 || digit > 0);
        if significant > MOST_DIGITS {
            is_more |= digit > 0;
            exponent += 1;
        } else {
            number.multiply_and_add(10, digit);
        }
    }
    if is_more {
        number.multiply_and_add(10, 1);
        exponent -= 1;
    }
    (number, exponent)
}

/// The mantissa and the power of two of its last bit, of a number that is positive and finite.
fn parts(bits: u64) -> (u64, i32) {
    let fraction = bits & (IMPLICIT_BIT - 1);
    match (bits >> FRACTION_BITS) as i32 {
        0 => (fraction, SMALLEST_EXPONENT),
        exponent => (fraction | IMPLICIT_BIT, SMALLEST_EXPONENT - 1 + exponent),
    }
}

/// Appends the shortest spelling that reads as the number again, the nearest of those; `null` for what is none.
pub fn write(out: &mut String, number: f64) {
    if !number.is_finite() {
        out.push_str("null");
        return;
    }
    if number.is_sign_negative() {
        out.push('-');
    }
    if number == 0.0 {
        out.push_str("0.0");
        return;
    }
    let start = out.len();
    let number = number.abs();
    let mut point = short(out, number).unwrap_or_else(|| shortest(out, number));
    if (-4..=16).contains(&point) {
        while point < 1 {
            out.insert(start, '0');
            point += 1;
        }
        let point = start + point.unsigned_abs() as usize;
        while out.len() <= point {
            out.push('0');
        }
        out.insert(point, '.');
        return;
    }
    if out.len() > start + 1 {
        out.insert(start + 1, '.');
    }
    out.push_str(if point > 0 { "e+" } else { "e-" });
    write_whole(out, (point - 1).unsigned_abs().into());
}

/// Appends the digits of a whole number.
pub fn write_whole(out: &mut String, number: u64) {
    // As many as the largest number has.
    let mut digits = [b'0'; 20];
    let mut start = digits.len();
    let mut rest = number;
    while rest > 0 || start == digits.len() {
        start -= 1;
        digits[start] = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    out.push_str(core::str::from_utf8(&digits[start..]).unwrap_or_default());
}

/// The same as [`shortest`] for a number of few digits behind the point, as nearly all are that people write.
fn short(out: &mut String, number: f64) -> Option<i32> {
    // So many digits always tell two numbers apart, so that the first spelling that is the number is the only one.
    const CERTAIN_BELOW: f64 = 1e15;
    let (places, power) = (1..).zip(&POWERS[1..=6]).find(|(_, power)| {
        let scaled = number * *power;
        scaled < CERTAIN_BELOW && rounded(scaled) as f64 / *power == number
    })?;
    let start = out.len();
    write_whole(out, rounded(number * power));
    Some((out.len() - start) as i32 - places)
}

/// The nearest whole number of one that is positive and small.
fn rounded(number: f64) -> u64 {
    (number + 0.5) as u64
}

/// Appends the digits, and tells how many of them stand before the point (Steele and White, "How to Print Floating-Point
/// Numbers Accurately").
fn shortest(out: &mut String, number: f64) -> i32 {
    let (mantissa, exponent) = parts(number.to_bits());
    // Halfway to its neighbours a spelling reads as the even one.
    let is_even = mantissa % 2 == 0;
    // The number below a power of two is nearer than the one above.
    let is_uneven = mantissa == IMPLICIT_BIT && exponent > SMALLEST_EXPONENT;
    let above = 1 + u64::from(is_uneven);
    let unit = 2 * above;
    // The number, the end of what reads as the number, and how far it is from the other end.
    let mut numbers = [mantissa * unit, mantissa * unit + above, 1].map(Big::new);
    let mut unit = Big::new(unit);
    // Not more than the true one, and less by one at most.
    let bits = mantissa.ilog2() as i32 + exponent;
    let mut point = (bits * 1233) >> 12;
    scale(&mut numbers, &mut unit, -point, exponent);
    while numbers[1].reaches(&unit, is_even) {
        unit.multiply_and_add(10, 0);
        point += 1;
    }

    loop {
        for number in &mut numbers {
            number.multiply_and_add(10, 0);
        }
        let [rest, end, below] = &mut numbers;
        let mut digit = b'0';
        while rest.reaches(&unit, true) {
            rest.subtract(&unit);
            end.subtract(&unit);
            digit += 1;
        }
        let can_end = below.reaches(rest, is_even);
        let can_round_up = end.reaches(&unit, is_even);
        if can_end || can_round_up {
            rest.multiply_and_add(2, 0);
            // Halfway between two digits, the even one is taken.
            let is_nearer_above = rest.reaches(&unit, digit % 2 == 1);
            digit += u8::from(can_round_up && (is_nearer_above || !can_end));
        }
        out.push(char::from(digit));
        if can_end || can_round_up {
            return point;
        }
    }
}
