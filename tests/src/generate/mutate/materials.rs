//! Mutations of images, frames, reference videos, reference audios and their URLs.

use fastrand::Rng;
use seedance_core::table::{Alone, Field, Model, Route, Scheme, WithFrames};
use serde_json::{Map, Value, json};

use super::{Wanted, drop_all, found, is_later, set};
use crate::generate::valid::{url, urls};
use crate::generate::{pick, pools};

pub(super) fn empty_item(
    rng: &mut Rng,
    _: &Route,
    _: &Model,
    r: &mut Map<String, Value>,
) -> Wanted {
    let field = pick(rng, &["images", "reference_videos", "reference_audios"]);
    let items = r.get_mut(field)?.as_array_mut()?;
    let place = rng.usize(..items.len());
    items[place] = json!(pools::blank(rng));
    found("empty-item", &format!("/{field}/{place}"))
}

pub(super) fn images_with_frames(
    _: &mut Rng,
    route: &Route,
    model: &Model,
    r: &mut Map<String, Value>,
) -> Wanted {
    if !takes_frames_alone(route, model) {
        return None;
    }
    both_frames(r, route);
    set(r, "images", images(route, 1));
    found("images-with-frames", "/images")
}

pub(super) fn too_many_images(
    _: &mut Rng,
    route: &Route,
    _: &Model,
    r: &mut Map<String, Value>,
) -> Wanted {
    drop_all(r, &["first_image", "last_image"]);
    set(r, "images", images(route, route.images.value.max? + 1));
    found("too-many-images", "/images")
}

pub(super) fn frame_alone(
    rng: &mut Rng,
    route: &Route,
    model: &Model,
    r: &mut Map<String, Value>,
) -> Wanted {
    if !takes_frames_alone(route, model) {
        return None;
    }
    both_frames(r, route);
    let (last, rule) = match route.frames.value.alone {
        Alone::Fine | Alone::NotTaken => return None,
        Alone::Refused => (rng.bool(), "frame-pair-incomplete"),
        Alone::LastUnstated => (true, "last-frame-alone"),
        Alone::LastRefused => (true, "last-frame-needs-first"),
    };
    let (there, missing) =
        if last { ("last_image", "first_image") } else { ("first_image", "last_image") };
    r.remove(missing);
    let at = match route.frames.value.alone {
        Alone::Refused => missing,
        _ => there,
    };
    found(rule, &format!("/{at}"))
}

pub(super) fn frames_not_supported(
    rng: &mut Rng,
    route: &Route,
    _: &Model,
    r: &mut Map<String, Value>,
) -> Wanted {
    if route.frames.value.alone != Alone::NotTaken {
        return None;
    }
    let frame = pick(rng, &["first_image", "last_image"]);
    set(r, frame, json!(url(route.media_schemes.value, frame, "png")));
    found("frames-not-supported", &format!("/{frame}"))
}

pub(super) fn image_expected(
    _: &mut Rng,
    route: &Route,
    _: &Model,
    r: &mut Map<String, Value>,
) -> Wanted {
    if !route.images.value.expected {
        return None;
    }
    drop_all(r, &["images", "first_image", "last_image"]);
    found("image-expected", "/images")
}

pub(super) fn videos_not_supported(
    _: &mut Rng,
    route: &Route,
    model: &Model,
    r: &mut Map<String, Value>,
) -> Wanted {
    if model.takes_videos {
        return None;
    }
    set(r, "reference_videos", urls(route.media_schemes.value, "mp4", 1));
    found("videos-not-supported", "/reference_videos")
}

pub(super) fn too_many_videos(
    _: &mut Rng,
    route: &Route,
    _: &Model,
    r: &mut Map<String, Value>,
) -> Wanted {
    if route.videos.value.excludes_frames {
        drop_all(r, &["first_image", "last_image"]);
    }
    set(r, "reference_videos", urls(route.media_schemes.value, "mp4", route.videos.value.max? + 1));
    found("too-many-videos", "/reference_videos")
}

