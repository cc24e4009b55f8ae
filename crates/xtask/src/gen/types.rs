//! `pkg/index.d.ts`: the package's types. Those that the table decides (models, routes, requests, rules and their parameters) are
//! rendered from `table.d.ts.jinja`, the others are written by hand in `contract.d.ts`.

use std::fs;

use heck::ToUpperCamelCase;
use itertools::Itertools;
use minijinja::value::Serde;
use seedance_core::table::{Alone, Field, Model, Route, SCHEMA_RESOLUTIONS};
use seedance_core::{Edition, RuleId};
use seedance_schema::{needs_field, takes_field};
use serde_json::{Value, json};

use super::{Generated, HEADER, suffix};
use crate::run::{Outcome, root};
use crate::template::environment;

const CONTRACT: &str = include_str!("contract.d.ts");
const TABLE: &str = include_str!("table.d.ts.jinja");

pub fn generate() -> Outcome<Vec<Generated>> {
    let mut templates = environment()?;
    templates.add_filter("union", |words: Vec<String>| union(words));
    templates.add_filter("property", property);
    templates.add_filter("type_of", type_of);
    let table = templates.render_str(TABLE, Serde(table()))?;
    let text = format!("// {HEADER}\n\n{CONTRACT}{table}");
    // TypeScript tells the kind of a module by the file's name: programs that `require` need `.d.cts`.
    let ledger = fs::read_to_string(root().join("pkg/ledger.d.ts"))?;
    let ledger = ledger.replace("./index.js", "./index.cjs");
    let files =
        [("pkg/index.d.cts", text.clone()), ("pkg/index.d.ts", text), ("pkg/ledger.d.cts", ledger)];
    Ok(files.map(|(path, text)| Generated { path: path.into(), text }).into())
}

/// The template's data. What several editions share is in it once.
fn table() -> Value {
    let all = Edition::ALL.into_iter();
    let models_in = Edition::ALL.map(|edition| {
        let names = edition.models().map(|(_, model)| model.name);
        (edition, names.collect::<Vec<_>>())
    });
    let routes = || all.clone().flat_map(Edition::routes);
    let models_of = routes().unique_by(|route| route.id).map(|route| {
        let same = routes().filter(|other| other.id == route.id);
        let names = same.flat_map(|it| it.models).map(|model| model.name);
        json!({ "id": route.id, "title": route.title, "models": names.unique().collect::<Vec<_>>() })
    });
    let sources = all.clone().flat_map(Edition::sources).map(|it| it.source.id());
    let conflicts = all.clone().flat_map(Edition::conflicts).map(|it| it.conflict.id());
    let fields = all.clone().flat_map(Edition::fields).unique_by(|info| info.name);
    // Each rule as the oldest edition with that rule describes it.
    let rules = RuleId::ALL.into_iter();
    let rules = rules.filter_map(|rule| all.clone().find_map(|edition| edition.rule(rule)));
    let (requests, requests_in) = requests();
    json!({
        "models_in": models_in,
        "routes": models_of.collect::<Vec<_>>(),
        "sources": sources.unique().collect::<Vec<_>>(),
        "conflicts": conflicts.unique().collect::<Vec<_>>(),
        "ratio_words": all.clone().flat_map(Edition::ratio_words).unique().collect::<Vec<_>>(),
        "requests": requests,
        "requests_in": requests_in,
        "fields": fields.collect::<Vec<_>>(),
        "rules": rules.collect::<Vec<_>>(),
    })
}

/// The request types: for each route one for the models that take videos and one for the others. Editions with equal types share
/// them. The second list has the names of each edition's types.
fn requests() -> (Vec<Value>, Vec<Value>) {
    let mut written: Vec<Value> = Vec::new();
    let mut names_in = Vec::new();
    for edition in Edition::ALL {
        let mut names = Vec::new();
        let routes = edition.routes().iter();
        for (route, takes_videos) in routes.cartesian_product([false, true]) {
            let models = route.models.iter().filter(|it| it.takes_videos == takes_videos);
            let models: Vec<_> = models.collect();
            if models.is_empty() {
                continue;
            }
            let members = Value::from(members(edition, route, &models));
            if let Some(same) = written.iter().find(|it| it["members"] == members) {
                names.push(same["name"].clone());
                continue;
            }
            let tail = if takes_videos && models.len() < route.models.len() { "Video" } else { "" };
            let mut name = format!("{}{tail}Request", route.id.name().to_upper_camel_case());
            if name.starts_with(|first: char| first.is_ascii_digit()) {
                // The name of a type cannot begin with a digit.
                name.insert_str(0, "Route");
            }
            name.push_str(&suffix(edition).replace('-', "_"));
            names.push(name.clone().into());
            written.push(json!({ "name": name, "title": route.title, "members": members }));
        }
        names_in.push(json!([edition, names]));
    }
    (written, names_in)
}

