//! Rules on lists and frames, and on which fields go together.

use super::ask::Ask;
use super::hits::Hits;
use super::place::Place;
use crate::table::{Alone, Cause, Cell, Field, WithFrames};

pub(super) fn images_with_frames<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    if ask.fields.has(Field::Images) && !ask.fields.frames().is_empty() {
        hits.add(Place::of(Field::Images), Cause::Nothing {});
    }
}

pub(super) fn too_many_images<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    let Some((route, model)) = ask.row.filter(|_| ask.fields.has(Field::Images)) else {
        return;
    };
    let counts_frames = route.images.value.counts_frames;
    let frames = if counts_frames {
        ask.fields.frames().len()
    } else {
        0
    };
    let actual = ask.fields.list(Field::Images).len() + frames;
    if let Some(limit) = exceeded(route.images.value.max, actual) {
        let frames = (frames > 0).then_some(frames);
        let cause = Cause::TooManyImages {
            model: model.name,
            limit,
            actual,
            frames,
        };
        hits.add_by(Place::of(Field::Images), cause, route.images.sources);
    }
}

pub(super) fn frame_pair_incomplete<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    let missing = match ask.fields.frames() {
        [Field::FirstImage] => Field::LastImage,
        [Field::LastImage] => Field::FirstImage,
        _ => return,
    };
    if let Some((route, model)) = ask.row
        && route.frames.value.alone == Alone::Refused
    {
        let cause = Cause::FramePairIncomplete {
            model: model.name,
            missing,
        };
        hits.add_by(Place::of(missing), cause, route.frames.sources);
    }
}

pub(super) fn last_frame_alone<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    if let Some((route, model)) = ask.row
        && route.frames.value.alone == Alone::LastUnstated
        && ask.fields.frames() == [Field::LastImage]
    {
        hits.add(
            Place::of(Field::LastImage),
            Cause::Model { model: model.name },
        );
    }
}

pub(super) fn image_expected<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    if let Some((route, model)) = ask.row
        && route.images.value.expected
        && !ask.fields.has(Field::Images)
        && ask.fields.frames().is_empty()
    {
        hits.add(Place::of(Field::Images), Cause::Model { model: model.name });
    }
}

pub(super) fn videos_not_supported<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    if let Some((route, model)) = ask.row
        && !model.takes_videos
        && ask.fields.has(Field::ReferenceVideos)
    {
        let cause = Cause::Partner {
            model: model.name,
            partner: model.partner,
        };
        hits.add_by(
            Place::of(Field::ReferenceVideos),
            cause,
            route.videos.sources,
        );
    }
}

pub(super) fn too_many_videos<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    if let Some((route, _)) = ask.row {
        too_many(
            ask,
            Field::ReferenceVideos,
            route.videos.value.max,
            &route.videos,
            hits,
        );
    }
}

pub(super) fn video_expected<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    if let Some((_, model)) = ask.row
        && model.expects_videos
        && !ask.fields.has(Field::ReferenceVideos)
    {
        let cause = Cause::Partner {
            model: model.name,
            partner: model.partner,
        };
        hits.add(Place::of(Field::ReferenceVideos), cause);
    }
}

pub(super) fn audios_not_supported<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    if let Some((route, model)) = ask.row
        && !route.audios.value.taken
        && ask.fields.has(Field::ReferenceAudios)
    {
        let cause = Cause::Model { model: model.name };
        hits.add_by(
            Place::of(Field::ReferenceAudios),
            cause,
            route.audios.sources,
        );
    }
}

pub(super) fn too_many_audios<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    if let Some((route, _)) = ask.row {
        too_many(
            ask,
            Field::ReferenceAudios,
            route.audios.value.max,
            &route.audios,
            hits,
        );
    }
}

pub(super) fn audio_unpaired<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    let has_partner = ask.fields.has(Field::Images)
        || ask.fields.has(Field::ReferenceVideos)
        || !ask.fields.frames().is_empty();
    if let Some((route, model)) = ask.row
        && route.audios.value.paired
        && ask.fields.has(Field::ReferenceAudios)
        && !has_partner
    {
        let cause = Cause::Model { model: model.name };
        hits.add_by(
            Place::of(Field::ReferenceAudios),
            cause,
            route.audios.sources,
        );
    }
}

pub(super) fn audio_with_frames<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    audio_and_frames(ask, WithFrames::Refused, hits);
}

pub(super) fn audio_with_frames_contested<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    audio_and_frames(ask, WithFrames::Contested, hits);
}

fn audio_and_frames<'a>(ask: &Ask<'a>, standing: WithFrames, hits: &mut Hits<'a>) {
    if let Some((route, model)) = ask.row
        && route.audios.value.with_frames == standing
        && ask.fields.has(Field::ReferenceAudios)
        && !ask.fields.frames().is_empty()
    {
        hits.add(
            Place::of(Field::ReferenceAudios),
            Cause::Model { model: model.name },
        );
    }
}

/// A list with more items than the route's maximum.
fn too_many<'a, T>(
    ask: &Ask<'a>,
    field: Field,
    max: Option<u32>,
    cell: &'static Cell<T>,
    hits: &mut Hits<'a>,
) {
    let actual = ask.fields.list(field).len();
    if let (Some(limit), Some((_, model))) = (exceeded(max, actual), ask.row) {
        let cause = Cause::TooMany {
            model: model.name,
            limit,
            actual,
        };
        hits.add_by(Place::of(field), cause, cell.sources);
    }
}

/// The maximum, where there are more.
fn exceeded(max: Option<u32>, actual: usize) -> Option<usize> {
    max.map(|max| max as usize).filter(|max| actual > *max)
}