pub(super) fn videos_with_frames(
    _: &mut Rng,
    route: &Route,
    _: &Model,
    r: &mut Map<String, Value>,
) -> Wanted {
    if !route.videos.value.excludes_frames {
        return None;
    }
    both_frames(r, route);
    set(r, "reference_videos", urls(route.media_schemes.value, "mp4", 1));
    found("videos-with-frames", "/reference_videos")
}

pub(super) fn videos_contested(
    _: &mut Rng,
    route: &Route,
    model: &Model,
    r: &mut Map<String, Value>,
) -> Wanted {
    if !model.contests_videos {
        return None;
    }
    set(r, "reference_videos", urls(route.media_schemes.value, "mp4", 1));
    found("videos-contested", "/reference_videos")
}

pub(super) fn video_expected(
    _: &mut Rng,
    _: &Route,
    model: &Model,
    r: &mut Map<String, Value>,
) -> Wanted {
    let rule = match (model.requires_videos, model.expects_videos) {
        (true, _) => "video-required",
        (_, true) => "video-expected",
        _ => return None,
    };
    // The audios may have needed the videos.
    drop_all(r, &["reference_videos", "reference_audios"]);
    found(rule, "/reference_videos")
}

pub(super) fn audios_not_supported(
    _: &mut Rng,
    route: &Route,
    _: &Model,
    r: &mut Map<String, Value>,
) -> Wanted {
    if route.audios.value.taken {
        return None;
    }
    set(r, "reference_audios", urls(route.audio_schemes.value, "mp3", 1));
    found("audios-not-supported", "/reference_audios")
}

pub(super) fn too_many_audios(
    _: &mut Rng,
    route: &Route,
    _: &Model,
    r: &mut Map<String, Value>,
) -> Wanted {
    drop_all(r, &["first_image", "last_image"]);
    set(r, "images", images(route, 1));
    set(r, "reference_audios", urls(route.audio_schemes.value, "mp3", route.audios.value.max? + 1));
    found("too-many-audios", "/reference_audios")
}

pub(super) fn audio_unpaired(
    _: &mut Rng,
    route: &Route,
    model: &Model,
    r: &mut Map<String, Value>,
) -> Wanted {
    if !route.audios.value.paired || model.expects_videos || model.requires_videos {
        return None;
    }
    drop_all(r, &["images", "first_image", "last_image", "reference_videos"]);
    set(r, "reference_audios", urls(route.audio_schemes.value, "mp3", 1));
    found("audio-unpaired", "/reference_audios")
}

pub(super) fn audio_with_frames(
    _: &mut Rng,
    route: &Route,
    model: &Model,
    r: &mut Map<String, Value>,
) -> Wanted {
    let audios = route.audios.value;
    if !audios.taken || !takes_frames_alone(route, model) {
        return None;
    }
    let rule = match audios.with_frames {
        WithFrames::Fine => return None,
        WithFrames::Contested => "audio-with-frames-contested",
        WithFrames::Refused => "audio-with-frames",
    };
    both_frames(r, route);
    if audios.not_with_frames_alone {
        // Audios then need a video beside them.
        if route.videos.value.excludes_frames {
            return None;
        }
        set(r, "reference_videos", urls(route.media_schemes.value, "mp4", 1));
    }
    set(r, "reference_audios", urls(route.audio_schemes.value, "mp3", 1));
    found(rule, "/reference_audios")
}

/// Whether a request for this model can contain frames without any other finding.
fn takes_frames_alone(route: &Route, model: &Model) -> bool {
    route.frames.value.alone != Alone::NotTaken && !model.requires_videos
}

/// Sets both frames, and removes what could exclude them.
fn both_frames(r: &mut Map<String, Value>, route: &Route) {
    drop_all(r, &["images", "reference_audios"]);
    if route.videos.value.excludes_frames {
        r.remove("reference_videos");
    }
    for frame in ["first_image", "last_image"] {
        set(r, frame, json!(url(route.media_schemes.value, frame, "png")));
    }
}

