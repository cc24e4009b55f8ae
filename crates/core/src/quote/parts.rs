//! What a quantity is made of.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::UNKNOWN;
use crate::body::View;
use crate::facts::{Facts, Length};
use crate::table::{Field, Model, Route, Unit};

/// One part of a quantity.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Part {
    /// A JSON Pointer to what it comes from.
    pub of: Cow<'static, str>,
    /// How many units it adds.
    pub quantity: Quantity,
    /// The length that was measured, before it was rounded to whole seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seconds: Option<Length>,
}

/// A number of units, as far as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Quantity {
    /// Exactly so many.
    Exact(u64),
    /// Between two ends.
    Between {
        /// The fewest.
        min: u64,
        /// The most.
        max: u64,
    },
    /// So many or more.
    AtLeast {
        /// The fewest.
        min: u64,
    },
}

impl Quantity {
    /// The fewest units.
    #[must_use]
    pub const fn min(self) -> u64 {
        match self {
            Self::Exact(units) => units,
            Self::Between { min, .. } | Self::AtLeast { min } => min,
        }
    }

    /// The most units, where they are known.
    #[must_use]
    pub const fn max(self) -> Option<u64> {
        match self {
            Self::Exact(units) => Some(units),
            Self::Between { max, .. } => Some(max),
            Self::AtLeast { .. } => None,
        }
    }
}

impl Part {
    /// In a range every part has two ends.
    pub(super) fn spread(&mut self) {
        let min = self.quantity.min();
        let max = self.quantity.max().unwrap_or(min);
        self.quantity = Quantity::Between { min, max };
    }
}

/// The parts of a request that holds nothing that stops its price.
pub(super) fn of(fields: View<'_>, facts: &Facts, route: &Route, model: &Model) -> Vec<Part> {
    match route.unit.value {
        Unit::Task => alloc::vec![exact("/model", 1)],
        Unit::Second => {
            let duration = fields.duration().unwrap_or_default();
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a duration outside its range stops the price before"
            )]
            let seconds = exact("/duration", duration as u64);
            let mut parts = Vec::with_capacity(2);
            parts.push(seconds);
            if model.bills_first_video && fields.has(Field::ReferenceVideos) {
                parts.push(first_video(facts));
            }
            parts
        }
    }
}

fn exact(of: &'static str, quantity: u64) -> Part {
    Part {
        of: Cow::Borrowed(of),
        quantity: Quantity::Exact(quantity),
        seconds: None,
    }
}

/// The first reference video counts with its length, rounded to the nearest second, a half up.
fn first_video(facts: &Facts) -> Part {
    let length = facts.video(0).and_then(|video| video.length);
    let quantity = match length {
        None => Quantity::AtLeast { min: 0 },
        Some(length) => match (whole_seconds(length.min()), whole_seconds(length.max())) {
            (min, max) if min == max => Quantity::Exact(min),
            (min, max) => Quantity::Between { min, max },
        },
    };
    Part {
        of: Cow::Borrowed(UNKNOWN),
        quantity,
        seconds: length,
    }
}

const fn whole_seconds(micros: u64) -> u64 {
    (micros + Length::SECOND / 2) / Length::SECOND
}
