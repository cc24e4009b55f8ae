//! The rules on images, frames, reference videos and reference audios, except those on single URLs.

use super::Edition::{July, September};
use super::request::{
    FIRST_IMAGE, IMAGES, LAST_IMAGE, REFERENCE_AUDIOS, REFERENCE_VIDEOS, Request, at,
};
use super::rules::{Places, there_if};
use super::table;

fn images(r: &Request<'_>) -> usize {
    r.images().len()
}

fn videos(r: &Request<'_>) -> usize {
    r.videos().len()
}

fn audios(r: &Request<'_>) -> usize {
    r.audios().len()
}

fn frames(r: &Request<'_>) -> usize {
    r.frames().len()
}

/// How many of each the route takes; `None` without a route.
fn most(r: &Request<'_>) -> Option<table::Most> {
    r.route().map(|route| table::most(r.edition, route))
}

/// At the images that count, if the rule fires.
fn at_images_if(fires: bool, r: &Request<'_>) -> Places {
    there_if(fires, r.counting(IMAGES))
}

/// At the videos that count, or where they should be, if the rule fires.
fn at_videos_if(fires: bool, r: &Request<'_>) -> Places {
    there_if(fires, r.counting(REFERENCE_VIDEOS))
}

/// At the audios that count, if the rule fires.
fn at_audios_if(fires: bool, r: &Request<'_>) -> Places {
    there_if(fires, r.counting(REFERENCE_AUDIOS))
}

/// Whether the route takes no frames at all.
fn is_without_frames(r: &Request<'_>) -> bool {
    (r.edition, r.route()) == (September, Some("md"))
}

/// Whether the route takes frames only without any other media, and a last frame only with a first.
fn is_strict_on_frames(r: &Request<'_>) -> bool {
    matches!(r.route(), Some("standard" | "gz" | "gz-mini"))
}

/// Images and frames together, even without a route.
pub fn images_with_frames(r: &Request<'_>) -> Places {
    at_images_if(images(r) > 0 && frames(r) > 0 && !is_without_frames(r), r)
}

/// Images, and more of them than the route takes.
pub fn too_many_images(r: &Request<'_>) -> Places {
    let counted = match r.route() {
        Some("fast-i2v") if images(r) > 0 => images(r) + frames(r),
        _ => images(r),
    };
    at_images_if(most(r).is_some_and(|most| counted > most.images), r)
}

/// Exactly one frame where both are required, reported at the missing one.
pub fn frame_pair_incomplete(r: &Request<'_>) -> Places {
    let paired = r.route().is_some_and(|route| table::measures_media(r.edition, route));
    match r.frames().as_slice() {
        [FIRST_IMAGE] => there_if(paired, LAST_IMAGE),
        [LAST_IMAGE] => there_if(paired, FIRST_IMAGE),
        _ => Vec::new(),
    }
}

/// A last frame without a first, where no source says whether that is allowed.
pub fn last_frame_alone(r: &Request<'_>) -> Places {
    let unstated =
        matches!(r.route(), Some("full" | "sp" | "sp-official" | "mini" | "mini-sp" | "fast-i2v"));
    there_if(unstated && r.frames() == [LAST_IMAGE], LAST_IMAGE)
}

/// Each frame on a route that takes none.
pub fn frames_not_supported(r: &Request<'_>) -> Places {
    let frames = r.frames().into_iter().map(at);
    frames.filter(|_| is_without_frames(r)).collect()
}

/// A last frame without a first, where the page requires the first.
pub fn last_frame_needs_first(r: &Request<'_>) -> Places {
    there_if(is_strict_on_frames(r) && r.frames() == [LAST_IMAGE], LAST_IMAGE)
}

/// `fast-i2v` with neither images nor frames.
pub fn image_expected(r: &Request<'_>) -> Places {
    at_images_if(r.route() == Some("fast-i2v") && images(r) == 0 && frames(r) == 0, r)
}

/// Reference videos for a model that takes none.
pub fn videos_not_supported(r: &Request<'_>) -> Places {
    let takes = |(model, route)| table::takes_videos(route, model);
    at_videos_if(videos(r) > 0 && r.known().is_some_and(|known| !takes(known)), r)
}

/// More videos than the route takes.
pub fn too_many_videos(r: &Request<'_>) -> Places {
    at_videos_if(most(r).is_some_and(|most| videos(r) > most.videos), r)
}

/// Videos and frames together, where they exclude each other.
pub fn videos_with_frames(r: &Request<'_>) -> Places {
    at_videos_if(is_strict_on_frames(r) && videos(r) > 0 && frames(r) > 0, r)
}

/// Videos for a model about whose videos the sources disagree.
pub fn videos_contested(r: &Request<'_>) -> Places {
    let contested = (r.edition, r.known_model()) == (September, Some("seedance2.0-fast-sp"));
    at_videos_if(contested && videos(r) > 0, r)
}

/// A model for videos without a reference video.
pub fn video_expected(r: &Request<'_>) -> Places {
    let expects = |(model, route)| table::is_video_model(route, model);
    at_videos_if(videos(r) == 0 && r.known().is_some_and(expects), r)
}

/// The same for a model that the vendor refuses without videos.
pub fn video_required(r: &Request<'_>) -> Places {
    let needs = |(model, route)| table::needs_videos(route, model);
    at_videos_if(videos(r) == 0 && r.known().is_some_and(needs), r)
}

/// Any audios on `fast-i2v`, and on `md` of `2026-07`.
pub fn audios_not_supported(r: &Request<'_>) -> Places {
    let takes_none = match r.route() {
        Some("fast-i2v") => true,
        Some("md") => r.edition == July,
        _ => false,
    };
    at_audios_if(takes_none && audios(r) > 0, r)
}

/// More audios than the route takes.
pub fn too_many_audios(r: &Request<'_>) -> Places {
    at_audios_if(most(r).is_some_and(|most| audios(r) > most.audios), r)
}

/// Audios without the other media that they require.
pub fn audio_unpaired(r: &Request<'_>) -> Places {
    let with_images_or_videos = images(r) > 0 || videos(r) > 0;
    let paired = match r.route() {
        Some("sp" | "sp-official" | "mini" | "mini-sp") => with_images_or_videos || frames(r) > 0,
        Some("standard" | "gz" | "gz-mini" | "933-720p") => with_images_or_videos,
        _ => true,
    };
    at_audios_if(audios(r) > 0 && !paired, r)
}

/// Audios and frames together, where the schema's sentence can be read to forbid it.
pub fn audio_with_frames_contested(r: &Request<'_>) -> Places {
    let contested = match r.route() {
        Some("sp" | "sp-official" | "mini" | "mini-sp") => true,
        Some("full") => r.edition == July,
        _ => false,
    };
    at_audios_if(contested && audios(r) > 0 && frames(r) > 0, r)
}

/// Audios and frames together, where every source on the question forbids it.
pub fn audio_with_frames(r: &Request<'_>) -> Places {
    let refused = match r.route() {
        Some("std" | "fast-md" | "standard" | "gz" | "gz-mini" | "933" | "933-720p") => true,
        Some("full") => r.edition == September,
        _ => false,
    };
    at_audios_if(refused && audios(r) > 0 && frames(r) > 0, r)
}
