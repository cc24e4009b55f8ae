//! What may stand on a line beside a request.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// A job with the cells of its row that are no part of it.
#[derive(Debug, Serialize, Deserialize)]
pub struct Carrying<'a> {
    /// The cells, in the order of their columns.
    pub carried: Vec<String>,
    /// The job, as it stands on a line of its own.
    #[serde(borrow)]
    pub job: &'a RawValue,
}

/// The lines of a piece, each as [`with_id`] has it.
#[must_use]
pub fn with_ids(piece: &[u8]) -> Cow<'_, [u8]> {
    if memchr::memmem::find(piece, ID).is_none() {
        return Cow::Borrowed(piece);
    }
    let lines = piece.split_inclusive(|byte| *byte == b'\n');
    let mut changed = Vec::with_capacity(piece.len());
    for line in lines {
        changed.extend_from_slice(&with_id(line));
        if line.ends_with(b"\n") && !changed.ends_with(b"\n") {
            changed.push(b'\n');
        }
    }
    Cow::Owned(changed)
}

const ID: &[u8] = b"\"id\"";

/// A request that has its id among its fields, as a job that has it beside the request; any other line as it is.
#[must_use]
pub fn with_id(line: &[u8]) -> Cow<'_, [u8]> {
    // Nearly every line is told by two searches.
    let has = |name: &[u8]| memchr::memmem::find(line, name).is_some();
    if !has(ID) || has(b"\"request\"") {
        return Cow::Borrowed(line);
    }
    match wrapped(line) {
        Some(job) => Cow::Owned(job.into_bytes()),
        None => Cow::Borrowed(line),
    }
}

fn wrapped(line: &[u8]) -> Option<String> {
    let Members(members) = serde_json::from_slice(line).ok()?;
    let ids = members.iter().filter(|(name, _)| name == "id").count();
    if ids != 1 || !members.iter().any(|(name, _)| name == "model") {
        return None;
    }
    let mut id = None;
    let mut request = Vec::with_capacity(members.len());
    for (name, value) in members {
        match name.as_ref() {
            "id" => id = Some(value),
            _ => request.push(format!("{}:{value}", serde_json::to_string(&name).ok()?)),
        }
    }
    Some(format!(
        "{{\"id\":{},\"request\":{{{}}}}}",
        id?,
        request.join(",")
    ))
}

/// The members of an object as they are written, each as often as it stands there.
struct Members<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;

        impl<'de> serde::de::Visitor<'de> for InOrder {
            type Value = Members<'de>;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<M: serde::de::MapAccess<'de>>(
                self,
                mut map: M,
            ) -> Result<Self::Value, M::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }

        deserializer.deserialize_map(InOrder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_among_the_fields_is_kept() {
        for (line, expected) in [
            (
                r#"{"id": "a", "model": "m", "x": 1.50}"#,
                r#"{"id":"a","request":{"model":"m","x":1.50}}"#,
            ),
            (
                r#"{"model": "m", "id": 7}"#,
                r#"{"id":7,"request":{"model":"m"}}"#,
            ),
            // The request's own faults stay.
            (
                r#"{"id":1,"model":"m","model":"n"}"#,
                r#"{"id":1,"request":{"model":"m","model":"n"}}"#,
            ),
        ] {
            assert_eq!(with_id(line.as_bytes()), expected.as_bytes(), "{line}");
        }
        for line in [
            r#"{"id":1,"request":{"model":"m"}}"#,
            r#"{"id":1}"#,
            r#"{"id":1,"id":2,"model":"m"}"#,
            r#"{"id":1,"model":"m""#,
            r#"{"model":"m"}"#,
            "",
        ] {
            assert_eq!(with_id(line.as_bytes()), line.as_bytes(), "{line}");
        }
    }
}
