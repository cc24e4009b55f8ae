//! Writes numbers as people do: whole numbers without a fraction.

use alloc::string::{String, ToString};

use serde::{Serialize, Serializer};

/// 2^63: whole numbers from here on do not fit an `i64`.
const TOO_LARGE: f64 = 9_223_372_036_854_775_808.0;

/// A number that may have a fraction.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct Number(#[serde(serialize_with = "serialize")] pub f64);

/// Writes a number, a whole one as an integer.
pub(crate) fn serialize<S: Serializer>(number: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    match whole(*number) {
        Some(whole) => serializer.serialize_i64(whole),
        None => serializer.serialize_f64(*number),
    }
}

/// Writes a list of numbers, the whole ones as integers.
pub(crate) fn serialize_all<S: Serializer>(
    numbers: &[f64],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(numbers.iter().map(|number| Number(*number)))
}

/// The number's shortest spelling in JSON.
pub(crate) fn to_string(number: f64) -> String {
    match whole(number) {
        Some(whole) => whole.to_string(),
        // Every number here is finite, so it can be written.
        None => serde_json::to_string(&number).unwrap_or_default(),
    }
}

#[expect(clippy::cast_possible_truncation, reason = "below 2^63")]
fn whole(number: f64) -> Option<i64> {
    let whole = number as i64;
    #[expect(clippy::cast_precision_loss, reason = "it came from a binary64")]
    let is_whole = number.abs() < TOO_LARGE && whole as f64 == number;
    is_whole.then_some(whole)
}
