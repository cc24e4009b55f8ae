//! Numbers as people and JSON write them: a whole one without a fraction.

use alloc::string::{String, ToString};

use serde::Serializer;

/// Below this every whole binary64 is an exact integer.
const EXACT_BELOW: f64 = 9_007_199_254_740_992.0;

#[expect(clippy::cast_possible_truncation, reason = "whole and below 2^53")]
fn whole(number: f64) -> Option<i64> {
    let is_small = number.abs() < EXACT_BELOW;
    #[expect(clippy::cast_precision_loss, reason = "below 2^53")]
    let is_whole = is_small && (number as i64) as f64 == number;
    is_whole.then_some(number as i64)
}

pub(crate) fn serialize<S: Serializer>(number: f64, serializer: S) -> Result<S::Ok, S::Error> {
    match whole(number) {
        Some(whole) => serializer.serialize_i64(whole),
        None => serializer.serialize_f64(number),
    }
}

/// The number's shortest decimal spelling, as JSON has it.
pub(crate) fn to_string(number: f64) -> String {
    match whole(number) {
        Some(whole) => whole.to_string(),
        None => {
            let mut text = String::new();
            seedance_json::float::write(&mut text, number);
            text
        }
    }
}
