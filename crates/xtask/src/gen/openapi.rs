//! `pkg/openapi.json`: the vendor's OpenAPI document (seed-openapi.yaml, as it was published) completed with every limit that its
//! prose only describes. Beside it one for each other edition.

use anyhow::Context;
use seedance_core::Edition;
use seedance_schema::{Target, definitions, endpoint};
use serde_json::{Map, Value, json};

use super::{Generated, HEADER};
use crate::run::Outcome;

const PUBLISHED: &str = include_str!("seed-openapi.yaml");
/// What is known of answers beyond what was published.
const ANSWERS: &str = include_str!("answers-openapi.yaml");
/// What that completes. A merge would create what is no longer there.
const COMPLETED: [&str; 3] = [
    "/components/schemas/VideoGenerationResponse/properties/code",
    "/components/schemas/VideoGenerationResponse/properties/data",
    "/paths/~1api~1open-api~1v1~1seedance~1videos/post/responses",
];

pub fn generate() -> Outcome<Vec<Generated>> {
    let documents = Edition::ALL.into_iter().map(|edition| {
        let name = if edition == Edition::default() {
            "openapi".to_owned()
        } else {
            format!("openapi-{edition}")
        };
        Ok(Generated {
            path: format!("pkg/{name}.json"),
            text: format!("{:#}\n", document(edition)?),
        })
    });
    documents.collect()
}

fn document(edition: Edition) -> Outcome<Value> {
    let mut document: Value = serde_yaml_ng::from_str(PUBLISHED)?;
    object_in(&mut document, "/info")?.insert("x-completed".into(), HEADER.into());
    object_in(&mut document, "/info")?.insert("x-edition".into(), edition.name().into());
    if edition != Edition::default() {
        renew(&mut document, edition)?;
    }
    let schemas = object_in(&mut document, "/components/schemas")?;
    let published = schemas
        .remove("SeedanceGenerationRequest")
        .context("the published document has no request")?;
    let mut request = endpoint(edition, Target::OpenApi31);
    let properties = described(&request, &published)?;
    request.insert("properties".into(), properties);
    schemas.insert("SeedanceGenerationRequest".into(), Value::Object(request));
    schemas.extend(definitions(edition));
    for pointer in COMPLETED {
        object_in(&mut document, pointer)?;
    }
    json_patch::merge(&mut document, &serde_yaml_ng::from_str(ANSWERS)?);
    Ok(document)
}

/// What the newer documents say instead of the published one's prose: where the gateway is, and which fields there are. The limits
/// in that prose are July's; those of the edition stand in its schemas.
fn renew(document: &mut Value, edition: Edition) -> Outcome {
    let servers = document.pointer_mut("/servers").and_then(Value::as_array_mut);
    let servers = servers.context("the published document has no servers")?;
    servers.push(
        json!({ "url": "https://api.viraltok.ai", "description": "As the newer pages name it" }),
    );
    let operation = object_in(document, "/paths/~1api~1open-api~1v1~1seedance~1videos/post")?;
    let routes: Vec<_> = edition.routes().iter().map(|route| route.title.en).collect();
    let description = format!(
        "Create a Seedance 2.0 video task. Routes: {}. Poll GET /api/open-api/v1/videos/{{taskId}} for results.",
        routes.join(", ")
    );
    operation.insert("description".into(), description.into());
    let request = object_in(document, "/components/schemas/SeedanceGenerationRequest")?;
    let fields = edition.fields().iter().map(|info| {
        let (kind, title) = (info.kind, info.title.en);
        let property = match kind {
            "array" => {
                json!({ "type": kind, "items": { "type": "string" }, "description": title })
            }
            _ => json!({ "type": kind, "description": title }),
        };
        (info.name.to_owned(), property)
    });
    request.insert("properties".into(), Value::Object(fields.collect()));
    Ok(())
}

/// The object at a place of the published document.
fn object_in<'d>(document: &'d mut Value, pointer: &str) -> Outcome<&'d mut Map<String, Value>> {
    let found = document.pointer_mut(pointer).and_then(Value::as_object_mut);
    found.with_context(|| format!("the published document has no object at {pointer}"))
}

/// The published properties with their prose and types, and what the table adds to those of all routes.
fn described(request: &Map<String, Value>, published: &Value) -> Outcome<Value> {
    let properties = published.get("properties").and_then(Value::as_object);
    let mut properties = properties.cloned().context("the published request has no properties")?;
    let limits = request.get("properties").and_then(Value::as_object);
    for (name, limits) in limits.into_iter().flatten() {
        let property = properties.entry(name).or_insert_with(|| json!({}));
        let property = property.as_object_mut().context("a published property is no object")?;
        for (keyword, value) in limits.as_object().into_iter().flatten() {
            property.insert(keyword.clone(), value.clone());
        }
    }
    Ok(properties.into())
}
