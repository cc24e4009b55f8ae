//! Requests without any finding, made from a row of the core's table.

use fastrand::Rng;
use seedance_core::Edition;
use seedance_core::table::{Alone, Field, Model, Route, SCHEMA_RESOLUTIONS, Scheme, Schemes};
use serde_json::{Map, Value, json};

use super::pick;

/// The most items in a list that the row does not limit.
const MANY: u32 = 12;

/// A clean request for any model, with some fields under their other names.
pub fn clean(edition: Edition, rng: &mut Rng) -> Value {
    let all: Vec<_> = edition.models().collect();
    let (route, model) = pick(rng, &all);
    let mut request = clean_for(rng, route, model);
    extras(rng, route, &mut request);
    Value::Object(request)
}

/// A clean request for this model, apart from findings that every request of its route gets.
pub fn clean_for(rng: &mut Rng, route: &Route, model: &Model) -> Map<String, Value> {
    let mut request = Map::new();
    request.insert("model".into(), json!(model.name));
    request.insert(
        "prompt".into(),
        json!(pick(rng, &["A cat walks through the rain", "雨中的猫", "x"])),
    );
    if !route.duration.value.optional || rng.bool() {
        request.insert("duration".into(), json!(pick(rng, &durations(route))));
    }
    if let Some(resolution) = resolution(rng, route, model) {
        request.insert("resolution".into(), json!(resolution));
    }
    match rng.u8(..3) {
        0 => {
            request.insert("ratio".into(), json!(pick(rng, &ratios(route))));
        }
        1 => {
            request.insert("orientation".into(), json!(pick(rng, &["landscape", "portrait"])));
        }
        _ => {}
    }
    let wants_videos = model.expects_videos || model.requires_videos;
    let wants_videos = wants_videos || (model.takes_videos && !model.contests_videos && rng.bool());
    let excluded = wants_videos && route.videos.value.excludes_frames;
    pictures(rng, route, &mut request, excluded);
    if wants_videos {
        let most = route.videos.value.max.unwrap_or(MANY);
        request.insert(
            "reference_videos".into(),
            urls(route.media_schemes.value, "mp4", rng.u32(1..=most)),
        );
    }
    audios(rng, route, &mut request);
    request
}

/// The durations that no page contests.
fn durations(route: &Route) -> Vec<u32> {
    let duration = route.duration.value;
    let least = duration.undisputed_from.unwrap_or(duration.min);
    let offered = (least..=duration.max)
        .filter(|it| duration.choices.is_empty() || duration.choices.contains(it));
    offered.collect()
}

/// The ratios that need no references.
#[must_use]
pub fn ratios(route: &Route) -> Vec<&'static str> {
    let ratio = route.ratio.value;
    let alone = ratio.list.iter().copied();
    alone.filter(|it| !ratio.with_references.contains(it)).collect()
}

fn resolution(rng: &mut Rng, route: &Route, model: &Model) -> Option<&'static str> {
    if rng.bool() {
        return None;
    }
    let resolution = model.resolution(route);
    let agreed = resolution.offered.iter().copied();
    let agreed: Vec<_> = agreed.filter(|it| !resolution.contested.contains(it)).collect();
    match agreed.as_slice() {
        [] => model.delivers.filter(|delivered| SCHEMA_RESOLUTIONS.contains(delivered)),
        agreed => Some(pick(rng, agreed)),
    }
}

/// Images, frames or neither, as the row allows.
fn pictures(rng: &mut Rng, route: &Route, request: &mut Map<String, Value>, no_frames: bool) {
    let frame = |name: &str| json!(url(route.media_schemes.value, name, "png"));
    let alone = route.frames.value.alone;
    let images = |rng: &mut Rng| {
        let most = route.images.value.max.unwrap_or(MANY);
        urls(route.schemes(Field::Images).value, "png", rng.u32(1..=most))
    };
    match rng.u8(if route.images.value.expected { 1 } else { 0 }..5) {
        0 => {}
        1 | 2 => {
            request.insert("images".into(), images(rng));
        }
        _ if no_frames || alone == Alone::NotTaken => {}
        3 if alone != Alone::Refused => {
            let last = alone == Alone::Fine && rng.bool();
            let name = if last { "last_image" } else { "first_image" };
            request.insert(name.into(), frame(name));
        }
        _ => {
            for name in ["first_image", "last_image"] {
                request.insert(name.into(), frame(name));
            }
        }
    }
}

fn audios(rng: &mut Rng, route: &Route, request: &mut Map<String, Value>) {
    let audios = route.audios.value;
    let framed = request.contains_key("first_image") || request.contains_key("last_image");
    let paired = request.contains_key("images") || request.contains_key("reference_videos");
    // With frames, audios are refused or contested on every route that takes audios.
    if audios.taken && !framed && (paired || !audios.paired) && rng.bool() {
        let most = audios.max.unwrap_or(MANY);
        request.insert(
            "reference_audios".into(),
            urls(route.audio_schemes.value, "mp3", rng.u32(1..=most)),
        );
    }
}

/// Adds fields that only some routes take: new ones, and other names for fields that are there.
fn extras(rng: &mut Rng, route: &Route, request: &mut Map<String, Value>) {
    for field in route.extras.value.fields {
        if rng.bool() {
            continue;
        }
        let value = match field {
            Field::AspectRatio => request.remove("ratio"),
            Field::ReferenceImages => request.remove("images"),
            Field::Videos => request.remove("reference_videos"),
            Field::Audios => request.remove("reference_audios"),
            Field::ReferenceMode => Some(json!(pick(rng, route.extras.value.reference_modes))),
            _ => Some(json!(rng.bool())),
        };
        if let Some(value) = value {
            request.insert(field.name().into(), value);
        }
    }
}

/// URLs with a scheme that no page contests.
#[must_use]
pub fn urls(schemes: Schemes, ending: &str, many: u32) -> Value {
    (0..many).map(|index| url(schemes, &index.to_string(), ending)).collect()
}

/// A URL with a scheme that no page contests.
#[must_use]
pub fn url(schemes: Schemes, name: &str, ending: &str) -> String {
    match schemes.accepted.first() {
        Some(Scheme::Asset) => format!("asset://as_{name}"),
        _ => format!("https://example.com/{name}.{ending}"),
    }
}
