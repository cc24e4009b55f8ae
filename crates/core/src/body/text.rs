//! Bodies of JSON text, read by serde_json.

use serde::de::DeserializeSeed;

use super::read::{Reading, Root};
use super::value::Value;
use crate::syntax::Syntax;

/// Reads any text, even if it is not JSON.
pub(super) fn read(text: &str) -> Root<'_> {
    let mut json = serde_json::Deserializer::from_str(text);
    let root = Reading { is_text: true }.deserialize(&mut json);
    let root = root.and_then(|root| json.end().map(|()| root)).and_then(|root| {
        // Raw values were only skimmed: they may hold numbers out of range, unpaired surrogates or deep nesting.
        if let Root::Object(fields) = &root
            && !fields.others.is_empty()
        {
            let mut whole = serde_json::Deserializer::from_str(text);
            Value::DOCUMENT.deserialize(&mut whole)?;
        }
        Ok(root)
    });
    root.unwrap_or_else(|fault| Root::NotJson(Syntax::of(text, &fault)))
}
