//! JSON Schemas of the request, derived from the rule table: one a model, and one for the endpoint.
//!
//! Whatever the core accepts is, as it would be submitted, accepted by its schemas. What a schema cannot say (duplicate members of
//! the text, media facts, the finer points of URLs) is named by rule in `x-not-expressed`; `x-rules` names the rules that a part stands for.
#![no_std]
#![expect(
    clippy::indexing_slicing,
    reason = "what is indexed by name is an object that was made just before"
)]
extern crate alloc;

mod pattern;
mod request;

pub use request::ratio_words;

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::str::FromStr;

use seedance_core::Edition;
use seedance_core::table::{Model, Route};
use serde_json::{Map, Value, json};

/// The dialect that a schema is written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Target {
    /// JSON Schema draft-07.
    Draft07,
    /// JSON Schema 2020-12.
    #[default]
    Draft202012,
    /// Inside an OpenAPI 3.1 document, whose schemas are 2020-12 and stand under `components`.
    OpenApi31,
}

/// Why there is no such schema.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SchemaError {
    /// No such dialect.
    #[error(
        "there is no schema for the target `{0}`; the targets are `draft-2020-12` and `draft-07`"
    )]
    UnknownTarget(String),
    /// No such model.
    #[error("there is no schema for the model `{0}`; `routes()` lists the models")]
    UnknownModel(String),
}

impl FromStr for Target {
    type Err = SchemaError;

    fn from_str(name: &str) -> Result<Self, SchemaError> {
        match name {
            "draft-07" => Ok(Self::Draft07),
            "draft-2020-12" => Ok(Self::Draft202012),
            _ => Err(SchemaError::UnknownTarget(name.to_string())),
        }
    }
}

impl Target {
    fn dialect(self) -> &'static str {
        match self {
            Self::Draft07 => "http://json-schema.org/draft-07/schema#",
            Self::Draft202012 | Self::OpenApi31 => "https://json-schema.org/draft/2020-12/schema",
        }
    }

    fn definitions(self) -> &'static str {
        match self {
            Self::Draft07 => "definitions",
            Self::Draft202012 | Self::OpenApi31 => "$defs",
        }
    }

    fn reference(self, name: &str) -> Value {
        match self {
            Self::OpenApi31 => json!({ "$ref": alloc::format!("#/components/schemas/{name}") }),
            _ => json!({ "$ref": alloc::format!("#/{}/{name}", self.definitions()) }),
        }
    }
}

/// The schema of one model's requests, or of the endpoint's, by an edition.
///
/// ```
/// use seedance_core::Edition;
/// use seedance_schema::{Target, json_schema};
/// let schema = json_schema(Edition::default(), Some("seedance2.0-mini"), Target::default())?;
/// assert_eq!(schema["properties"]["duration"]["maximum"], 15);
/// # Ok::<(), seedance_schema::SchemaError>(())
/// ```
///
/// # Errors
/// [`SchemaError::UnknownModel`]
pub fn json_schema(
    edition: Edition,
    model: Option<&str>,
    target: Target,
) -> Result<Value, SchemaError> {
    let mut schema = match model {
        None => {
            let mut schema = endpoint(edition, target);
            let definitions = definitions(edition).into_iter().map(|(name, mut schema)| {
                name_fields(edition, &mut schema);
                (name, schema)
            });
            schema.insert(target.definitions().to_string(), definitions.collect());
            schema
        }
        Some(name) => {
            let (route, model) = edition
                .find_model(name)
                .ok_or_else(|| SchemaError::UnknownModel(name.to_string()))?;
            let mut schema = request::of(edition, route, model);
            schema["title"] = model.title.en.into();
            schema["properties"]["model"] = json!({ "const": model.name });
            name_fields(edition, &mut schema);
            schema.as_object().cloned().unwrap_or_default()
        }
    };
    schema.insert("$schema".to_string(), target.dialect().into());
    schema.insert("x-edition".to_string(), edition.name().into());
    schema.insert(
        "x-not-expressed".to_string(),
        request::NOT_EXPRESSED
            .iter()
            .map(|rule| json!(rule))
            .collect(),
    );
    Ok(Value::Object(schema))
}

/// Gives a schema's fields the names that forms show; generators would make a type of each.
fn name_fields(edition: Edition, schema: &mut Value) {
    for info in edition.fields() {
        schema["properties"][info.field.name()]["title"] = info.title.en.into();
    }
}

/// The endpoint's schema without its definitions: which model follows which of them.
#[must_use]
pub fn endpoint(edition: Edition, target: Target) -> Map<String, Value> {
    let branches = kinds(edition).into_iter().map(|(name, kind)| {
        let models: Vec<_> = kind.iter().map(|(_, model)| model.name).collect();
        json!({
            "if": { "properties": { "model": { "enum": models } }, "required": ["model"] },
            "then": target.reference(&name),
        })
    });
    let models: Vec<_> = edition.models().map(|(_, model)| model.name).collect();
    let mut schema = request::head(edition);
    let mut properties: Map<_, _> = edition
        .fields()
        .iter()
        .map(|info| (info.field.name().to_string(), request::kind(info)))
        .collect();
    properties["model"]["enum"] = models.into();
    properties["model"]["x-rules"] = json!(["unknown-model"]);
    schema.insert("properties".to_string(), Value::Object(properties));
    schema.insert("allOf".to_string(), branches.collect());
    schema
}

/// The schemas that the endpoint's refers to: one for all models that obey the same limits.
#[must_use]
pub fn definitions(edition: Edition) -> Vec<(String, Value)> {
    let schemas = kinds(edition).into_iter().filter_map(|(name, kind)| {
        let (route, model) = kind.first().copied()?;
        let mut schema = request::of(edition, route, model);
        schema["title"] = match kind.as_slice() {
            [_] => model.title.en.into(),
            _ if name.ends_with(VIDEO) => {
                alloc::format!("{} video reference", route.title.en).into()
            }
            _ => route.title.en.into(),
        };
        Some((name, schema))
    });
    schemas.collect()
}

/// How the name ends of those models of a route that take reference videos, where others of it do not.
const VIDEO: &str = "-video";

type Kind = Vec<(&'static Route, &'static Model)>;

/// The models that obey the same limits, under a name: those of a route that take reference videos, and those that do not.
fn kinds(edition: Edition) -> Vec<(String, Kind)> {
    let mut kinds: Vec<(String, Kind)> = Vec::new();
    for (route, model) in edition.models() {
        let split = route
            .models
            .iter()
            .any(|other| other.takes_videos != model.takes_videos);
        let tail = if split && model.takes_videos {
            VIDEO
        } else {
            ""
        };
        let name = alloc::format!("{}{tail}", route.id.name());
        match kinds.iter_mut().find(|(known, _)| *known == name) {
            Some((_, kind)) => kind.push((route, model)),
            None => kinds.push((name, alloc::vec![(route, model)])),
        }
    }
    kinds
}
