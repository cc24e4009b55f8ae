//! A charge as it is written.

use serde_json::value::RawValue;

/// A charge whose amount was not read yet.
#[derive(Debug)]
pub struct Entered {
    pub id: String,
    pub amount: String,
    pub currency: Option<String>,
}

/// An id as text: a string's characters, or a number as it was written.
pub fn id_of(raw: &RawValue) -> String {
    serde_json::from_str(raw.get()).unwrap_or_else(|_| raw.get().to_owned())
}
