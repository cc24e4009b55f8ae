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
    document["info"]["x-completed"] = HEADER.into();
    let schemas = document["components"]["schemas"]
        .as_object_mut()
        .context("the published document has no schemas")?;
    let published = schemas
        .remove("SeedanceGenerationRequest")
        .context("the published document has no request")?;
    let mut request = endpoint(Target::OpenApi31);
    request.insert("properties".into(), described(&request, &published));
    schemas.insert("SeedanceGenerationRequest".into(), Value::Object(request));
    schemas.extend(definitions());
    // The seed's own answer has a number there, its schema a string, and real answers have both (C3).
    schemas["VideoGenerationResponse"]["properties"]["code"]["type"] = json!(["integer", "string"]);
    Ok(vec![Generated {
        path: "pkg/openapi.json".into(),
        text: format!("{document:#}\n"),
    }])
}

/// The published properties with their prose and types, and what the table adds to those of all routes.
fn described(request: &Map<String, Value>, published: &Value) -> Value {
    let mut properties = published["properties"].clone();
    for (name, limits) in request["properties"].as_object().into_iter().flatten() {
        for (keyword, value) in limits.as_object().into_iter().flatten() {
            properties[name][keyword] = value.clone();
        }
    }
    // A blank choice counts as absent, so that the published lists are the routes' to refine.
    for name in ["resolution", "orientation"] {
        if let Some(property) = properties[name].as_object_mut() {
            property.remove("enum");
        }
    }
    if properties.is_object() {
        properties
    } else {
        json!({})
    }
}
