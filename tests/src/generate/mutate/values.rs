//! Mutations of single values and of whole fields.

use fastrand::Rng;
use seedance_core::Edition;
use seedance_core::table::{Field, Model, Route, SCHEMA_RESOLUTIONS};
use serde_json::{Map, Value, json};

use super::{Wanted, drop_all, found, is_later, set};
use crate::generate::{pick, pools};

pub(super) fn unknown_field(
    rng: &mut Rng,
    _: &Route,
    _: &Model,
    r: &mut Map<String, Value>,
) -> Wanted {
    let mut names = std::iter::repeat_with(|| pools::unknown_name(rng));
    let is_field = |name: &&str| Edition::LATEST.fields().iter().any(|it| it.name == *name);
    let name = names.find(|name| !is_field(name))?;
    set(r, name, pools::odd(rng));
    found("unknown-field", &format!("/{}", name.replace('~', "~0").replace('/', "~1")))
}

pub(super) fn missing_field(
    rng: &mut Rng,
    route: &Route,
    _: &Model,
    r: &mut Map<String, Value>,
) -> Wanted {
    let required: &[&str] =
        if route.duration.value.optional { &["prompt"] } else { &["prompt", "duration"] };
    let field = pick(rng, required);
    r.remove(field);
    found("missing-field", &format!("/{field}"))
}

pub(super) fn wrong_type(
    rng: &mut Rng,
    _: &Route,
    _: &Model,
    r: &mut Map<String, Value>,
) -> Wanted {
    let field = pick(rng, &["prompt", "duration", "resolution"]);
    set(r, field, pick(rng, &[Value::Null, json!(true), json!({}), json!([])]));
    found("wrong-type", &format!("/{field}"))
}

pub(super) fn empty_field(
    rng: &mut Rng,
    _: &Route,
    _: &Model,
    r: &mut Map<String, Value>,
) -> Wanted {
    let field = pick(rng, &["resolution", "orientation", "ratio"]);
    set(r, field, json!(pools::blank(rng)));
    found("empty-field", &format!("/{field}"))
}

pub(super) fn unknown_model(
    rng: &mut Rng,
    _: &Route,
    model: &Model,
    r: &mut Map<String, Value>,
) -> Wanted {
    set(
        r,
        "model",
        json!(pick(
            rng,
            &[format!("{} ", model.name), model.name.to_uppercase(), "sora".to_owned()]
        )),
    );
    // Without a route the duration is required.
    set(r, "duration", json!(5));
    found("unknown-model", "/model")
}

pub(super) fn wrong_endpoint(
    _: &mut Rng,
    route: &Route,
    _: &Model,
    r: &mut Map<String, Value>,
) -> Wanted {
    if !is_later(route) {
        return None;
    }
    set(r, "model", json!("kling-o3"));
    set(r, "duration", json!(5));
    found("wrong-endpoint", "/model")
}

pub(super) fn empty_prompt(
    rng: &mut Rng,
    _: &Route,
    _: &Model,
    r: &mut Map<String, Value>,
) -> Wanted {
    set(r, "prompt", json!(pools::blank(rng)));
    found("empty-prompt", "/prompt")
}

pub(super) fn prompt_too_long(
    rng: &mut Rng,
    route: &Route,
    _: &Model,
    r: &mut Map<String, Value>,
) -> Wanted {
    let max = route.prompt.value.max? as usize;
    set(r, "prompt", json!(pick(rng, &["x", "雨", "🎬"]).repeat(max + 1)));
    found("prompt-too-long", "/prompt")
}

pub(super) fn duration_out_of_range(
    rng: &mut Rng,
    route: &Route,
    _: &Model,
    r: &mut Map<String, Value>,
) -> Wanted {
    let (min, max) = (i64::from(route.duration.value.min), i64::from(route.duration.value.max));
    set(r, "duration", pick(rng, &[json!(min - 1), json!(max + 1), json!(-max), json!(1e300)]));
    let rule = if route.duration.value.choices.is_empty() {
        "duration-out-of-range"
    } else {
        "duration-not-offered"
    };
    found(rule, "/duration")
}

pub(super) fn duration_contested(
    rng: &mut Rng,
    route: &Route,
    _: &Model,
    r: &mut Map<String, Value>,
) -> Wanted {
    let from = route.duration.value.undisputed_from?;
    set(r, "duration", json!(rng.u32(route.duration.value.min..from)));
    found("duration-contested", "/duration")
}

