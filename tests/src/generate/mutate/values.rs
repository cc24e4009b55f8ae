//! Mutations of single values and of fields as such.

use fastrand::Rng;
use seedance_core::table::{Model, Route, SCHEMA_RESOLUTIONS};
use serde_json::{Map, Value, json};

use super::{Wanted, found, set};
use crate::generate::{pick, pools};

pub(super) fn unknown_field(
    rng: &mut Rng,
    _: &Route,
    _: &Model,
    r: &mut Map<String, Value>,
) -> Wanted {
    let name = pools::unknown_name(rng);
    set(r, name, pools::odd(rng));
    found(
        "unknown-field",
        &format!("/{}", name.replace('~', "~0").replace('/', "~1")),
    )
}

pub(super) fn missing_field(
    rng: &mut Rng,
    _: &Route,
    _: &Model,
    r: &mut Map<String, Value>,
) -> Wanted {
    let field = pick(rng, &["prompt", "duration"]);
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
    set(
        r,
        field,
        pick(rng, &[Value::Null, json!(true), json!({}), json!([])]),
    );
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
            &[
                format!("{} ", model.name),
                model.name.to_uppercase(),
                "sora".to_owned()
            ]
        )),
    );
    found("unknown-model", "/model")
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
    set(
        r,
        "prompt",
        json!(pick(rng, &["x", "雨", "🎬"]).repeat(max + 1)),
    );
    found("prompt-too-long", "/prompt")
}

pub(super) fn duration_out_of_range(
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

pub(super) fn duration_contested(
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

pub(super) fn resolution_not_offered(
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

pub(super) fn resolution_ignored(
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

pub(super) fn orientation_not_offered(
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
    found(
        if route.ratio.value.closed {
            "ratio-not-offered"
        } else {
            "ratio-unlisted"
        },
        "/ratio",
    )
}

pub(super) fn ratio_malformed(
    rng: &mut Rng,
    route: &Route,
    _: &Model,
    r: &mut Map<String, Value>,
) -> Wanted {
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
