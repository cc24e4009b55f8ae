//! Natural numbers of any size, for the few decimals whose nearest binary64 no shorter way tells.

use alloc::vec::Vec;
use core::cmp::Ordering;

/// Least significant part first, none of the last ones zero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Big(Vec<u32>);

impl Big {
    pub fn new(number: u64) -> Self {
        let mut big = Self(Vec::new());
        big.multiply_and_add(0, number as u32);
        let high = (number >> 32) as u32;
        if high != 0 {
            big.0.resize(1, 0);
            big.0.push(high);
        }
        big
    }

    pub fn multiply_and_add(&mut self, factor: u32, summand: u32) {
        if factor == 0 {
            self.0.clear();
        }
        let mut carry = u64::from(summand);
        for part in &mut self.0 {
            carry += u64::from(*part) * u64::from(factor);
            *part = carry as u32;
            carry >>= 32;
        }
        if carry != 0 {
            self.0.push(carry as u32);
        }
    }

    pub fn multiply_by_power_of_ten(&mut self, mut exponent: u32) {
        while exponent > 0 {
            let step = exponent.min(9);
            self.multiply_and_add(10u32.pow(step), 0);
            exponent -= step;
        }
    }

    pub fn shift_left(&mut self, bits: u32) {
        if self.0.is_empty() {
            return;
        }
        self.multiply_and_add(1 << (bits % 32), 0);
        self.0
            .splice(0..0, core::iter::repeat_n(0, bits as usize / 32));
    }

    pub fn add(&mut self, other: &Self) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        let mut carry = 0;
        for (at, part) in self.0.iter_mut().enumerate() {
            carry += u64::from(*part) + u64::from(other.part(at));
            *part = carry as u32;
            carry >>= 32;
        }
        if carry != 0 {
            self.0.push(carry as u32);
        }
    }

    /// Takes away what is not larger.
    pub fn subtract(&mut self, other: &Self) {
        let mut borrow = false;
        for (at, part) in self.0.iter_mut().enumerate() {
            let (rest, first) = part.overflowing_sub(other.part(at));
            let (rest, second) = rest.overflowing_sub(u32::from(borrow));
            *part = rest;
            borrow = first || second;
        }
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
    }

    fn part(&self, at: usize) -> u32 {
        self.0.get(at).copied().unwrap_or(0)
    }
}

impl Ord for Big {
    fn cmp(&self, other: &Self) -> Ordering {
        let lengths = self.0.len().cmp(&other.0.len());
        lengths.then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }
}

impl PartialOrd for Big {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
