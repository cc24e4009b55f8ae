//! Requests without a single finding, made from a row of the core's table.

use fastrand::Rng;
use seedance_core::Edition;
use seedance_core::table::{Alone, Model, Route, SCHEMA_RESOLUTIONS, Scheme, Schemes};
use serde_json::{Map, Value, json};

use super::pick;

/// How many items a list gets at most where the row has no limit.
const MANY: u32 = 12;

/// A clean request for any model.
pub fn clean(rng: &mut Rng) -> Value {
    let all: Vec<_> = Edition::default().models().collect();
    let (route, model) = pick(rng, &all);
    Value::Object(clean_for(rng, route, model))
}

/// A clean request for this model.
pub fn clean_for(rng: &mut Rng, route: &Route, model: &Model) -> Map<String, Value> {
    let mut request = Map::new();
    request.insert("model".into(), json!(model.name));
    request.insert(
        "prompt".into(),
        json!(pick(
            rng,
            &["A cat walks through the rain", "雨中的猫", "x"]
        )),
    );
    request.insert(
        "duration".into(),
        json!(rng.u32(undisputed(route)..=route.duration.value.max)),
    );
    if let Some(resolution) = resolution(rng, route, model) {
        request.insert("resolution".into(), json!(resolution));
    }
    match rng.u8(..3) {
        0 => {
            request.insert("ratio".into(), json!(pick(rng, route.ratio.value.list)));
        }
        1 => {
            request.insert(
                "orientation".into(),
                json!(pick(rng, &["landscape", "portrait"])),
            );
        }
        _ => {}
    }
    pictures(rng, route, &mut request);
    if model.takes_videos && (model.expects_videos || rng.bool()) {
        let most = route.videos.value.max.unwrap_or(MANY);
        request.insert(
            "reference_videos".into(),
            urls(route.media_schemes.value, "mp4", rng.u32(1..=most)),
        );
    }
    audios(rng, route, &mut request);
    request
}

/// The shortest duration about which the pages agree.
#[must_use]
pub fn undisputed(route: &Route) -> u32 {
    route
        .duration
        .value
        .undisputed_from
        .unwrap_or(route.duration.value.min)
}

fn resolution(rng: &mut Rng, route: &Route, model: &Model) -> Option<&'static str> {
    if rng.bool() {
        return None;
    }
    match route.resolution.value.offered {
        [] => model
            .delivers
            .filter(|delivered| SCHEMA_RESOLUTIONS.contains(delivered)),
        offered => Some(pick(rng, offered)),
    }
}

/// Images, frames or neither, as the row has it.
fn pictures(rng: &mut Rng, route: &Route, request: &mut Map<String, Value>) {
    let frame = |name: &str| json!(url(route.media_schemes.value, name, "png"));
    match rng.u8(if route.images.value.expected { 1 } else { 0 }..5) {
        0 => {}
        1 | 2 => {
            let most = route.images.value.max.unwrap_or(MANY);
            request.insert(
                "images".into(),
                urls(route.media_schemes.value, "png", rng.u32(1..=most)),
            );
        }
        3 if route.frames.value.alone != Alone::Refused => {
            let last = route.frames.value.alone == Alone::Fine && rng.bool();
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
    // With frames they are refused or contested, on every route that takes them.
    if audios.taken && !framed && (paired || !audios.paired) && rng.bool() {
        let most = audios.max.unwrap_or(MANY);
        request.insert(
            "reference_audios".into(),
            urls(route.audio_schemes.value, "mp3", rng.u32(1..=most)),
        );
    }
}

/// So many URLs with a scheme on which the pages agree.
#[must_use]
pub fn urls(schemes: Schemes, ending: &str, many: u32) -> Value {
    (0..many)
        .map(|index| url(schemes, &index.to_string(), ending))
        .collect()
}

/// A URL with a scheme on which the pages agree.
#[must_use]
pub fn url(schemes: Schemes, name: &str, ending: &str) -> String {
    match schemes.accepted.first() {
        Some(Scheme::Asset) => format!("asset://as_{name}"),
        _ => format!("https://example.com/{name}.{ending}"),
    }
}
