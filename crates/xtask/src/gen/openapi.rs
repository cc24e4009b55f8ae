//! `pkg/openapi.json`: the vendor's OpenAPI document (seed-openapi.yaml, as it was published) completed with every limit that its
//! prose only describes. Every other edition has a document of its own beside it.

use anyhow::Context;
use itertools::Itertools;
use seedance_core::Edition;
use seedance_core::table::FieldKind;
use seedance_schema::{Target, definitions, endpoint};
use serde_json::{Map, Value, json};

use super::{Generated, HEADER, suffix};
use crate::run::Outcome;

const PUBLISHED: &str = include_str!("seed-openapi.yaml");
/// What is known about answers beyond the published document.
const ANSWERS: &str = include_str!("answers-openapi.yaml");
const REQUEST: &str = "SeedanceGenerationRequest";
pub fn generate() -> Outcome<Vec<Generated>> {
    let documents = Edition::ALL.into_iter().map(|edition| {
        let path = format!("pkg/openapi{}.json", suffix(edition));
        Ok(Generated { path, text: format!("{:#}\n", document(edition)?) })
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
    let published = schemas.remove(REQUEST).context("the published document has no request")?;
    let mut request = endpoint(edition, Target::OpenApi31);
    // The published properties keep their prose and types, and gain the table's limits that hold for all routes.
    let own = request.get_mut("properties").context("the endpoint's schema has no properties")?;
    let mut properties = json!(published.get("properties"));
    json_patch::merge(&mut properties, own);
    *own = properties;
    schemas.insert(REQUEST.into(), request);
    schemas.extend(definitions(edition));
    json_patch::merge(&mut document, &serde_yaml_ng::from_str(ANSWERS)?);
    Ok(document)
}

/// Applies what newer docs say differently: hosts, routes, fields and the cost in answers. The limits in the published prose are
/// July's; those of this edition are in its schemas.
fn renew(document: &mut Value, edition: Edition) -> Outcome {
    let servers = document.pointer_mut("/servers").and_then(Value::as_array_mut);
    let servers = servers.context("the published document has no servers")?;
    servers.push(
        json!({ "url": "https://api.viraltok.ai", "description": "As the newer pages name it" }),
    );
    let operation = object_in(document, "/paths/~1api~1open-api~1v1~1seedance~1videos/post")?;
    let routes = edition.routes().iter().map(|route| route.title.en).join(", ");
    let description = format!(
        "Create a Seedance 2.0 video task. Routes: {routes}. Poll GET /api/open-api/v1/videos/{{taskId}} for results."
    );
    operation.insert("description".into(), description.into());
    let request = object_in(document, &format!("/components/schemas/{REQUEST}"))?;
    let fields = edition.fields().iter().map(|info| {
        let (kind, title) = (info.kind, info.title.en);
        let property = match kind {
            FieldKind::Array => {
                json!({ "type": kind, "items": { "type": "string" }, "description": title })
            }
            _ => json!({ "type": kind, "description": title }),
        };
        (info.name.to_owned(), property)
    });
    request.insert("properties".into(), Value::Object(fields.collect()));
    let data = "/components/schemas/VideoGenerationResponse/properties/data/properties";
    let data = object_in(document, data)?;
    let cost = "What the task costs, in JimiCoin, by the account's own price";
    data.insert(
        "cost".into(),
        json!({ "type": "number", "format": "double", "description": cost }),
    );
    Ok(())
}

/// The object at a JSON Pointer in the published document.
fn object_in<'d>(document: &'d mut Value, pointer: &str) -> Outcome<&'d mut Map<String, Value>> {
    let found = document.pointer_mut(pointer).and_then(Value::as_object_mut);
    found.with_context(|| format!("the published document has no object at {pointer}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_task_costs_is_in_the_answers_of_the_edition_that_says_so() -> Outcome {
        for edition in Edition::ALL {
            let mut document = document(edition)?;
            let data = "/components/schemas/VideoGenerationResponse/properties/data/properties";
            let data = object_in(&mut document, data)?;
            assert_eq!(data.contains_key("cost"), edition != Edition::default(), "{edition}");
        }
        Ok(())
    }
}
