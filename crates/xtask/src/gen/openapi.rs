//! `pkg/openapi.json`: the vendor's OpenAPI document (seed-openapi.yaml, as it was published) completed with every limit that its
//! prose only describes.

use anyhow::Context;
use seedance_schema::{Target, definitions, endpoint};
use serde_json::{Map, Value, json};

use super::{Generated, HEADER};
use crate::run::Outcome;

const PUBLISHED: &str = include_str!("seed-openapi.yaml");

pub fn generate() -> Outcome<Vec<Generated>> {
    let mut document: Value = serde_yaml_ng::from_str(PUBLISHED)?;
    object_in(&mut document, "/info")?.insert("x-completed".into(), HEADER.into());
    let schemas = object_in(&mut document, "/components/schemas")?;
    let published = schemas
        .remove("SeedanceGenerationRequest")
        .context("the published document has no request")?;
    let mut request = endpoint(Target::OpenApi31);
    let properties = described(&request, &published)?;
    request.insert("properties".into(), properties);
    schemas.insert("SeedanceGenerationRequest".into(), Value::Object(request));
    schemas.extend(definitions());
    // The seed's own answer has a number there, its schema a string, and real answers have both (C3).
    let code = schemas
        .get_mut("VideoGenerationResponse")
        .and_then(|it| it.pointer_mut("/properties/code"));
    let code = code
        .and_then(Value::as_object_mut)
        .context("the published document has no `code`")?;
    code.insert("type".into(), json!(["integer", "string"]));
    Ok(vec![Generated {
        path: "pkg/openapi.json".into(),
        text: format!("{document:#}\n"),
    }])
}

/// The object at a place of the published document.
fn object_in<'d>(document: &'d mut Value, pointer: &str) -> Outcome<&'d mut Map<String, Value>> {
    let found = document.pointer_mut(pointer).and_then(Value::as_object_mut);
    found.with_context(|| format!("the published document has no object at {pointer}"))
}

/// The published properties with their prose and types, and what the table adds to those of all routes.
fn described(request: &Map<String, Value>, published: &Value) -> Outcome<Value> {
    let properties = published.get("properties").and_then(Value::as_object);
    let mut properties = properties
        .cloned()
        .context("the published request has no properties")?;
    let limits = request.get("properties").and_then(Value::as_object);
    for (name, limits) in limits.into_iter().flatten() {
        let property = properties.entry(name).or_insert_with(|| json!({}));
        let property = property
            .as_object_mut()
            .context("a published property is no object")?;
        for (keyword, value) in limits.as_object().into_iter().flatten() {
            property.insert(keyword.clone(), value.clone());
        }
    }
    // A blank choice counts as absent, so that the published lists are the routes' to refine.
    for name in ["resolution", "orientation"] {
        if let Some(property) = properties.get_mut(name).and_then(Value::as_object_mut) {
            property.remove("enum");
        }
    }
    Ok(properties.into())
}
