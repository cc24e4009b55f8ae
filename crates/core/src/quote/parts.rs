//! What a quantity is made of.

use alloc::borrow::Cow;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::facts::Length;
use crate::order::{FirstVideo, Order};

/// Where the one unknown of a range or an at-least stands.
pub const UNKNOWN: &str = "/reference_videos/0";

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

/// The parts of an order's quantity, where it is known before the video was made.
pub(super) fn of(order: &Order) -> Option<Vec<Part>> {
    Some(match order {
        Order::Usage => return None,
        Order::Task => alloc::vec![exact("/model", 1)],
        Order::Seconds { duration, first_video: None } => {
            alloc::vec![exact("/duration", *duration)]
        }
        Order::Seconds { duration, first_video: Some(video) } => {
            alloc::vec![exact("/duration", *duration), of_first_video(video)]
        }
    })
}

fn exact(of: &'static str, quantity: u64) -> Part {
    Part { of: Cow::Borrowed(of), quantity: Quantity::Exact(quantity), seconds: None }
}

/// The first reference video counts with its length, rounded to the nearest second, a half up.
fn of_first_video(video: &FirstVideo) -> Part {
    let (quantity, seconds) = match video {
        FirstVideo::Unknown => (Quantity::AtLeast { min: 0 }, None),
        FirstVideo::Known(length) => {
            let (min, max) = (whole_seconds(length.min()), whole_seconds(length.max()));
            let quantity =
                if min == max { Quantity::Exact(min) } else { Quantity::Between { min, max } };
            (quantity, Some(*length))
        }
    };
    Part { of: Cow::Borrowed(UNKNOWN), quantity, seconds }
}

const fn whole_seconds(micros: u64) -> u64 {
    (micros + Length::SECOND / 2) / Length::SECOND
}
