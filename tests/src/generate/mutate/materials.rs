//! Mutations of images, frames, reference videos, reference audios and their URLs.

use fastrand::Rng;
use seedance_core::table::{Alone, Model, Route, Scheme, WithFrames};
use serde_json::{Map, Value, json};

use super::{Wanted, drop_all, found, set};
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
    _: &Model,
    r: &mut Map<String, Value>,
) -> Wanted {
    set(r, "images", urls(route.media_schemes.value, "png", 1));
    for frame in ["first_image", "last_image"] {
        set(
            r,
            frame,
            json!(url(route.media_schemes.value, frame, "png")),
        );
    }
    r.remove("reference_audios");
    found("images-with-frames", "/images")
}

pub(super) fn too_many_images(
    _: &mut Rng,
    route: &Route,
    _: &Model,
    r: &mut Map<String, Value>,
) -> Wanted {
    drop_all(r, &["first_image", "last_image"]);
    set(
        r,
        "images",
        urls(
            route.media_schemes.value,
            "png",
            route.images.value.max? + 1,
        ),
    );
    found("too-many-images", "/images")
}

pub(super) fn frame_alone(
    rng: &mut Rng,
    route: &Route,
    _: &Model,
    r: &mut Map<String, Value>,
) -> Wanted {
    drop_all(
        r,
        &["images", "first_image", "last_image", "reference_audios"],
    );
    let (there, missing) = if rng.bool() {
        ("first_image", "last_image")
    } else {
        ("last_image", "first_image")
    };
    let frame = json!(url(route.media_schemes.value, there, "png"));
    match route.frames.value.alone {
        Alone::Fine | Alone::LastRefused | Alone::NotTaken => None,
        Alone::Refused => {
            set(r, there, frame);
            found("frame-pair-incomplete", &format!("/{missing}"))
        }
        Alone::LastUnstated => {
            set(r, "last_image", frame);
            found("last-frame-alone", "/last_image")
        }
    }
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
    set(
        r,
        "reference_videos",
        urls(route.media_schemes.value, "mp4", 1),
    );
    found("videos-not-supported", "/reference_videos")
}

pub(super) fn too_many_videos(
    _: &mut Rng,
    route: &Route,
    _: &Model,
    r: &mut Map<String, Value>,
) -> Wanted {
    set(
        r,
        "reference_videos",
        urls(
            route.media_schemes.value,
            "mp4",
            route.videos.value.max? + 1,
        ),
    );
    found("too-many-videos", "/reference_videos")
}

pub(super) fn video_expected(
    _: &mut Rng,
    _: &Route,
    model: &Model,
    r: &mut Map<String, Value>,
) -> Wanted {
    if !model.expects_videos {
        return None;
    }
    // The audios could have been paired with the videos alone.
    drop_all(r, &["reference_videos", "reference_audios"]);
    found("video-expected", "/reference_videos")
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
    set(
        r,
        "reference_audios",
        urls(route.audio_schemes.value, "mp3", 1),
    );
    found("audios-not-supported", "/reference_audios")
}

pub(super) fn too_many_audios(
    _: &mut Rng,
    route: &Route,
    _: &Model,
    r: &mut Map<String, Value>,
) -> Wanted {
    drop_all(r, &["first_image", "last_image"]);
    set(
        r,
        "reference_audios",
        urls(
            route.audio_schemes.value,
            "mp3",
            route.audios.value.max? + 1,
        ),
    );
    found("too-many-audios", "/reference_audios")
}

pub(super) fn audio_unpaired(
    _: &mut Rng,
    route: &Route,
    model: &Model,
    r: &mut Map<String, Value>,
) -> Wanted {
    if !route.audios.value.paired || model.expects_videos {
        return None;
    }
    drop_all(
        r,
        &["images", "first_image", "last_image", "reference_videos"],
    );
    set(
        r,
        "reference_audios",
        urls(route.audio_schemes.value, "mp3", 1),
    );
    found("audio-unpaired", "/reference_audios")
}

pub(super) fn audio_with_frames(
    _: &mut Rng,
    route: &Route,
    _: &Model,
    r: &mut Map<String, Value>,
) -> Wanted {
    if !route.audios.value.taken {
        return None;
    }
    r.remove("images");
    set(
        r,
        "first_image",
        json!(url(route.media_schemes.value, "first", "png")),
    );
    set(
        r,
        "reference_audios",
        urls(route.audio_schemes.value, "mp3", 1),
    );
    let rule = if route.audios.value.with_frames == WithFrames::Refused {
        "audio-with-frames"
    } else {
        "audio-with-frames-contested"
    };
    found(rule, "/reference_audios")
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
    let schemes = route.media_schemes.value;
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
        pick(
            rng,
            &[
                "https://",
                "https:",
                "https://example.com/a b",
                "https://[x]/",
            ],
        )
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
    let scheme = if https {
        "https://example.com"
    } else {
        "asset://as_1"
    };
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