pub(super) fn resolution_not_offered(
    rng: &mut Rng,
    route: &Route,
    model: &Model,
    r: &mut Map<String, Value>,
) -> Wanted {
    let resolution = model.resolution(route);
    let offered = if resolution.is_fixed() { SCHEMA_RESOLUTIONS } else { resolution.offered };
    let others: Vec<&str> = ["2k", "4k", "720P", "1080p"]
        .into_iter()
        .filter(|other| !offered.contains(other))
        .collect();
    set(r, "resolution", json!(pick(rng, &others)));
    found("resolution-not-offered", "/resolution")
}

pub(super) fn resolution_ignored(
    rng: &mut Rng,
    route: &Route,
    model: &Model,
    r: &mut Map<String, Value>,
) -> Wanted {
    if !model.resolution(route).is_fixed() {
        return None;
    }
    let others: Vec<&str> =
        SCHEMA_RESOLUTIONS.iter().copied().filter(|other| Some(*other) != model.delivers).collect();
    set(r, "resolution", json!(pick(rng, &others)));
    found("resolution-ignored", "/resolution")
}

pub(super) fn orientation_not_offered(
    rng: &mut Rng,
    _: &Route,
    _: &Model,
    r: &mut Map<String, Value>,
) -> Wanted {
    r.remove("ratio");
    set(r, "orientation", json!(pick(rng, &["Portrait", "square", "landscape "])));
    found("orientation-not-offered", "/orientation")
}

pub(super) fn orientation_overridden(
    _: &mut Rng,
    route: &Route,
    _: &Model,
    r: &mut Map<String, Value>,
) -> Wanted {
    set(r, "orientation", json!("portrait"));
    set(r, "ratio", json!(route.ratio.value.list.first()?));
    found("orientation-overridden", "/orientation")
}

pub(super) fn ratio(_: &mut Rng, route: &Route, _: &Model, r: &mut Map<String, Value>) -> Wanted {
    r.remove("orientation");
    set(r, "ratio", json!("5:4"));
    found(if route.ratio.value.closed { "ratio-not-offered" } else { "ratio-unlisted" }, "/ratio")
}

pub(super) fn ratio_malformed(
    rng: &mut Rng,
    route: &Route,
    _: &Model,
    r: &mut Map<String, Value>,
) -> Wanted {
    r.remove("orientation");
    let mut malformed = vec!["adaptive", "0:1", "16:09", "16x9", "100:1"];
    malformed.retain(|it| !route.ratio.value.list.contains(it));
    set(r, "ratio", json!(pick(rng, &malformed)));
    found(if route.ratio.value.closed { "ratio-not-offered" } else { "ratio-malformed" }, "/ratio")
}

pub(super) fn resolution_contested(
    rng: &mut Rng,
    route: &Route,
    model: &Model,
    r: &mut Map<String, Value>,
) -> Wanted {
    let contested = model.resolution(route).contested;
    let resolution = (!contested.is_empty()).then(|| pick(rng, contested))?;
    set(r, "resolution", json!(resolution));
    found("resolution-contested", "/resolution")
}

pub(super) fn ratio_needs_references(
    _: &mut Rng,
    route: &Route,
    _: &Model,
    r: &mut Map<String, Value>,
) -> Wanted {
    let ratio = route.ratio.value.with_references.first()?;
    drop_all(r, &["orientation", "images", "reference_videos", "reference_audios"]);
    set(r, "ratio", json!(ratio));
    found("ratio-needs-references", "/ratio")
}

pub(super) fn reference_mode_not_offered(
    rng: &mut Rng,
    route: &Route,
    _: &Model,
    r: &mut Map<String, Value>,
) -> Wanted {
    if route.extras.value.reference_modes.is_empty() {
        return None;
    }
    set(r, "reference_mode", json!(pick(rng, &["Image", "video", "first"])));
    found("reference-mode-not-offered", "/reference_mode")
}

pub(super) fn field_not_for_model(
    rng: &mut Rng,
    route: &Route,
    _: &Model,
    r: &mut Map<String, Value>,
) -> Wanted {
    let field = pick(
        rng,
        &[Field::AspectRatio, Field::Videos, Field::FaceProcessing, Field::ReferenceMode],
    );
    if !is_later(route) || route.extras.value.fields.contains(&field) {
        return None;
    }
    let value = match field {
        Field::Videos => json!(["http://localhost/"]),
        Field::FaceProcessing => json!(false),
        _ => json!("x"),
    };
    set(r, field.name(), value);
    found("field-not-for-model", &format!("/{}", field.name()))
}
