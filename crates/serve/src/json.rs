//! JSON of the companion's own making.

use serde::Serialize;

/// The text of a value of one of the companion's or the core's own types.
#[expect(
    clippy::expect_used,
    reason = "serde_json fails at keys that are no strings and at what a type itself refuses; none of these has either"
)]
pub(crate) fn text(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("plain data")
}
