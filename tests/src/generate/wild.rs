//! Requests that may be wrong anywhere, and JSON that is no request.

use fastrand::Rng;
use seedance_core::Edition;
use serde_json::{Map, Value, json};

use super::{pick, pools, urls, valid};

/// The edition's fields, in the order of a report.
fn fields(edition: Edition) -> Vec<&'static str> {
    edition.fields().iter().map(|info| info.field.name()).collect()
}

fn value(edition: Edition, rng: &mut Rng, field: &str) -> Value {
    match field {
        "model" => pools::model(edition, rng),
        "prompt" => pools::prompt(rng),
        "duration" => pools::duration(rng),
        "resolution" => pools::resolution(rng),
        "orientation" => pools::orientation(rng),
        "ratio" | "aspect_ratio" => pools::ratio(rng),
        "face_processing" | "generate_audio" => pools::switch(rng),
        "reference_mode" => pools::mode(rng),
        "first_image" | "last_image" => urls::frame(rng),
        _ => urls::list(rng),
    }
}

/// A request with every field drawn from the pools.
pub fn request(edition: Edition, rng: &mut Rng) -> Value {
    let mut request = Map::new();
    for field in fields(edition) {
        let likely = if matches!(field, "model" | "prompt" | "duration") { 15 } else { 6 };
        if rng.u8(..16) < likely {
            request.insert(field.to_owned(), value(edition, rng, field));
        }
    }
    stray(rng, &mut request);
    Value::Object(request)
}

/// A clean request with a few fields redrawn or removed.
pub fn near(edition: Edition, rng: &mut Rng) -> Value {
    let mut request = valid::clean(edition, rng);
    let Some(members) = request.as_object_mut() else {
        return request;
    };
    for _ in 0..rng.u8(1..5) {
        match rng.u8(..16) {
            0 => stray(rng, members),
            1 => {
                members.remove(pick(rng, &fields(edition)));
            }
            // A request made for one model, under another model's rules.
            2 | 3 => {
                members.insert(
                    "model".into(),
                    json!(pick(
                        rng,
                        &edition.models().map(|(_, model)| model.name).collect::<Vec<_>>()
                    )),
                );
            }
            _ => {
                let field = pick(rng, &fields(edition)[1..]);
                members.insert(field.into(), value(edition, rng, field));
            }
        }
    }
    request
}

/// A request with more mistakes than a report holds.
pub fn long(edition: Edition, rng: &mut Rng) -> Value {
    let mut request = near(edition, rng);
    for field in ["images", "reference_videos", "reference_audios"] {
        if rng.bool() {
            request[field] = urls::long_list(rng);
        }
    }
    request
}

fn stray(rng: &mut Rng, members: &mut Map<String, Value>) {
    for _ in 0..rng.u8(..3) {
        members.insert(pools::unknown_name(rng).to_owned(), json(rng, 2));
    }
}

/// Any JSON value, nested at most this deep.
pub fn json(rng: &mut Rng, levels: u8) -> Value {
    match rng.u8(..if levels == 0 { 5 } else { 8 }) {
        0 => Value::Null,
        1 => json!(rng.bool()),
        2 => pools::duration(rng),
        3 => json!(urls::url(rng)),
        4 => json!(rng.i64(..)),
        5 => (0..rng.usize(..4)).map(|_| json(rng, levels - 1)).collect(),
        _ => {
            Value::Object((0..rng.usize(..4)).map(|_| (name(rng), json(rng, levels - 1))).collect())
        }
    }
}

fn name(rng: &mut Rng) -> String {
    if rng.bool() {
        pick(rng, &fields(Edition::LATEST)).to_owned()
    } else {
        pools::unknown_name(rng).to_owned()
    }
}
