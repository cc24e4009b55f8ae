//! Ids as people read them.

use serde_json::value::RawValue;

/// A string's characters, or a number as it was written.
#[must_use]
pub fn of_json(raw: &RawValue) -> String {
    serde_json::from_str(raw.get()).unwrap_or_else(|_| raw.get().to_owned())
}
