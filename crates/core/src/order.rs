//! The billable quantity and the billing name of a request: all that pricing has to know about its fields.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::check::{Ask, Hits, Place};
use crate::facts::Length;
use crate::table::{Field, Unit};

/// What the unit price is multiplied by, for a request that can be priced.
#[derive(Debug)]
pub(crate) enum Order {
    /// Billed by usage, which is known only after the video has been made.
    Usage,
    /// The sum of these parts.
    Units(Vec<Part>),
}

/// A JSON Pointer to the one value whose length a range or a lower bound depends on: the first reference video.
pub const UNKNOWN: &str = "/reference_videos/0";

/// One part of a billable quantity.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Part {
    /// A JSON Pointer to the value in the request that it comes from.
    pub of: Cow<'static, str>,
    /// How many units it adds.
    pub quantity: Quantity,
    /// The measured length of a reference video, before rounding to whole seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seconds: Option<Length>,
}

/// A number of units or an amount, as far as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Quantity<N = u64> {
    /// Exactly this number.
    Exact(N),
    /// A number between two bounds, both included.
    Between {
        /// The fewest.
        min: N,
        /// The most.
        max: N,
    },
    /// This number or more.
    AtLeast {
        /// The fewest.
        min: N,
    },
}

impl<N: Copy> Quantity<N> {
    /// The fewest units.
    #[must_use]
    pub fn min(self) -> N {
        match self {
            Self::Exact(min) | Self::Between { min, .. } | Self::AtLeast { min } => min,
        }
    }

    /// The most units; `None` if no upper bound is known.
    #[must_use]
    pub fn max(self) -> Option<N> {
        match self {
            Self::Exact(max) | Self::Between { max, .. } => Some(max),
            Self::AtLeast { .. } => None,
        }
    }

    /// The same kind of quantity with each number converted, such as units to what they cost.
    pub(crate) fn map<M>(self, convert: impl Fn(N) -> M) -> Quantity<M> {
        match self {
            Self::Exact(units) => Quantity::Exact(convert(units)),
            Self::Between { min, max } => {
                Quantity::Between { min: convert(min), max: convert(max) }
            }
            Self::AtLeast { min } => Quantity::AtLeast { min: convert(min) },
        }
    }
}

impl Order {
    /// The order of a request; `None` if a finding stops its price.
    pub fn of(found: &Hits<'_>) -> Option<Self> {
        if found.stops_price() {
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

/// The name under which a request is billed, with its resolution, or the default one, where that is part of the name. `None` if
/// the model or a billed resolution has an error; other errors can still leave the request without a price.
pub(crate) fn billing_model(found: &Hits<'_>) -> Option<String> {
    if found.stops_price_at(Place::of(Field::Resolution)) {
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
    let asked = ask.fields.duration().map(|seconds| seconds as u64);
    asked.or(Some(route.duration.value.default.into()))
}

/// The part for the first reference video: its length, rounded to the nearest second, halves up.
fn first_video(ask: &Ask<'_>) -> Part {
    let seconds = ask.facts.of(Field::ReferenceVideos, 0).and_then(|facts| facts.known_length());
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
