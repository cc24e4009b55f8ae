//! The schema of the requests for one model.

use seedance_core::table::{
    Alone, Field, FieldInfo, FieldKind, Model, Route, SCHEMA_RESOLUTIONS, WithFrames,
};
use seedance_core::{Edition, RuleId};
use serde_json::{Value, json};

use crate::pattern;

/// The rules that no schema expresses: on the text itself, on media facts, and those of which a pattern covers only a part.
pub const NOT_EXPRESSED: &[RuleId] = &[
    RuleId::HostNotPublic,
    RuleId::InvalidJson,
    RuleId::DuplicateField,
    RuleId::UrlMalformed,
    RuleId::VideosTooLong,
    RuleId::VideosTooLarge,
    RuleId::VideoSizeOutOfRange,
    RuleId::FrameRateOutOfRange,
    RuleId::AudiosTooLong,
];

/// The members that every schema begins with.
pub fn head(required: impl Iterator<Item = Field>) -> Value {
    let required: Vec<_> = required.map(Field::name).collect();
    json!({ "type": "object", "required": required })
}

/// The fields that a request needs on every one of the routes.
pub fn required(edition: Edition, routes: &'static [Route]) -> impl Iterator<Item = Field> {
    let is_needed = |info: &&FieldInfo| routes.iter().all(|route| needs_field(route, info));
    edition.fields().iter().filter(is_needed).map(|info| info.field)
}

/// Whether requests on this route need the field.
#[must_use]
pub fn needs_field(route: &Route, info: &FieldInfo) -> bool {
    let may_be_absent = info.field == Field::Duration && route.duration.value.optional;
    info.required && !may_be_absent
}

/// Whether this route takes the field: some fields belong to other routes only.
#[must_use]
pub fn takes_field(edition: Edition, route: &Route, field: Field) -> bool {
    let takes = |route: &Route| route.extras.value.fields.contains(&field);
    takes(route) || !edition.routes().iter().any(takes)
}

/// The schema of a model's requests, without the value that `model` itself must have.
///
/// It is stricter than the API in one thing: a field must not be blank, although a blank field would count as absent. So a
/// form can show a choice as a list of its values.
pub fn of(edition: Edition, route: &'static Route, model: &Model) -> Value {
    let row = Row { edition, route, model };
    let fields = edition.fields().iter();
    let mut schema = head(required(edition, std::slice::from_ref(route)));
    schema["properties"] = fields.map(|info| (info.name, row.property(info.field))).collect();
    let between = row.between_fields();
    if !between.is_empty() {
        schema["allOf"] = between.into();
    }
    schema
}

/// A model in its edition.
struct Row<'a> {
    edition: Edition,
    route: &'a Route,
    model: &'a Model,
}

