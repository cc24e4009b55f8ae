//! Rules on lists and frames, and on which fields go together.

use super::ask::Ask;
use super::hits::Hits;
use super::place::Place;
use crate::table::{Alone, Cause, Cell, Field, WithFrames};
use Field::{FirstImage, Images, LastImage, ReferenceAudios, ReferenceVideos};

pub(super) fn images_with_frames<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    // If the route takes no frames, `frames_not_supported` says so instead.
    let takes_frames = ask.row.is_none_or(|(route, _)| route.frames.value.alone != Alone::NotTaken);
    if takes_frames && ask.has(Images) && !ask.fields.frames().is_empty() {
        hits.add(ask.place(Images), Cause::Nothing {});
    }
}

pub(super) fn too_many_images<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    let Some((route, model)) = ask.row.filter(|_| ask.has(Images)) else {
        return;
    };
    let counts_frames = route.images.value.counts_frames;
    let frames = if counts_frames { ask.fields.frames().len() } else { 0 };
    let actual = ask.list(Images).len() + frames;
    if let Some(limit) = exceeded(route.images.value.max, actual) {
        let frames = (frames > 0).then_some(frames);
        let cause = Cause::TooManyImages { model: model.name, limit, actual, frames };
        hits.add_by(ask.place(Images), cause, route.images.sources);
    }
}

pub(super) fn frame_pair_incomplete<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    let missing = match ask.fields.frames() {
        [FirstImage] => LastImage,
        [LastImage] => FirstImage,
        _ => return,
    };
    if let Some((route, model)) = ask.row
        && route.frames.value.alone == Alone::Refused
    {
        let cause = Cause::FramePairIncomplete { model: model.name, missing };
        hits.add_by(Place::of(missing), cause, route.frames.sources);
    }
}

pub(super) fn frames_not_supported<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    if let Some((route, model)) = ask.row
        && route.frames.value.alone == Alone::NotTaken
    {
        for frame in ask.fields.frames() {
            let cause = Cause::Model { model: model.name };
            hits.add_by(Place::of(*frame), cause, route.frames.sources);
        }
    }
}

pub(super) fn last_frame_needs_first<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    if let Some((route, model)) = ask.row
        && route.frames.value.alone == Alone::LastRefused
        && ask.fields.frames() == [LastImage]
    {
        let cause = Cause::Model { model: model.name };
        hits.add_by(Place::of(LastImage), cause, route.frames.sources);
    }
}

pub(super) fn last_frame_alone<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    if let Some((route, model)) = ask.row
        && route.frames.value.alone == Alone::LastUnstated
        && ask.fields.frames() == [LastImage]
    {
        hits.add(Place::of(LastImage), Cause::Model { model: model.name });
    }
}

pub(super) fn image_expected<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    if let Some((route, model)) = ask.row
        && route.images.value.expected
        && !ask.has(Images)
        && ask.fields.frames().is_empty()
    {
        hits.add(ask.place(Images), Cause::Model { model: model.name });
    }
}

pub(super) fn videos_not_supported<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    if let Some((route, model)) = ask.row
        && !model.takes_videos
        && ask.has(ReferenceVideos)
    {
        let cause = Cause::Partner { model: model.name, partner: model.partner };
        hits.add_by(ask.place(ReferenceVideos), cause, route.videos.sources);
    }
}

pub(super) fn too_many_videos<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    if let Some((route, _)) = ask.row {
        too_many(ask, ReferenceVideos, route.videos.value.max, &route.videos, hits);
    }
}

pub(super) fn videos_with_frames<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    if let Some((route, model)) = ask.row
        && route.videos.value.excludes_frames
        && ask.has(ReferenceVideos)
        && !ask.fields.frames().is_empty()
    {
        let cause = Cause::Model { model: model.name };
        hits.add_by(ask.place(ReferenceVideos), cause, route.videos.sources);
    }
}

pub(super) fn videos_contested<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    if let Some((route, model)) = ask.row
        && model.contests_videos
        && ask.has(ReferenceVideos)
    {
        let cause = Cause::Model { model: model.name };
        hits.add_by(ask.place(ReferenceVideos), cause, route.videos.sources);
    }
}

pub(super) fn video_required<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    if let Some((route, model)) = ask.row
        && model.requires_videos
        && !ask.has(ReferenceVideos)
    {
        let cause = Cause::Partner { model: model.name, partner: model.partner };
        hits.add_by(ask.place(ReferenceVideos), cause, route.videos.sources);
    }
}

pub(super) fn video_expected<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    if let Some((_, model)) = ask.row
        && model.expects_videos
        && !ask.has(ReferenceVideos)
    {
        let cause = Cause::Partner { model: model.name, partner: model.partner };
        hits.add(ask.place(ReferenceVideos), cause);
    }
}

pub(super) fn audios_not_supported<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    if let Some((route, model)) = ask.row
        && !route.audios.value.taken
        && ask.has(ReferenceAudios)
    {
        let cause = Cause::Model { model: model.name };
        hits.add_by(ask.place(ReferenceAudios), cause, route.audios.sources);
    }
}

pub(super) fn too_many_audios<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    if let Some((route, _)) = ask.row {
        too_many(ask, ReferenceAudios, route.audios.value.max, &route.audios, hits);
    }
}

pub(super) fn audio_unpaired<'a>(ask: &Ask<'a>, hits: &mut Hits<'a>) {
    let Some((route, model)) = ask.row.filter(|_| ask.has(ReferenceAudios)) else {
        return;
    };
    let audios = route.audios.value;
    let is_paired = ask.has(Images)
        || ask.has(ReferenceVideos)
        || !audios.not_with_frames_alone && !ask.fields.frames().is_empty();
    if audios.paired && !is_paired {
        let cause = Cause::Model { model: model.name };
        hits.add_by(ask.place(ReferenceAudios), cause, route.audios.sources);
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
        && ask.has(ReferenceAudios)
        && !ask.fields.frames().is_empty()
    {
        let cause = Cause::Model { model: model.name };
        hits.add_by(ask.place(ReferenceAudios), cause, route.audios.value.with_frames_by);
    }
}

/// Reports a list with more items than the route's maximum.
fn too_many<'a, T>(
    ask: &Ask<'a>,
    field: Field,
    max: Option<u32>,
    cell: &'static Cell<T>,
    hits: &mut Hits<'a>,
) {
    let actual = ask.list(field).len();
    if let (Some(limit), Some((_, model))) = (exceeded(max, actual), ask.row) {
        let cause = Cause::TooMany { model: model.name, limit, actual };
        hits.add_by(ask.place(field), cause, cell.sources);
    }
}

/// The maximum, if there are more items than that.
fn exceeded(max: Option<u32>, actual: usize) -> Option<usize> {
    max.map(|max| max as usize).filter(|max| actual > *max)
}
