//! What bears on the price of a request, parsed once: pricing reads no field.

use alloc::string::String;

use crate::check::{Ask, Found, Place};
use crate::facts::Length;
use crate::table::{Field, Unit};

/// What the unit price of a request that can be priced is taken times.
#[derive(Debug)]
pub(crate) enum Order {
    Task,
    /// What was used is known only after the video was made.
    Usage,
    Seconds {
        duration: u64,
        first_video: Option<FirstVideo>,
    },
}

/// The first reference video, where its length is billed.
#[derive(Debug)]
pub(crate) enum FirstVideo {
    Known(Length),
    Unknown,
}

impl Order {
    /// The order that a request makes; `None` where something stops its price.
    pub fn of(found: &Found<'_>) -> Option<Self> {
        if found.hits.stops_price() {
            return None;
        }
        let (route, model) = found.ask.row?;
        Some(match route.unit.value {
            Unit::Task => Self::Task,
            Unit::MillionTokens => Self::Usage,
            Unit::Second => Self::Seconds {
                duration: seconds(&found.ask)?,
                first_video: model.bills_first_video.then(|| first_video(&found.ask)).flatten(),
            },
        })
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

fn first_video(ask: &Ask<'_>) -> Option<FirstVideo> {
    let length = ask.facts.video(0).and_then(|facts| facts.known_length());
    ask.has(Field::ReferenceVideos).then(|| length.map_or(FirstVideo::Unknown, FirstVideo::Known))
}
