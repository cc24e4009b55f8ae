//! JSON Schemas of the request, derived from the rule table: one for each model, and one for the endpoint.
//!
//! Whatever a schema refuses the core refuses too, except for blank optional fields, of which it only warns. `x-not-expressed`
//! names the rules that a schema cannot express (on duplicate members of the text, media facts, the finer points of URLs);
//! `x-rules` names the rules that a part of a schema expresses.
#![expect(
    clippy::indexing_slicing,
    reason = "what is indexed by name is an object that was made just before"
)]

mod pattern;
mod request;

pub use request::{needs_field, takes_field};
use seedance_core::table::{Model, Row};
use seedance_core::{Edition, RuleId};
use serde_json::{Value, json};

/// What a schema says about itself.
const COMMENT: &str = "the rules only warn of a blank optional field, which this schema refuses: leave it out; \
                       `x-not-expressed` names the rules that no schema can express";

/// The dialect that a schema is written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Target {
    /// JSON Schema draft-07.
    Draft07,
    /// JSON Schema 2020-12.
    #[default]
    Draft202012,
    /// Inside an OpenAPI 3.1 document, whose schemas are 2020-12 and are found under `components`.
    OpenApi31,
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
            Self::OpenApi31 => json!({ "$ref": format!("#/components/schemas/{name}") }),
            _ => json!({ "$ref": format!("#/{}/{name}", self.definitions()) }),
        }
    }
}

/// The schema of one model's requests, or of the endpoint's; `None` where the edition has no such model.
///
/// ```
/// use seedance_schema::{Target, json_schema};
/// use seedance_core::Edition;
/// let schema = json_schema(Edition::LATEST, Some("seedance2.0-mini"), Target::default()).unwrap();
/// assert_eq!(schema["properties"]["duration"]["maximum"], 15);
/// assert_eq!(json_schema(Edition::LATEST, Some("seedance"), Target::default()), None);
/// ```
#[must_use]
pub fn json_schema(edition: Edition, model: Option<&str>, target: Target) -> Option<Value> {
    let mut schema = match model {
        None => {
            let mut schema = endpoint(edition, target);
            let definitions = definitions(edition).into_iter().map(|(name, mut definition)| {
                name_fields(edition, &mut definition);
                (name, definition)
            });
            schema[target.definitions()] = Value::Object(definitions.collect());
            schema
        }
        Some(name) => {
            let (route, model) = edition.find_model(name)?;
            let mut schema = request::of(edition, route, model);
            schema["title"] = model.title.en.into();
            schema["properties"]["model"] = match model.aliases {
                [] => json!({ "const": model.name }),
                aliases => json!({ "enum": names(model, aliases) }),
            };
            name_fields(edition, &mut schema);
            schema
        }
    };
    schema["$schema"] = target.dialect().into();
    schema["$comment"] = COMMENT.into();
    schema["x-edition"] = edition.name().into();
    schema["x-not-expressed"] = json!(known(edition, request::NOT_EXPRESSED));
    Some(schema)
}

/// Those of the given rules that an edition has.
fn known(edition: Edition, rules: &[RuleId]) -> Vec<RuleId> {
    let rules = rules.iter().copied();
    rules.filter(|rule| edition.rule(*rule).is_some()).collect()
}

/// Gives a schema's fields the titles that forms show. OpenAPI schemas have none: generators would make a type of each title.
fn name_fields(edition: Edition, schema: &mut Value) {
    for info in edition.fields() {
        schema["properties"][info.field.name()]["title"] = info.title.en.into();
    }
}

/// The name of a model and its aliases.
fn names<'a>(model: &'a Model, aliases: &'a [&str]) -> Vec<&'a str> {
    std::iter::once(model.name).chain(aliases.iter().copied()).collect()
}

/// The endpoint's schema without its definitions: it says which model follows which definition.
#[must_use]
pub fn endpoint(edition: Edition, target: Target) -> Value {
    let all_names = |kind: &[Row]| -> Vec<&'static str> {
        let models = kind.iter().map(|(_, model)| model);
        models.flat_map(|model| names(model, model.aliases)).collect()
    };
    let branches = kinds(edition).into_iter().map(|kind| {
        json!({
            "if": { "properties": { "model": { "enum": all_names(&kind.models) } }, "required": ["model"] },
            "then": target.reference(&kind.name),
        })
    });
    let models: Vec<Row> = edition.models().collect();
    let mut schema = request::head(request::required(edition, edition.routes()));
    let fields = edition.fields().iter();
    schema["properties"] = fields.map(|info| (info.name, request::kind(info))).collect();
    let of_model = known(edition, &[RuleId::UnknownModel, RuleId::WrongEndpoint]);
    schema["properties"]["model"]["enum"] = all_names(&models).into();
    schema["properties"]["model"]["x-rules"] = json!(of_model);
    schema["allOf"] = branches.collect();
    schema
}

/// The definitions that the endpoint's schema refers to: one for each group of models that obey the same limits.
#[must_use]
pub fn definitions(edition: Edition) -> Vec<(String, Value)> {
    let mut kinds = kinds(edition);
    for kind in &mut kinds {
        kind.schema["title"] = kind.title().into();
    }
    kinds.into_iter().map(|kind| (kind.name, kind.schema)).collect()
}

/// A group of models that obey the same limits.
struct Kind {
    name: String,
    models: Vec<Row>,
    schema: Value,
}

impl Kind {
    /// A title that no other kind has.
    fn title(&self) -> String {
        match self.models.as_slice() {
            [(route, _), _, ..] if self.name == route.id.name() => route.title.en.to_owned(),
            [(route, _), _, ..] if self.name.strip_suffix(VIDEO) == Some(route.id.name()) => {
                format!("{} video reference", route.title.en)
            }
            [(_, model), ..] => model.title.en.to_owned(),
            [] => String::new(),
        }
    }
}

/// The ending of the name of a kind that takes reference videos, if other models of its route do not.
const VIDEO: &str = "-video";

/// Every kind, named after its route; with the ending [`VIDEO`] if the kind takes reference videos and other models of the route
/// do not. If that name is taken, the kind has its first model's name, without dots, which code generators take for those of modules.
fn kinds(edition: Edition) -> Vec<Kind> {
    let mut kinds: Vec<Kind> = Vec::new();
    for (route, model) in edition.models() {
        let schema = request::of(edition, route, model);
        if let Some(kind) = kinds.iter_mut().find(|kind| kind.schema == schema) {
            kind.models.push((route, model));
            continue;
        }
        let mut others = route.models.iter();
        let mut name = route.id.name().to_owned();
        if model.takes_videos && others.any(|other| !other.takes_videos) {
            name.push_str(VIDEO);
        }
        if kinds.iter().any(|kind| kind.name == name) {
            name = model.name.replace('.', "-");
        }
        let models = vec![(route, model)];
        kinds.push(Kind { name, models, schema });
    }
    kinds
}
