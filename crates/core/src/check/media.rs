//! Rules on the reference videos and audios themselves, as far as their media facts are known.

use super::ask::Ask;
use super::hits::Hits;
use super::place::Place;
use crate::facts::{Length, MediaFacts};
use crate::number::Number;
use crate::table::{Cause, Field, VideoLimits};

/// A reference video that has media facts.
pub(super) struct Video<'f> {
    pub place: Place,
    pub facts: &'f MediaFacts,
}

const AT_LEAST: &str = "at-least";
const AT_MOST: &str = "at-most";

pub(super) fn videos_too_long<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    let Some((limits, model)) = limits(ask) else {
        return;
    };
    if let Some(cause) = too_long(model, limits.max_seconds, lengths(ask, Field::ReferenceVideos)) {
        hits.add(ask.place(Field::ReferenceVideos), cause);
    }
}

pub(super) fn videos_too_short<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    let Some((limits, model)) = limits(ask) else {
        return;
    };
    let lengths = || lengths(ask, Field::ReferenceVideos);
    let most = lengths().map(|length| length.map(Length::max)).sum();
    let (Some(limit), Some(together)) = (limits.min_seconds, most) else {
        return;
    };
    if together < u64::from(limit) * Length::SECOND {
        let actual = Number(Length::in_seconds(together));
        let is_exact = lengths().flatten().all(Length::is_exact);
        let bound = (!is_exact).then_some(AT_MOST);
        let cause = Cause::Together { model, limit, actual, bound };
        hits.add(ask.place(Field::ReferenceVideos), cause);
    }
}

pub(super) fn audios_too_long<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    let Some((route, model)) = ask.row else {
        return;
    };
    if let Some(limit) = route.audios.value.max_seconds
        && let Some(cause) = too_long(model.name, limit, lengths(ask, Field::ReferenceAudios))
    {
        hits.add_by(ask.place(Field::ReferenceAudios), cause, route.audios.sources);
    }
}

pub(super) fn videos_too_large<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    let Some((limits, model)) = limits(ask) else {
        return;
    };
    let sizes = || known(ask, Field::ReferenceVideos).map(|facts| facts?.bytes);
    let actual = sizes().flatten().fold(0, u64::saturating_add);
    if actual > limits.max_bytes {
        let bound = sizes().any(|it| it.is_none()).then_some(AT_LEAST);
        let cause = Cause::VideosTooLarge { model, limit: limits.max_bytes, actual, bound };
        hits.add(ask.place(Field::ReferenceVideos), cause);
    }
}

pub(super) fn video_size_out_of_range<'a>(ask: &Ask<'a>, video: &Video<'_>, hits: &mut Hits<'a>) {
    if let Some(size) = Size::of(ask, video.facts)
        && size.is_refused()
    {
        hits.add(video.place, size.cause());
    }
}

pub(super) fn video_size_contested<'a>(ask: &Ask<'a>, video: &Video<'_>, hits: &mut Hits<'a>) {
    if let Some(size) = Size::of(ask, video.facts)
        && !size.is_refused()
        && !size.is_fine()
    {
        hits.add(video.place, size.cause());
    }
}

pub(super) fn frame_rate_out_of_range<'a>(ask: &Ask<'a>, video: &Video<'_>, hits: &mut Hits<'a>) {
    let (Some((limits, model)), Some(rate)) = (limits(ask), video.facts.frame_rate) else {
        return;
    };
    let (min, max) = (limits.min_frame_rate, limits.max_frame_rate);
    if rate < limits.contested_frame_rate || rate > f64::from(max) {
        hits.add(video.place, Cause::FrameRate { model, min, max, actual: Number(rate) });
    }
}

pub(super) fn frame_rate_contested<'a>(ask: &Ask<'a>, video: &Video<'_>, hits: &mut Hits<'a>) {
    let (Some((limits, model)), Some(rate)) = (limits(ask), video.facts.frame_rate) else {
        return;
    };
    let min = limits.min_frame_rate;
    if (limits.contested_frame_rate..f64::from(min)).contains(&rate) {
        hits.add(video.place, Cause::FrameRateContested { model, min, actual: Number(rate) });
    }
}

/// The cause if what is known of the lengths adds up to more than the limit, in seconds.
fn too_long<'a>(
    model: &'static str,
    limit: u32,
    lengths: impl Iterator<Item = Option<Length>>,
) -> Option<Cause<'a>> {
    let (mut together, mut bound) = (0, None);
    for length in lengths {
        together += length.map_or(0, Length::min);
        if !length.is_some_and(Length::is_exact) {
            bound = Some(AT_LEAST);
        }
    }
    let actual = Number(Length::in_seconds(together));
    let is_over = together > u64::from(limit) * Length::SECOND;
    is_over.then_some(Cause::Together { model, limit, actual, bound })
}

/// The limits on the videos of the model's route, and the model's name; `None` without videos or without limits.
fn limits(ask: &Ask<'_>) -> Option<(&'static VideoLimits, &'static str)> {
    let (route, model) = ask.row.filter(|_| ask.has(Field::ReferenceVideos))?;
    Some((route.videos.value.limits.as_ref()?, model.name))
}

/// The facts of each item of a list; those of an item that is not a URL are ignored.
fn known<'a>(
    ask: &Ask<'a>,
    field: Field,
) -> impl Iterator<Item = Option<&'a MediaFacts>> + use<'a> {
    let (items, facts) = (ask.list(field).iter().enumerate(), ask.facts);
    items.map(move |(index, item)| facts.of(field, index).filter(|_| item.url().is_some()))
}

/// The length of each item of a list, as far as it is known.
fn lengths<'a>(ask: &Ask<'a>, field: Field) -> impl Iterator<Item = Option<Length>> + use<'a> {
    known(ask, field).map(|facts| facts?.known_length())
}

/// A video's width and height, with the limits on its sides. No page says which side a limit applies to, so a size is refused
/// only if every reading refuses it.
struct Size {
    limits: &'static VideoLimits,
    model: &'static str,
    width: u64,
    height: u64,
}

impl Size {
    fn of(ask: &Ask<'_>, facts: &MediaFacts) -> Option<Self> {
        let (limits, model) = limits(ask)?;
        Some(Self { limits, model, width: facts.width?, height: facts.height? })
    }

    fn is_refused(&self) -> bool {
        let (min, max) = self.range();
        self.width.max(self.height) < min || self.width.min(self.height) > max
    }

    fn is_fine(&self) -> bool {
        let (min, max) = self.range();
        [self.width, self.height].iter().all(|side| (min..=max).contains(side))
    }

    fn range(&self) -> (u64, u64) {
        (self.limits.min_side.into(), self.limits.max_side.into())
    }

    const fn cause<'a>(&self) -> Cause<'a> {
        let Self { limits, model, width, height } = *self;
        Cause::VideoSize { model, min: limits.min_side, max: limits.max_side, width, height }
    }
}
