//! Natural numbers large enough for the few decimals whose nearest binary64 no shorter way tells.

use core::slice;

/// [`MOST_DIGITS`](crate::MOST_DIGITS), or the powers of two and ten beside them, take 2700 bits at most.
const PARTS: usize = 96;

#[derive(Debug, Clone, Copy)]
pub struct Big {
    /// Least significant first.
    parts: [u32; PARTS],
    /// Behind so many all are zero.
    len: usize,
}

impl Big {
    pub const fn new(number: u64) -> Self {
        let mut parts = [0; PARTS];
        parts[0] = number as u32;
        parts[1] = (number >> 32) as u32;
        Self { parts, len: 2 }
    }

    pub fn multiply_and_add(&mut self, factor: u32, summand: u32) {
        let mut carry = u64::from(summand);
        for part in self.parts.iter_mut().take(self.len) {
            carry += u64::from(*part) * u64::from(factor);
            *part = carry as u32;
            carry >>= 32;
        }
        if carry != 0 {
            self.parts[self.len] = carry as u32;
            self.len += 1;
        }
    }

    fn multiply_by_power_of_five(&mut self, mut exponent: u32) {
        // More do not fit 32 bits.
        const AT_ONCE: u32 = 13;
        while exponent > 0 {
            let step = exponent.min(AT_ONCE);
            self.multiply_and_add(5u32.pow(step), 0);
            exponent -= step;
        }
    }

    fn shift_left(&mut self, bits: u32) {
        self.multiply_and_add(1 << (bits % 32), 0);
        let parts = bits as usize / 32;
        self.parts.copy_within(..self.len, parts);
        self.parts[..parts].fill(0);
        self.len += parts;
    }

    /// Takes away what is not larger.
    pub fn subtract(&mut self, other: &Self) {
        let mut borrow = false;
        for (part, other) in self.parts.iter_mut().zip(&other.parts).take(self.len) {
            let (rest, first) = part.overflowing_sub(*other);
            let (rest, second) = rest.overflowing_sub(u32::from(borrow));
            *part = rest;
            borrow = first || second;
        }
    }

    /// Whether it is larger, or as large where that is enough.
    pub fn reaches(&self, other: &Self, equal_is_enough: bool) -> bool {
        let used = 0..self.len.max(other.len);
        let different = used.rev().find(|&at| self.parts[at] != other.parts[at]);
        different.map_or(equal_is_enough, |at| self.parts[at] > other.parts[at])
    }
}

/// Multiplies these by powers of ten and two, or the unit that they are counted in where an exponent is negative.
pub fn scale(numbers: &mut [Big], unit: &mut Big, tens: i32, twos: i32) {
    let unit = slice::from_mut(unit);
    for number in if tens < 0 { &mut *unit } else { &mut *numbers } {
        number.multiply_by_power_of_five(tens.unsigned_abs());
    }
    let twos = tens + twos;
    for number in if twos < 0 { unit } else { numbers } {
        number.shift_left(twos.unsigned_abs());
    }
}