impl Row<'_> {
    /// What a field must be, whatever the other fields are. A field that loses to another name's value only needs the right type
    /// here; its limits are among those [`between_fields`](Self::between_fields).
    fn property(&self, field: Field) -> Value {
        match field.info().kind {
            _ if self.is_second(field) || !takes_field(self.edition, self.route, field) => {
                of_type(field)
            }
            FieldKind::Boolean => of_type(field),
            _ => self.limits(field),
        }
    }

    fn limits(&self, field: Field) -> Value {
        let route = self.route;
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
                match duration.choices {
                    [] => {
                        let (min, max) = (duration.min, duration.max);
                        let range = json!({ "type": "integer", "minimum": min, "maximum": max });
                        rule(RuleId::DurationOutOfRange, range)
                    }
                    choices => {
                        let set = json!({ "type": "integer", "enum": choices });
                        rule(RuleId::DurationNotOffered, set)
                    }
                }
            }
            Field::Resolution => {
                let resolution = self.model.resolution(route);
                let offered = match resolution.is_fixed() {
                    true => SCHEMA_RESOLUTIONS,
                    false => resolution.offered,
                };
                let choice = choice(offered, RuleId::ResolutionNotOffered);
                described(choice, resolution.default)
            }
            Field::Ratio | Field::AspectRatio => {
                let ratio = &route.ratio.value;
                let choice = match ratio.closed {
                    true => choice(ratio.list, RuleId::RatioNotOffered),
                    false => {
                        let pattern = pattern::ratio(self.edition.ratio_words());
                        let open =
                            json!({ "type": "string", "pattern": pattern, "examples": ratio.list });
                        rule(RuleId::RatioMalformed, open)
                    }
                };
                described(choice, ratio.default)
            }
            Field::Images | Field::ReferenceImages => {
                let schemes = &route.schemes(Field::Images).value;
                let images = &route.images.value;
                list(images.max, &pattern::url(schemes, images.refused_files))
            }
            Field::FirstImage | Field::LastImage if route.frames.value.alone == Alone::NotTaken => {
                rule(RuleId::FramesNotSupported, json!({ "type": "string", "maxLength": 0 }))
            }
            Field::FirstImage | Field::LastImage => {
                let refused = route.images.value.refused_files;
                let url = pattern::url(&route.media_schemes.value, refused);
                rule(RuleId::SchemeNotAccepted, json!({ "type": "string", "pattern": url }))
            }
            Field::ReferenceVideos | Field::Videos => {
                let videos = &route.videos.value;
                let schemes = &route.media_schemes.value;
                let max = if self.model.takes_videos { videos.max } else { Some(0) };
                list(max, &pattern::url(schemes, videos.refused_files))
            }
            Field::ReferenceAudios | Field::Audios => {
                let audios = &route.audios.value;
                let max = if audios.taken { audios.max } else { Some(0) };
                list(max, &pattern::url(&route.audio_schemes.value, &[]))
            }
            Field::Orientation => choice(field.info().choices, RuleId::OrientationNotOffered),
            Field::ReferenceMode => {
                choice(route.extras.value.reference_modes, RuleId::ReferenceModeNotOffered)
            }
            _ => json!(true),
        }
    }

    /// Pairs of fields that mean the same on this route. If both have a value, that of the first counts.
    fn pairs(&self) -> impl Iterator<Item = [Field; 2]> {
        let extras = self.route.extras.value;
        let mut images = [Field::Images, Field::ReferenceImages];
        if extras.prefers_reference_images {
            images.reverse();
        }
        let pairs = [
            [Field::AspectRatio, Field::Ratio],
            images,
            [Field::ReferenceVideos, Field::Videos],
            [Field::ReferenceAudios, Field::Audios],
        ];
        let is_here = |field: &Field| extras.fields.contains(field);
        let pairs = pairs.into_iter();
        pairs.filter(move |pair| pair.iter().any(is_here))
    }

    /// Whether the field's other name wins if both have a value.
    fn is_second(&self, field: Field) -> bool {
        self.pairs().any(|[_, second]| second == field)
    }

    /// Matches requests in which a field is present, under either name, and does not count as absent.
    fn present(&self, field: Field) -> Value {
        match self.pairs().find(|pair| pair.contains(&field)) {
            Some(pair) => json!({ "anyOf": pair.map(present) }),
            None => present(field),
        }
    }

    /// The rules that involve more than one field.
    fn between_fields(&self) -> Vec<Value> {
        let route = self.route;
        let alone = route.frames.value.alone;
        let frames = json!({ "anyOf": [present(Field::FirstImage), present(Field::LastImage)] });
        let exclude = |id, field| {
            let both = json!({ "not": { "allOf": [self.present(field), frames] } });
            rule(id, both)
        };
        let needs = |id, one, other| {
            let both = json!({ "if": present(one), "then": present(other) });
            rule(id, both)
        };
        let mut rules: Vec<_> = self.pairs().map(|pair| self.counts(pair)).collect();
        if alone != Alone::NotTaken {
            rules.push(exclude(RuleId::ImagesWithFrames, Field::Images));
        }
        let (first, last) = (Field::FirstImage, Field::LastImage);
        match alone {
            Alone::Refused => rules.extend([
                needs(RuleId::FramePairIncomplete, first, last),
                needs(RuleId::FramePairIncomplete, last, first),
            ]),
            Alone::LastRefused => rules.push(needs(RuleId::LastFrameNeedsFirst, last, first)),
            Alone::Fine | Alone::LastUnstated | Alone::NotTaken => {}
        }
        if route.videos.value.excludes_frames {
            rules.push(exclude(RuleId::VideosWithFrames, Field::ReferenceVideos));
        }
        if self.model.requires_videos {
            let videos = self.present(Field::ReferenceVideos);
            rules.push(rule(RuleId::VideoRequired, videos));
        }
        let audios = &route.audios.value;
        if audios.paired {
            let mut beside =
                vec![self.present(Field::Images), self.present(Field::ReferenceVideos)];
            if !audios.not_with_frames_alone {
                beside.push(frames.clone());
            }
            let audios = self.present(Field::ReferenceAudios);
            let paired = json!({ "if": audios, "then": { "anyOf": beside } });
            rules.push(rule(RuleId::AudioUnpaired, paired));
        }
        if audios.with_frames == WithFrames::Refused {
            rules.push(exclude(RuleId::AudioWithFrames, Field::ReferenceAudios));
        }
        if !route.ratio.value.with_references.is_empty() {
            rules.push(self.ratio_needs_references());
        }
        rules
    }

    /// Applies the limits to the second name's value if the first name has none.
    fn counts(&self, [first, second]: [Field; 2]) -> Value {
        json!({
            "if": { "not": present(first) },
            "then": { "properties": { second.name(): self.limits(second) } },
        })
    }

    fn ratio_needs_references(&self) -> Value {
        let words = self.route.ratio.value.with_references;
        let says = |field: Field| json!({ "required": [field.name()], "properties": { field.name(): { "enum": words } } });
        let (first, second) = (Field::AspectRatio, Field::Ratio);
        let by_second = json!({ "allOf": [{ "not": present(first) }, says(second)] });
        let references = [Field::Images, Field::ReferenceVideos, Field::ReferenceAudios];
        rule(
            RuleId::RatioNeedsReferences,
            json!({
                "if": { "anyOf": [says(first), by_second] },
                "then": { "anyOf": references.map(|field| self.present(field)) },
            }),
        )
    }
}

