//! Rules on the reference videos and audios themselves, as far as their media facts are known.

use alloc::vec::Vec;

use super::ask::Ask;
use super::hits::Hits;
use super::place::Place;
use crate::facts::{Length, VideoFacts};
use crate::number::Number;
use crate::table::{Cause, Field, VideoLimits};

const AT_LEAST: &str = "at-least";
const AT_MOST: &str = "at-most";

pub(super) fn videos_too_long<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    let Some((limits, model)) = limits(ask) else {
        return;
    };
    let (together, bound) = at_least(known(ask).map(|facts| facts?.known_length()));
    if together > u64::from(limits.max_seconds) * Length::SECOND {
        let actual = Number(Length::in_seconds(together));
        let cause = Cause::Together { model, limit: limits.max_seconds, actual, bound };
        hits.add(ask.place(Field::ReferenceVideos), cause);
    }
}

pub(super) fn videos_too_short<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    let Some((limits, model)) = limits(ask) else {
        return;
    };
    let lengths = known(ask).map(|facts| facts?.known_length());
    let (Some(lengths), Some(limit)) = (lengths.collect::<Option<Vec<_>>>(), limits.min_seconds)
    else {
        return;
    };
    let together: u64 = lengths.iter().map(|it| it.max()).sum();
    if together < u64::from(limit) * Length::SECOND {
        let actual = Number(Length::in_seconds(together));
        let bound = (!lengths.iter().all(|it| it.is_exact())).then_some(AT_MOST);
        let cause = Cause::Together { model, limit, actual, bound };
        hits.add(ask.place(Field::ReferenceVideos), cause);
    }
}

pub(super) fn audios_too_long<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    let Some((route, model)) = ask.row else {
        return;
    };
    let Some(limit) = route.audios.value.max_seconds else {
        return;
    };
    let items = ask.list(Field::ReferenceAudios).iter().enumerate();
    let (together, bound) = at_least(items.map(|(index, item)| {
        let facts = ask.facts.audio(index).filter(|_| item.is_url());
        facts?.known_length()
    }));
    if together > u64::from(limit) * Length::SECOND {
        let actual = Number(Length::in_seconds(together));
        let cause = Cause::Together { model: model.name, limit, actual, bound };
        hits.add_by(ask.place(Field::ReferenceAudios), cause, route.audios.sources);
    }
}

pub(super) fn videos_too_large<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    let Some((limits, model)) = limits(ask) else {
        return;
    };
    let sizes = || known(ask).map(|facts| facts?.bytes);
    let actual = sizes().flatten().fold(0, u64::saturating_add);
    if actual > limits.max_bytes {
        let bound = sizes().any(|it| it.is_none()).then_some(AT_LEAST);
        let cause = Cause::VideosTooLarge { model, limit: limits.max_bytes, actual, bound };
        hits.add(ask.place(Field::ReferenceVideos), cause);
    }
}

pub(super) fn video_size_out_of_range<'a>(
    ask: &Ask<'a>,
    place: Place,
    facts: &VideoFacts,
    hits: &mut Hits<'a>,
) {
    if let Some(size) = Size::of(ask, facts)
        && size.is_refused()
    {
        hits.add(place, size.cause());
    }
}

pub(super) fn video_size_contested<'a>(
    ask: &Ask<'a>,
    place: Place,
    facts: &VideoFacts,
    hits: &mut Hits<'a>,
) {
    if let Some(size) = Size::of(ask, facts)
        && !size.is_refused()
        && !size.is_fine()
    {
        hits.add(place, size.cause());
    }
}

pub(super) fn frame_rate_out_of_range<'a>(
    ask: &Ask<'a>,
    place: Place,
    facts: &VideoFacts,
    hits: &mut Hits<'a>,
) {
    let (Some((limits, model)), Some(rate)) = (limits(ask), facts.frame_rate) else {
        return;
    };
    let (min, max) = (limits.min_frame_rate, limits.max_frame_rate);
    if rate < limits.contested_frame_rate || rate > f64::from(max) {
        hits.add(place, Cause::FrameRate { model, min, max, actual: Number(rate) });
    }
}

pub(super) fn frame_rate_contested<'a>(
    ask: &Ask<'a>,
    place: Place,
    facts: &VideoFacts,
    hits: &mut Hits<'a>,
) {
    let (Some((limits, model)), Some(rate)) = (limits(ask), facts.frame_rate) else {
        return;
    };
    let min = limits.min_frame_rate;
    if (limits.contested_frame_rate..f64::from(min)).contains(&rate) {
        hits.add(place, Cause::FrameRateContested { model, min, actual: Number(rate) });
    }
}

/// What lengths add up to at least, and whether it may be more, since some are uncertain or unknown.
fn at_least(lengths: impl Iterator<Item = Option<Length>>) -> (u64, Option<&'static str>) {
    let (mut together, mut bound) = (0, None);
    for length in lengths {
        together += length.map_or(0, Length::min);
        if !length.is_some_and(Length::is_exact) {
            bound = Some(AT_LEAST);
        }
    }
    (together, bound)
}

/// The limits on the videos of the model's route, and the model's name; `None` without videos or without limits.
fn limits(ask: &Ask<'_>) -> Option<(&'static VideoLimits, &'static str)> {
    let (route, model) = ask.row.filter(|_| ask.has(Field::ReferenceVideos))?;
    Some((route.videos.value.limits.as_ref()?, model.name))
}

/// The facts of each video; those of an item that is not a URL are ignored.
fn known<'a>(ask: &Ask<'a>) -> impl Iterator<Item = Option<&'a VideoFacts>> {
    let (videos, facts) = (ask.list(Field::ReferenceVideos), ask.facts);
    videos.iter().enumerate().map(move |(index, item)| facts.video(index).filter(|_| item.is_url()))
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
    fn of(ask: &Ask<'_>, facts: &VideoFacts) -> Option<Self> {
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
