//! One mutation of a clean request, and the one finding that it must give.

use fastrand::Rng;
use seedance_core::table::{Alone, Model, Route, SCHEMA_RESOLUTIONS, Scheme};
use serde_json::{Map, Value, json};

use super::valid::{self, url, urls};
use super::{pick, pools};

/// A request with one thing wrong.
#[derive(Debug, Clone, PartialEq)]
pub struct Mutant {
    /// The body.
    pub request: Map<String, Value>,
    /// The rule that it breaks.
    pub rule: &'static str,
    /// Where.
    pub path: String,
}

/// The finding that a mutation made, `None` where the row has no such rule.
pub type Wanted = Option<(&'static str, String)>;

/// One kind of mutation.
pub type Mutation = fn(&mut Rng, &Route, &Model, &mut Map<String, Value>) -> Wanted;

/// Every kind of mutation.
pub const MUTATIONS: [Mutation; 30] = [
    unknown_field,
    missing_field,
    wrong_type,
    empty_field,
    empty_item,
    unknown_model,
    empty_prompt,
    prompt_too_long,
    duration_out_of_range,
    duration_contested,
    resolution_not_offered,
    resolution_ignored,
    orientation_not_offered,
    orientation_overridden,
    ratio,
    ratio_malformed,
    images_with_frames,
    too_many_images,
    frame_alone,
    image_expected,
    videos_not_supported,
    too_many_videos,
    video_expected,
    audios_not_supported,
    too_many_audios,
    audio_unpaired,
    audio_with_frames,
    scheme,
    url_malformed,
    host_not_public,
];

/// A clean request of this model with one mutation, `None` where its route does not know the rule.
pub fn mutant(rng: &mut Rng, route: &Route, model: &Model, mutation: usize) -> Option<Mutant> {
    let mut request = valid::clean_for(rng, route, model);
    let (rule, path) = MUTATIONS[mutation](rng, route, model, &mut request)?;
    Some(Mutant {
        request,
        rule,
        path,
    })
}

fn found(rule: &'static str, path: &str) -> Wanted {
    Some((rule, path.to_owned()))
}

fn set(r: &mut Map<String, Value>, field: &str, value: Value) {
    r.insert(field.to_owned(), value);
}

fn drop_all(r: &mut Map<String, Value>, fields: &[&str]) {
    for field in fields {
        r.remove(*field);
    }
}

fn unknown_field(rng: &mut Rng, _: &Route, _: &Model, r: &mut Map<String, Value>) -> Wanted {
    let name = pools::unknown_name(rng);
    set(r, name, pools::odd(rng));
    found(
        "unknown-field",
        &format!("/{}", name.replace('~', "~0").replace('/', "~1")),
    )
}

fn missing_field(rng: &mut Rng, _: &Route, _: &Model, r: &mut Map<String, Value>) -> Wanted {
    let field = pick(rng, &["prompt", "duration"]);
    r.remove(field);
    found("missing-field", &format!("/{field}"))
}

fn wrong_type(rng: &mut Rng, _: &Route, _: &Model, r: &mut Map<String, Value>) -> Wanted {
    let field = pick(rng, &["prompt", "duration", "resolution"]);
    set(
        r,
        field,
        pick(rng, &[Value::Null, json!(true), json!({}), json!([])]),
    );
    found("wrong-type", &format!("/{field}"))
}

fn empty_field(rng: &mut Rng, _: &Route, _: &Model, r: &mut Map<String, Value>) -> Wanted {
    let field = pick(rng, &["resolution", "orientation", "ratio"]);
    set(r, field, json!(pools::blank(rng)));
    found("empty-field", &format!("/{field}"))
}

fn empty_item(rng: &mut Rng, _: &Route, _: &Model, r: &mut Map<String, Value>) -> Wanted {
    let field = pick(rng, &["images", "reference_videos", "reference_audios"]);
    let items = r.get_mut(field)?.as_array_mut()?;
    let place = rng.usize(..items.len());
    items[place] = json!(pools::blank(rng));
    found("empty-item", &format!("/{field}/{place}"))
}

fn unknown_model(rng: &mut Rng, _: &Route, model: &Model, r: &mut Map<String, Value>) -> Wanted {
    set(
        r,
        "model",
        json!(pick(
            rng,
            &[
                format!("{} ", model.name),
                model.name.to_uppercase(),
                "sora".to_owned()
            ]
        )),
    );
    found("unknown-model", "/model")
}

fn empty_prompt(rng: &mut Rng, _: &Route, _: &Model, r: &mut Map<String, Value>) -> Wanted {
    set(r, "prompt", json!(pools::blank(rng)));
    found("empty-prompt", "/prompt")
}

fn prompt_too_long(rng: &mut Rng, route: &Route, _: &Model, r: &mut Map<String, Value>) -> Wanted {
    let max = route.prompt.value.max? as usize;
    set(
        r,
        "prompt",
        json!(pick(rng, &["x", "雨", "🎬"]).repeat(max + 1)),
    );
    found("prompt-too-long", "/prompt")
}

fn duration_out_of_range(
    rng: &mut Rng,
    route: &Route,
    _: &Model,
    r: &mut Map<String, Value>,
) -> Wanted {
    let (min, max) = (
        i64::from(route.duration.value.min),
        i64::from(route.duration.value.max),
    );
    set(
        r,
        "duration",
        pick(
            rng,
            &[json!(min - 1), json!(max + 1), json!(-max), json!(1e300)],
        ),
    );
    found("duration-out-of-range", "/duration")
}

fn duration_contested(
    rng: &mut Rng,
    route: &Route,
    _: &Model,
    r: &mut Map<String, Value>,
) -> Wanted {
    let from = route.duration.value.undisputed_from?;
    set(
        r,
        "duration",
        json!(rng.u32(route.duration.value.min..from)),
    );
    found("duration-contested", "/duration")
}

fn resolution_not_offered(
    rng: &mut Rng,
    route: &Route,
    _: &Model,
    r: &mut Map<String, Value>,
) -> Wanted {
    let offered = if route.resolution.value.is_fixed() {
        SCHEMA_RESOLUTIONS
    } else {
        route.resolution.value.offered
    };
    let others: Vec<&str> = ["2k", "4k", "720P", "1080p"]
        .into_iter()
        .filter(|other| !offered.contains(other))
        .collect();
    set(r, "resolution", json!(pick(rng, &others)));
    found("resolution-not-offered", "/resolution")
}

fn resolution_ignored(
    rng: &mut Rng,
    route: &Route,
    model: &Model,
    r: &mut Map<String, Value>,
) -> Wanted {
    if !route.resolution.value.is_fixed() {
        return None;
    }
    let others: Vec<&str> = SCHEMA_RESOLUTIONS
        .iter()
        .copied()
        .filter(|other| Some(*other) != model.delivers)
        .collect();
    set(r, "resolution", json!(pick(rng, &others)));
    found("resolution-ignored", "/resolution")
}

fn orientation_not_offered(
    rng: &mut Rng,
    _: &Route,
    _: &Model,
    r: &mut Map<String, Value>,
) -> Wanted {
    r.remove("ratio");
    set(
        r,
        "orientation",
        json!(pick(rng, &["Portrait", "square", "landscape "])),
    );
    found("orientation-not-offered", "/orientation")
}

fn orientation_overridden(
    _: &mut Rng,
    route: &Route,
    _: &Model,
    r: &mut Map<String, Value>,
) -> Wanted {
    set(r, "orientation", json!("portrait"));
    set(r, "ratio", json!(route.ratio.value.list.first()?));
    found("orientation-overridden", "/orientation")
}

fn ratio(_: &mut Rng, route: &Route, _: &Model, r: &mut Map<String, Value>) -> Wanted {
    r.remove("orientation");
    set(r, "ratio", json!("5:4"));
    found(
        if route.ratio.value.closed {
            "ratio-not-offered"
        } else {
            "ratio-unlisted"
        },
        "/ratio",
    )
}

fn ratio_malformed(rng: &mut Rng, route: &Route, _: &Model, r: &mut Map<String, Value>) -> Wanted {
    r.remove("orientation");
    set(
        r,
        "ratio",
        json!(pick(rng, &["adaptive", "0:1", "16:09", "16x9", "100:1"])),
    );
    found(
        if route.ratio.value.closed {
            "ratio-not-offered"
        } else {
            "ratio-malformed"
        },
        "/ratio",
    )
}

fn images_with_frames(_: &mut Rng, route: &Route, _: &Model, r: &mut Map<String, Value>) -> Wanted {
    set(r, "images", urls(route.media_schemes.value, "png", 1));
    for frame in ["first_image", "last_image"] {
        set(
            r,
            frame,
            json!(url(route.media_schemes.value, frame, "png")),
        );
    }
    if route.audios.value.not_with_frames {
        r.remove("reference_audios");
    }
    found("images-with-frames", "/images")
}

fn too_many_images(_: &mut Rng, route: &Route, _: &Model, r: &mut Map<String, Value>) -> Wanted {
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

fn frame_alone(rng: &mut Rng, route: &Route, _: &Model, r: &mut Map<String, Value>) -> Wanted {
    drop_all(r, &["images", "first_image", "last_image"]);
    let (there, missing) = if rng.bool() {
        ("first_image", "last_image")
    } else {
        ("last_image", "first_image")
    };
    let frame = json!(url(route.media_schemes.value, there, "png"));
    match route.frames.value.alone {
        Alone::Fine => None,
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

fn image_expected(_: &mut Rng, route: &Route, _: &Model, r: &mut Map<String, Value>) -> Wanted {
    if !route.images.value.expected {
        return None;
    }
    drop_all(r, &["images", "first_image", "last_image"]);
    found("image-expected", "/images")
}

fn videos_not_supported(
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

fn too_many_videos(_: &mut Rng, route: &Route, _: &Model, r: &mut Map<String, Value>) -> Wanted {
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

fn video_expected(_: &mut Rng, _: &Route, model: &Model, r: &mut Map<String, Value>) -> Wanted {
    if !model.expects_videos {
        return None;
    }
    // The audios could have been paired with the videos alone.
    drop_all(r, &["reference_videos", "reference_audios"]);
    found("video-expected", "/reference_videos")
}

fn audios_not_supported(
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

fn too_many_audios(_: &mut Rng, route: &Route, _: &Model, r: &mut Map<String, Value>) -> Wanted {
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

fn audio_unpaired(_: &mut Rng, route: &Route, model: &Model, r: &mut Map<String, Value>) -> Wanted {
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

fn audio_with_frames(_: &mut Rng, route: &Route, _: &Model, r: &mut Map<String, Value>) -> Wanted {
    if !route.audios.value.not_with_frames {
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
    found("audio-with-frames", "/reference_audios")
}

fn one_image(r: &mut Map<String, Value>, url: &str) {
    drop_all(r, &["first_image", "last_image"]);
    set(r, "images", json!([url]));
}

fn scheme(rng: &mut Rng, route: &Route, _: &Model, r: &mut Map<String, Value>) -> Wanted {
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

fn url_malformed(rng: &mut Rng, route: &Route, _: &Model, r: &mut Map<String, Value>) -> Wanted {
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

fn host_not_public(rng: &mut Rng, route: &Route, _: &Model, r: &mut Map<String, Value>) -> Wanted {
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