/// Only a field's type, which all routes share.
pub fn kind(info: &FieldInfo) -> Value {
    match info.kind {
        FieldKind::Array => json!({ "type": "array", "items": { "type": "string" } }),
        kind => json!({ "type": kind }),
    }
}

/// Matches values of a field's type, without blank items.
fn of_type(field: Field) -> Value {
    match field.info().kind {
        FieldKind::Array => json!({
            "type": "array",
            "items": { "type": "string", "pattern": pattern::not_blank(), "x-rules": ["empty-item"] },
        }),
        kind => json!({ "type": kind }),
    }
}

/// Matches one of the offered strings.
fn choice(offered: &[&str], id: RuleId) -> Value {
    rule(id, json!({ "type": "string", "enum": offered }))
}

/// Describes what an absent choice means. It is not a `default`, because code generators would make such a field required.
fn described(mut choice: Value, default: Option<&str>) -> Value {
    if let Some(default) = default {
        choice["description"] = format!("{default} when absent").into();
    }
    choice
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

fn rule(id: RuleId, mut schema: Value) -> Value {
    schema["x-rules"] = json!([id]);
    schema
}

/// Matches requests in which a field is present and does not count as absent.
fn present(field: Field) -> Value {
    let filled = match field.info().kind {
        FieldKind::Array => {
            json!({ "type": "array", "items": { "type": "string" }, "minItems": 1 })
        }
        _ => json!({ "type": "string", "pattern": pattern::not_blank() }),
    };
    json!({ "required": [field.name()], "properties": { field.name(): filled } })
}
