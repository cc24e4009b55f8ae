//! Values near every limit of the scalar fields.

use fastrand::Rng;
use seedance_core::Edition;
use serde_json::{Value, json};

use super::pick;

const BLANKS: [&str; 7] = ["", " ", "\t\n", "\u{3000}", "\u{a0}\u{2003}", "\u{85}", "\r"];

/// A string that is empty or blank.
pub fn blank(rng: &mut Rng) -> &'static str {
    pick(rng, &BLANKS)
}

/// A value, usually of the wrong type.
pub fn odd(rng: &mut Rng) -> Value {
    pick(
        rng,
        &[
            Value::Null,
            json!(true),
            json!({}),
            json!({ "a": [1] }),
            json!(0),
            json!(5),
            json!("text"),
            json!([]),
            json!([5]),
            json!(["x"]),
            json!(5.5),
        ],
    )
}

/// A model's name, or something close to one.
pub fn model(edition: Edition, rng: &mut Rng) -> Value {
    let name = pick(rng, &edition.models().map(|(_, model)| model.name).collect::<Vec<_>>());
    match rng.u8(..12) {
        0 => json!(name.to_uppercase()),
        1 => json!(format!("{name} ")),
        2 => json!(format!("{name}-720p")),
        3 => json!(pick(
            rng,
            &[
                "sora",
                "seedance2.0",
                "seedance2.0_mini",
                "seedance3.0",
                "sd2_mx_480p",
                "sd2_mx_fast_4k"
            ]
        )),
        4 => json!(blank(rng)),
        5 => odd(rng),
        6 => json!(pick(
            rng,
            &[
                "kling-o3-std",
                "seedance2.5",
                "seedance2.0-pro",
                "seedance20933",
                "sd2-adb-720p",
                "seedance20-4k",
                "seedance2.0-gz720p"
            ]
        )),
        _ => json!(name),
    }
}

/// A prompt, rarely a long one.
pub fn prompt(rng: &mut Rng) -> Value {
    match rng.u8(..24) {
        0..2 => json!(blank(rng)),
        2 => odd(rng),
        3 => json!("x".repeat(pick(rng, &[4999, 5000, 5001, 6000, 6001]))),
        4 => json!("雨".repeat(rng.usize(4999..5003))),
        5 => json!(" ".repeat(rng.usize(4999..5003))),
        6..9 => json!("e\u{301}🎬 \"\\/\u{0}\u{7f}\u{2028}"),
        _ => json!(pick(rng, &["A cat", "雨中的猫", " a ", "x", "\u{200b}"])),
    }
}

/// A duration, usually near a limit.
pub fn duration(rng: &mut Rng) -> Value {
    match rng.u8(..16) {
        0 => json!(f64::from(rng.i32(-2..20))),
        1 => json!(f64::from(rng.i32(-2..80)) / 4.0),
        2 => odd(rng),
        3 => pick(
            rng,
            &[
                json!("5"),
                json!(1e300),
                json!(-0.0),
                json!(u64::MAX),
                json!(i64::MIN),
                json!(1e-300),
                json!(4.000_000_000_000_001),
                json!(9_007_199_254_740_993_u64),
            ],
        ),
        4 => json!(rng.i32(18..33)),
        _ => json!(rng.i32(-1..18)),
    }
}

/// A resolution.
pub fn resolution(rng: &mut Rng) -> Value {
    match rng.u8(..12) {
        0 => json!(blank(rng)),
        1 => odd(rng),
        2 => json!(pick(rng, &["720P", "720", "720p ", "360p", "8k", "HD"])),
        _ => json!(pick(rng, &["480p", "720p", "1080p", "2k", "4k"])),
    }
}

/// An orientation.
pub fn orientation(rng: &mut Rng) -> Value {
    match rng.u8(..8) {
        0 => json!(blank(rng)),
        1 => odd(rng),
        2 => json!(pick(rng, &["Landscape", "portrait ", "square", "16:9"])),
        _ => json!(pick(rng, &["landscape", "portrait"])),
    }
}

/// `true` or `false`, or rarely something else.
pub fn switch(rng: &mut Rng) -> Value {
    match rng.u8(..6) {
        0 => odd(rng),
        _ => json!(rng.bool()),
    }
}

/// A value for `reference_mode`.
pub fn mode(rng: &mut Rng) -> Value {
    match rng.u8(..8) {
        0 => json!(blank(rng)),
        1 => odd(rng),
        2 => json!(pick(rng, &["Frame", "video", "image "])),
        _ => json!(pick(rng, &["image", "frame", "media"])),
    }
}

/// A ratio.
pub fn ratio(rng: &mut Rng) -> Value {
    match rng.u8(..12) {
        0 => json!(blank(rng)),
        1 => odd(rng),
        2 => json!(format!("{}:{}", rng.u8(..102), rng.u8(..102))),
        3 => json!(pick(
            rng,
            &[
                "016:9",
                "16:09",
                "16x9",
                "16：9",
                "１６:９",
                "16:9:1",
                ":",
                "1:",
                "a:b",
                "-1:1",
                "+1:1",
                "ADAPTIVE",
                "Auto",
                "Adaptive "
            ]
        )),
        _ => json!(pick(
            rng,
            &["16:9", "9:16", "1:1", "4:3", "3:4", "21:9", "Adaptive", "adaptive", "auto"]
        )),
    }
}

/// The name of a field that no edition, or not every edition, has.
pub fn unknown_name(rng: &mut Rng) -> &'static str {
    pick(
        rng,
        &[
            "aspect_ratio",
            "reference_images",
            "videos",
            "audios",
            "Model",
            "RATIO",
            "seed",
            "",
            "a/b",
            "c~d",
            "~1",
            "0",
            "é",
            "prompt ",
            "first-image",
            "\u{0}",
            "🎬",
            "images[]",
        ],
    )
}