/// The members of a request to these models of a route.
fn members(edition: Edition, route: &Route, models: &[&Model]) -> Vec<Value> {
    let own = edition.fields().iter().filter(|info| takes_field(edition, route, info.field));
    let members = own.map(|info| {
        let (kind, about) = field(route, models, info.field);
        json!({
            "field": info.field,
            "title": info.title,
            "about": about,
            "kind": kind,
            "optional": !needs_field(route, info),
        })
    });
    members.collect()
}

/// A field's type, and a text for what the type cannot express.
fn field(route: &Route, models: &[&Model], field: Field) -> (String, String) {
    let at_most = |max: Option<u32>, what: &str| {
        max.map_or(String::new(), |max| format!(", at most {max} {what}"))
    };
    let list = |about: String| ("readonly string[]".to_owned(), about);
    let is_taken = match field {
        Field::FirstImage | Field::LastImage => route.frames.value.alone != Alone::NotTaken,
        Field::ReferenceVideos | Field::Videos => models.iter().any(|it| it.takes_videos),
        Field::ReferenceAudios | Field::Audios => route.audios.value.taken,
        _ => true,
    };
    match field {
        _ if !is_taken => ("never".into(), ": not taken".into()),
        Field::Model => {
            let names = |model: &&Model| [&[model.name][..], model.aliases].concat();
            (union(models.iter().flat_map(names)), String::new())
        }
        Field::Prompt => ("string".into(), at_most(route.prompt.value.max, "characters")),
        Field::Duration => {
            let seconds = &route.duration.value;
            match seconds.choices {
                [] => ("number".into(), format!(", {}–{} whole seconds", seconds.min, seconds.max)),
                choices => (choices.iter().join(" | "), ", seconds".into()),
            }
        }
        Field::Resolution => {
            let of_models = models.iter().map(|model| model.resolution(route));
            let offered = of_models.clone().flat_map(|it| match it.is_fixed() {
                true => SCHEMA_RESOLUTIONS,
                false => it.offered,
            });
            let about = match of_models.filter_map(|it| it.default).next_back() {
                Some(default) => format!(", {default} when absent"),
                None => ", ignored: the model decides".to_owned(),
            };
            (union(offered.unique()), about)
        }
        Field::Ratio | Field::AspectRatio => {
            let ratio = &route.ratio.value;
            let listed = union(ratio.list);
            match ratio.closed {
                true => (listed, String::new()),
                false => (format!("{listed} | AnyRatio"), ", others pass with a warning".into()),
            }
        }
        Field::Images | Field::ReferenceImages => {
            let images = &route.images.value;
            let what = if images.counts_frames { "together with the frames" } else { "items" };
            list(format!("{}; never together with frames", at_most(images.max, what)))
        }
        Field::ReferenceMode => (union(route.extras.value.reference_modes.iter()), String::new()),
        Field::ReferenceVideos | Field::Videos => list(at_most(route.videos.value.max, "items")),
        Field::ReferenceAudios | Field::Audios => list(at_most(route.audios.value.max, "items")),
        _ if field.info().choices.is_empty() => (type_of(field.info().kind.name()), String::new()),
        _ => (union(field.info().choices.iter()), String::new()),
    }
}

/// TypeScript's name for a JSON type.
fn type_of(kind: &str) -> String {
    match kind {
        "integer" => "number".into(),
        "array" => "readonly string[]".into(),
        same => same.into(),
    }
}

fn union<T: AsRef<str>>(words: impl IntoIterator<Item = T>) -> String {
    let mut words = words.into_iter().map(|word| format!("'{}'", word.as_ref()));
    words.join(" | ")
}

/// A member's name, in quotes if it has characters other than letters, digits and `_`.
fn property(name: &str) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    if name.chars().all(is_plain) { name.into() } else { format!("'{name}'") }
}
