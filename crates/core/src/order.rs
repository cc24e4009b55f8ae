//! What bears on the price of a request, parsed once: pricing reads no field.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::check::{Ask, Found, Place};
use crate::facts::Length;
use crate::table::{Field, Unit};

/// What the unit price of a request that can be priced is taken times.
#[derive(Debug)]
pub(crate) enum Order {
    /// What was used is known only after the video was made.
    Usage,
    /// A quantity, made of these.
    Units(Vec<Part>),
}

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

impl Order {
    /// The order that a request makes; `None` where something stops its price.
    pub fn of(found: &Found<'_>) -> Option<Self> {
        if found.hits.stops_price() {
            return None;
        }
        let ask = &found.ask;
        let (route, model) = ask.row?;
        Some(Self::Units(match route.unit.value {
            Unit::MillionTokens => return Some(Self::Usage),
            Unit::Task => alloc::vec![exact("/model", 1)],
            Unit::Second => {
                let duration = exact("/duration", seconds(ask)?);
                if model.bills_first_video && ask.has(Field::ReferenceVideos) {
                    alloc::vec![duration, first_video(ask)]
                } else {
                    alloc::vec![duration]
                }
            }
        }))
    }
}

/// The name under which a request is billed, with its resolution or the documented default, where that much is known of it: there
/// may be no price all the same.
pub(crate) fn billing_model(found: &Found<'_>) -> Option<String> {
    if found.hits.stops_price_at(Place::of(Field::Resolution)) {
        return None;
    }
    let (route, model) = found.ask.row?;
    if let Some(name) = model.billing_with_videos
        && found.ask.has(Field::ReferenceVideos)
    {
        return Some(name.into());
    }
    let asked = found.ask.text(Field::Resolution);
    let resolution = asked.or(model.resolution(route).default);
    Some(model.billing_name(resolution.unwrap_or_default()))
}

fn exact(of: &'static str, quantity: u64) -> Part {
    Part { of: Cow::Borrowed(of), quantity: Quantity::Exact(quantity), seconds: None }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a duration outside its range stops the price before"
)]
fn seconds(ask: &Ask<'_>) -> Option<u64> {
    let (route, _) = ask.row?;
    let asked = ask.fields.duration.value().map(|seconds| *seconds as u64);
    asked.or(Some(route.duration.value.default.into()))
}

/// The first reference video counts with its length, rounded to the nearest second, a half up.
fn first_video(ask: &Ask<'_>) -> Part {
    let seconds = ask.facts.video(0).and_then(|facts| facts.known_length());
    let quantity = match seconds.map(|it| (whole_seconds(it.min()), whole_seconds(it.max()))) {
        None => Quantity::AtLeast { min: 0 },
        Some((min, max)) if min == max => Quantity::Exact(min),
        Some((min, max)) => Quantity::Between { min, max },
    };
    Part { of: Cow::Borrowed(UNKNOWN), quantity, seconds }
}

const fn whole_seconds(micros: u64) -> u64 {
    (micros + Length::SECOND / 2) / Length::SECOND
}
