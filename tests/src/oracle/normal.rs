//! The normalised request (§3): the body to submit.

use super::json::Json;
use super::request::{FIELDS, Given, Request, is_blank};

/// The normalised form of a request without errors.
#[must_use]
pub fn normalise(request: &Request<'_>) -> Json {
    let mut members: Vec<(String, Json)> = Vec::new();
    for (name, given) in FIELDS.iter().zip(&request.given) {
        let value = match given {
            Given::Absent | Given::WrongType => continue,
            Given::Text(text) if is_blank(text) => continue,
            Given::Text(text) => Json::String((*text).to_owned()),
            Given::Switch(on) => Json::Bool(*on),
            Given::Whole(seconds) => Json::Number(format!("{seconds:.0}")),
            Given::List(items) if items.is_empty() => continue,
            Given::List(items) => Json::Array(
                items
                    .iter()
                    .map(|item| {
                        if let super::request::Entry::Text(text) = item {
                            Json::String((*text).to_owned())
                        } else {
                            Json::Null
                        }
                    })
                    .collect(),
            ),
        };
        members.push(((*name).to_owned(), value));
    }
    members
        .extend(request.unknown.iter().map(|(name, value)| ((*name).to_owned(), (*value).clone())));
    Json::Object(members)
}
