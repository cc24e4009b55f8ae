//! Rules on images, frames, reference videos and reference audios as wholes.

use super::request::{
    FIRST_IMAGE, IMAGES, LAST_IMAGE, REFERENCE_AUDIOS, REFERENCE_VIDEOS, Request,
};
use super::rules::{Places, there_if};
use super::table;

fn images(r: &Request<'_>) -> usize {
    r.items(IMAGES).len()
}

fn videos(r: &Request<'_>) -> usize {
    r.items(REFERENCE_VIDEOS).len()
}

fn audios(r: &Request<'_>) -> usize {
    r.items(REFERENCE_AUDIOS).len()
}

fn frames(r: &Request<'_>) -> usize {
    r.frames().len()
}

/// Images and frames together, on every route and without one.
pub fn images_with_frames(r: &Request<'_>) -> Places {
    there_if(images(r) > 0 && frames(r) > 0, IMAGES)
}

/// Images present, and more than the route takes.
pub fn too_many_images(r: &Request<'_>) -> Places {
    let fires = match r.route() {
        Some("md") => images(r) > 4,
        Some("std") => images(r) > 9,
        Some("fast-i2v") => images(r) > 0 && images(r) + frames(r) > 9,
        _ => false,
    };
    there_if(fires, IMAGES)
}

/// `md` with exactly one frame, at the missing one.
pub fn frame_pair_incomplete(r: &Request<'_>) -> Places {
    match (r.route(), r.frames().as_slice()) {
        (Some("md"), [FIRST_IMAGE]) => there_if(true, LAST_IMAGE),
        (Some("md"), [LAST_IMAGE]) => there_if(true, FIRST_IMAGE),
        _ => Vec::new(),
    }
}

/// Last without first where no source speaks of it.
pub fn last_frame_alone(r: &Request<'_>) -> Places {
    let unstated = matches!(
        r.route(),
        Some("full" | "sp" | "sp-official" | "mini" | "mini-sp" | "fast-i2v")
    );
    there_if(unstated && r.frames() == [LAST_IMAGE], LAST_IMAGE)
}

/// `fast-i2v` without images and frames.
pub fn image_expected(r: &Request<'_>) -> Places {
    there_if(
        r.route() == Some("fast-i2v") && images(r) == 0 && frames(r) == 0,
        IMAGES,
    )
}

/// Reference videos on a model that takes none.
pub fn videos_not_supported(r: &Request<'_>) -> Places {
    there_if(
        videos(r) > 0
            && r.known_model()
                .is_some_and(|model| !table::takes_videos(model)),
        REFERENCE_VIDEOS,
    )
}

/// `md`: more than 3.
pub fn too_many_videos(r: &Request<'_>) -> Places {
    there_if(r.route() == Some("md") && videos(r) > 3, REFERENCE_VIDEOS)
}

/// A video model without a reference video.
pub fn video_expected(r: &Request<'_>) -> Places {
    there_if(
        videos(r) == 0 && r.known_model().is_some_and(table::is_video_model),
        REFERENCE_VIDEOS,
    )
}

/// Any on `md` and `fast-i2v`.
pub fn audios_not_supported(r: &Request<'_>) -> Places {
    there_if(
        matches!(r.route(), Some("md" | "fast-i2v")) && audios(r) > 0,
        REFERENCE_AUDIOS,
    )
}

/// `std`: more than 3.
pub fn too_many_audios(r: &Request<'_>) -> Places {
    there_if(r.route() == Some("std") && audios(r) > 3, REFERENCE_AUDIOS)
}

/// Audios with nothing to go with, where they need it.
pub fn audio_unpaired(r: &Request<'_>) -> Places {
    let paired = matches!(r.route(), Some("sp" | "sp-official" | "mini" | "mini-sp"));
    there_if(
        paired && audios(r) > 0 && images(r) == 0 && frames(r) == 0 && videos(r) == 0,
        REFERENCE_AUDIOS,
    )
}

/// Audios and frames where the schema's sentence can be read for the route.
pub fn audio_with_frames_contested(r: &Request<'_>) -> Places {
    let contested = matches!(
        r.route(),
        Some("full" | "sp" | "sp-official" | "mini" | "mini-sp")
    );
    there_if(
        contested && audios(r) > 0 && frames(r) > 0,
        REFERENCE_AUDIOS,
    )
}

/// `std`: audios and frames.
pub fn audio_with_frames(r: &Request<'_>) -> Places {
    there_if(
        r.route() == Some("std") && audios(r) > 0 && frames(r) > 0,
        REFERENCE_AUDIOS,
    )
}