fn images(route: &Route, many: u32) -> Value {
    urls(route.schemes(Field::Images).value, "png", many)
}

fn one_image(r: &mut Map<String, Value>, url: &str) {
    drop_all(r, &["first_image", "last_image"]);
    set(r, "images", json!([url]));
}

pub(super) fn scheme(
    rng: &mut Rng,
    route: &Route,
    _: &Model,
    r: &mut Map<String, Value>,
) -> Wanted {
    let schemes = route.schemes(Field::Images).value;
    if schemes.contested.contains(&Scheme::Asset) && rng.bool() {
        one_image(r, "asset://as_1");
        return found("scheme-contested", "/images/0");
    }
    let foreign = if schemes.accepted.contains(&Scheme::Https) {
        "http://example.com/a.png"
    } else {
        "https://example.com/a.png"
    };
    one_image(r, foreign);
    found("scheme-not-accepted", "/images/0")
}

pub(super) fn url_malformed(
    rng: &mut Rng,
    route: &Route,
    _: &Model,
    r: &mut Map<String, Value>,
) -> Wanted {
    let https = route.media_schemes.value.accepted.contains(&Scheme::Https);
    let url = if https {
        pick(rng, &["https://", "https:", "https://example.com/a b", "https://[x]/"])
    } else {
        pick(rng, &["asset://", "asset:a", "asset://a\n"])
    };
    one_image(r, url);
    found("url-malformed", "/images/0")
}

pub(super) fn host_not_public(
    rng: &mut Rng,
    route: &Route,
    _: &Model,
    r: &mut Map<String, Value>,
) -> Wanted {
    if !route.media_schemes.value.accepted.contains(&Scheme::Https) {
        return None;
    }
    one_image(
        r,
        pick(
            rng,
            &[
                "https://localhost/a.png",
                "https://10.1.2.3/",
                "https://[::1]/",
                "https://nas.local/x",
            ],
        ),
    );
    found("host-not-public", "/images/0")
}

pub(super) fn url_suspect(
    rng: &mut Rng,
    route: &Route,
    _: &Model,
    r: &mut Map<String, Value>,
) -> Wanted {
    let https = route.media_schemes.value.accepted.contains(&Scheme::Https);
    let scheme = if https { "https://example.com" } else { "asset://as_1" };
    let mark = pick(rng, &["?a&amp;b", "/\"", "/<", "#>", "/\u{200e}"]);
    one_image(r, &format!("{scheme}{mark}"));
    found("url-suspect", "/images/0")
}

pub(super) fn refused_image(
    rng: &mut Rng,
    route: &Route,
    _: &Model,
    r: &mut Map<String, Value>,
) -> Wanted {
    one_image(r, &refused_file(rng, route.images.value.refused_files)?);
    found("gif-not-accepted", "/images/0")
}

pub(super) fn refused_video(
    rng: &mut Rng,
    route: &Route,
    _: &Model,
    r: &mut Map<String, Value>,
) -> Wanted {
    let file = refused_file(rng, route.videos.value.refused_files)?;
    set(r, "reference_videos", json!([file]));
    found("image-in-videos", "/reference_videos/0")
}

fn refused_file(rng: &mut Rng, endings: &[&str]) -> Option<String> {
    let ending = (!endings.is_empty()).then(|| pick(rng, endings))?;
    Some(format!("https://example.com/a.{ending}"))
}

pub(super) fn alias_overridden(
    _: &mut Rng,
    route: &Route,
    _: &Model,
    r: &mut Map<String, Value>,
) -> Wanted {
    if !is_later(route) || !route.extras.value.fields.contains(&Field::Videos) {
        return None;
    }
    drop_all(r, &["first_image", "last_image"]);
    set(r, "reference_videos", urls(route.media_schemes.value, "mp4", 1));
    set(r, "videos", json!(["http://localhost/"]));
    found("alias-overridden", "/videos")
}
