//! The schema of a route's row.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use seedance_core::table::{
    Alone, Field, FieldInfo, Model, Route, SCHEMA_RESOLUTIONS, Schemes, WithFrames,
};
use seedance_core::{Edition, RuleId};
use serde_json::{Map, Value, json};

use crate::pattern;

/// What no schema says: about the text itself, about media facts, and where a pattern is only a part of the rule.
pub const NOT_EXPRESSED: &[RuleId] = &[
    RuleId::HostNotPublic,
    RuleId::InvalidJson,
    RuleId::DuplicateField,
    RuleId::UrlMalformed,
    RuleId::VideosTooLong,
    RuleId::VideosTooLarge,
    RuleId::VideoSizeOutOfRange,
    RuleId::FrameRateOutOfRange,
];

/// What every schema begins with.
pub fn head(edition: Edition) -> Map<String, Value> {
    let required: Vec<_> = edition
        .fields()
        .iter()
        .filter(|info| info.required)
        .map(|info| info.field.name())
        .collect();
    let head = json!({ "type": "object", "required": required });
    head.as_object().cloned().unwrap_or_default()
}

/// A field's kind alone, as far as all routes share it.
pub fn kind(info: &FieldInfo) -> Value {
    match info.kind {
        "array" => json!({ "type": "array", "items": { "type": "string" } }),
        kind => json!({ "type": kind }),
    }
}

/// The schema of a model's requests, whatever `model` itself is.
///
/// It is stricter than the API in one thing: a field that is blank, and so counts as absent, has to be absent. A form then shows a
/// choice as one.
pub fn of(edition: Edition, route: &Route, model: &Model) -> Value {
    let mut properties = Map::new();
    for info in edition.fields() {
        properties.insert(
            info.field.name().to_string(),
            property(edition, route, model, info.field),
        );
    }
    let mut schema = head(edition);
    schema.insert("properties".to_string(), Value::Object(properties));
    schema.insert("allOf".to_string(), between_fields(route).into());
    Value::Object(schema)
}

fn property(edition: Edition, route: &Route, model: &Model, field: Field) -> Value {
    match field {
        Field::Model => json!({ "type": "string" }),
        Field::Prompt => {
            let mut prompt = json!({ "type": "string", "pattern": pattern::not_blank(), "x-rules": ["empty-prompt"] });
            if let Some(max) = route.prompt.value.max {
                prompt["maxLength"] = max.into();
                prompt["x-rules"] = json!(["empty-prompt", "prompt-too-long"]);
            }
            prompt
        }
        Field::Duration => {
            let duration = &route.duration.value;
            json!({
                "type": "integer",
                "minimum": duration.min,
                "maximum": duration.max,
                "x-rules": ["duration-out-of-range"],
            })
        }
        Field::Resolution => {
            let resolution = &route.resolution.value;
            let offered = if resolution.is_fixed() {
                SCHEMA_RESOLUTIONS
            } else {
                resolution.offered
            };
            described(
                choice(offered, RuleId::ResolutionNotOffered),
                resolution.default,
            )
        }
        Field::Ratio => {
            let ratio = &route.ratio.value;
            let choice = match ratio.closed {
                true => choice(ratio.list, RuleId::RatioNotOffered),
                false => json!({
                    "type": "string",
                    "pattern": pattern::ratio(&ratio_words(edition)),
                    "examples": ratio.list,
                    "x-rules": [RuleId::RatioMalformed],
                }),
            };
            described(choice, ratio.default)
        }
        Field::Images => list(route.images.value.max, &image(route)),
        Field::FirstImage | Field::LastImage => {
            json!({ "type": "string", "pattern": image(route), "x-rules": ["scheme-not-accepted"] })
        }
        Field::ReferenceVideos => {
            let videos = &route.videos.value;
            let max = if model.takes_videos {
                videos.max
            } else {
                Some(0)
            };
            list(
                max,
                &pattern::url(&route.media_schemes.value, videos.refused_files),
            )
        }
        Field::ReferenceAudios => {
            let audios = &route.audios.value;
            let max = if audios.taken { audios.max } else { Some(0) };
            list(max, &pattern::url(&route.audio_schemes.value, &[]))
        }
        Field::Orientation => choice(field.info().choices, RuleId::OrientationNotOffered),
        _ => json!(true),
    }
}

fn image(route: &Route) -> String {
    let schemes: &Schemes = &route.media_schemes.value;
    pattern::url(schemes, route.images.value.refused_files)
}

/// A string of a list.
fn choice(offered: &[&str], rule: RuleId) -> Value {
    json!({ "type": "string", "enum": offered, "x-rules": [rule] })
}

/// A choice that says what holds where it is absent; of a `default`, generators make a field that must be there.
fn described(mut choice: Value, default: Option<&str>) -> Value {
    if let Some(default) = default {
        choice["description"] = format!("{default} when absent").into();
    }
    choice
}

/// The ratios that are words: every open list takes those that any list names.
#[must_use]
pub fn ratio_words(edition: Edition) -> Vec<&'static str> {
    let listed = edition
        .routes()
        .iter()
        .flat_map(|route| route.ratio.value.list);
    listed
        .copied()
        .filter(|ratio| !ratio.contains(':'))
        .collect()
}

fn list(max: Option<u32>, url: &str) -> Value {
    let mut list = json!({
        "type": "array",
        "items": { "type": "string", "pattern": url, "x-rules": ["empty-item", "scheme-not-accepted"] },
    });
    if let Some(max) = max {
        list["maxItems"] = max.into();
    }
    list
}

/// What the fields say of each other.
fn between_fields(route: &Route) -> Vec<Value> {
    let frames = json!({ "anyOf": [present(Field::FirstImage), present(Field::LastImage)] });
    let mut rules = alloc::vec![rule(
        RuleId::ImagesWithFrames,
        json!({ "not": { "allOf": [present(Field::Images), frames] } }),
    )];
    if route.frames.value.alone == Alone::Refused {
        let pair = [
            (Field::FirstImage, Field::LastImage),
            (Field::LastImage, Field::FirstImage),
        ];
        rules.extend(pair.map(|(one, other)| {
            rule(
                RuleId::FramePairIncomplete,
                json!({ "if": present(one), "then": present(other) }),
            )
        }));
    }
    let audios = &route.audios.value;
    if audios.paired {
        let beside = [
            Field::Images,
            Field::FirstImage,
            Field::LastImage,
            Field::ReferenceVideos,
        ]
        .map(present);
        let paired = json!({ "if": present(Field::ReferenceAudios), "then": { "anyOf": beside } });
        rules.push(rule(RuleId::AudioUnpaired, paired));
    }
    if audios.with_frames == WithFrames::Refused {
        let both = json!({ "not": { "allOf": [present(Field::ReferenceAudios), frames] } });
        rules.push(rule(RuleId::AudioWithFrames, both));
    }
    rules
}

fn rule(id: RuleId, mut schema: Value) -> Value {
    schema["x-rules"] = json!([id]);
    schema
}

/// Holds where a field is there and does not count as absent.
fn present(field: Field) -> Value {
    let info = field.info();
    let mut filled = kind(info);
    if info.kind == "array" {
        filled["minItems"] = 1.into();
    }
    json!({ "required": [field.name()], "properties": { field.name(): filled } })
}
