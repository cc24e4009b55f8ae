//! `pkg/index.d.ts`: what the package takes and gives. What the table decides (models, routes, requests, rules and their
//! parameters) is written from it; the contract's shapes stand in `contract.d.ts`.

use std::fmt::Write;
use std::fs;

use itertools::Itertools;
use seedance_core::table::{Alone, Field, Model, ParamKind, Route, SCHEMA_RESOLUTIONS};
use seedance_core::{Edition, RuleId};
use serde::Serialize;

use super::{Generated, HEADER};
use crate::run::{Outcome, root};

const REQUEST_FOR: &str = "\
/** A request for one model, or for one of several. */
export type RequestFor<M extends Model> = M extends Model ? OfModel<SeedanceRequest, M> : never
type OfModel<Request, M> = Request extends { model: infer N } ? ([M] extends [N] ? Request & { model: M } : never) : never

";

const CONTRACT: &str = include_str!("contract.d.ts");

pub fn generate() -> Outcome<Vec<Generated>> {
    let (models, requests, draft, rules) = (models()?, requests()?, draft(), rules()?);
    let text = format!("// {HEADER}\n\n{CONTRACT}{models}{requests}{REQUEST_FOR}{draft}{rules}");
    // TypeScript takes a file's kind from its name, and programs that `require` want the other one.
    let ledger = fs::read_to_string(root().join("pkg/ledger.d.ts"))?;
    let ledger = ledger.replace("./index.js", "./index.cjs");
    let files =
        [("pkg/index.d.cts", text.clone()), ("pkg/index.d.ts", text), ("pkg/ledger.d.cts", ledger)];
    Ok(files.map(|(path, text)| Generated { path: path.into(), text }).into())
}

fn models() -> Outcome<String> {
    let editions = Edition::ALL.map(|edition| {
        let names = edition.models().map(|(_, model)| model.name);
        format!("  '{edition}': {}\n", union(names))
    });
    let all = Edition::ALL.into_iter();
    let routes = || all.clone().flat_map(Edition::routes);
    let models_of = routes().unique_by(|route| route.id.name()).map(|route| {
        let (title, name) = (route.title.en, route.id.name());
        let same = routes().filter(|other| other.id == route.id);
        let names = same.flat_map(|it| it.models).map(|model| model.name);
        format!("  /** {title} */\n  {}: {}\n", property(name), union(names.unique()))
    });
    let sources = all.clone().flat_map(Edition::sources).map(|it| name_of(&it.source));
    let conflicts = all.clone().flat_map(Edition::conflicts).map(|it| name_of(&it.conflict));
    Ok(format!(
        "/** The editions of the rule table, and the models that each has. */
export interface ModelsIn {{
{}}}

/** An edition of the rule table. */
export type Edition = keyof ModelsIn

/** Every `model` that the endpoint takes by any edition. */
export type Model = ModelsIn[Edition]

/** The gateway's routes. */
export type RouteId = {}

/** The models of each route. */
export interface ModelsOf {{
{}}}

/** The pages and standards that rules rest on. */
export type SourceId = {}

/** Where pages disagree. */
export type ConflictId = {}

",
        editions.concat(),
        union(routes().map(|route| route.id.name()).unique()),
        models_of.format(""),
        union(sources.collect::<Outcome<Vec<_>>>()?.into_iter().unique()),
        union(conflicts.collect::<Outcome<Vec<_>>>()?.into_iter().unique()),
    ))
}

fn requests() -> Outcome<String> {
    let words = Edition::ALL.into_iter().flat_map(Edition::ratio_words);
    let mut text = format!(
        "/** A ratio that a route's open list does not name. */\nexport type AnyRatio = {} | (`${{number}}:${{number}}` & {{}})\n\n",
        union(words.unique())
    );
    // What is the same in two editions stands once.
    let mut written: Vec<(String, String)> = Vec::new();
    let mut editions = String::new();
    for edition in Edition::ALL {
        let mut names = Vec::new();
        let routes = edition.routes().iter();
        for (route, takes_videos) in routes.cartesian_product([false, true]) {
            let models = route.models.iter().filter(|it| it.takes_videos == takes_videos);
            let models: Vec<_> = models.collect();
            if models.is_empty() {
                continue;
            }
            let members = request(edition, route, &models)?;
            if let Some((name, _)) = written.iter().find(|(_, other)| *other == members) {
                names.push(name.clone());
                continue;
            }
            let tail = match models.len() < route.models.len() && takes_videos {
                true => "Video",
                false => "",
            };
            let mut name = format!("{}{tail}Request", pascal(route.id.name()));
            if edition != Edition::default() {
                write!(name, "_{}", edition.name().replace('-', "_"))?;
            }
            let title = route.title.en;
            write!(text, "/** {title}. */\nexport interface {name} {{\n{members}}}\n\n")?;
            names.push(name.clone());
            written.push((name, members));
        }
        writeln!(editions, "  '{edition}':\n    | {}", names.join("\n    | "))?;
    }
    text.push_str(&format!(
        "/** The requests that each edition has. */
export interface RequestsIn {{
{editions}}}

/** A request, told apart by `model`. What the type cannot say, `check` does. */
export type SeedanceRequest<E extends Edition = Edition> = RequestsIn[E]

"
    ));
    Ok(text)
}

/// A request in the making, of which nothing is required: what editors complete where anything may be given.
fn draft() -> String {
    let fields = Edition::ALL.into_iter().flat_map(Edition::fields);
    let fields = fields.unique_by(|info| info.name).map(|info| {
        let kind = match (info.field, info.kind) {
            (Field::Model, _) => "Model | (string & {})".into(),
            (Field::Ratio, _) => "AnyRatio | (string & {})".into(),
            (_, "integer") => "number".into(),
            (_, "boolean") => "boolean".into(),
            (_, "array") => "readonly string[]".into(),
            _ if info.choices.is_empty() => "string".into(),
            _ => format!("{} | (string & {{}})", union(info.choices)),
        };
        format!("  /** {}. */\n  {}?: {kind} | undefined\n", info.title.en, info.name)
    });
    format!(
        "/** A request in the making; its fields may still hold anything of their type. */\nexport interface SeedanceDraft {{\n{}}}\n\n",
        fields.format("")
    )
}

/// The members of a request.
fn request(edition: Edition, route: &Route, models: &[&Model]) -> Outcome<String> {
    let mut members = String::new();
    let extras = route.extras.value.fields;
    let foreign = |field: &Field| {
        let mut others = edition.routes().iter();
        !extras.contains(field) && others.any(|other| other.extras.value.fields.contains(field))
    };
    for info in edition.fields().iter().filter(|it| !foreign(&it.field)) {
        let (kind, about) = field(route, models, info.field);
        let may_lack = info.field == Field::Duration && route.duration.value.optional;
        let (optional, absent) = match info.required && !may_lack {
            true => ("", ""),
            false => ("?", " | undefined"),
        };
        writeln!(
            members,
            "  /** {}{about}. */\n  {}{optional}: {kind}{absent}",
            info.title.en,
            info.field.name()
        )?;
    }
    Ok(members)
}

/// A field's type, and what the type cannot say.
fn field(route: &Route, models: &[&Model], field: Field) -> (String, String) {
    let at_most = |max: Option<u32>, what: &str| {
        max.map_or(String::new(), |max| format!(", at most {max} {what}"))
    };
    match field {
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
            let what = match images.counts_frames {
                true => "together with the frames",
                false => "items",
            };
            (
                "readonly string[]".into(),
                format!("{}; never together with frames", at_most(images.max, what)),
            )
        }
        Field::FirstImage | Field::LastImage if route.frames.value.alone == Alone::NotTaken => {
            ("never".into(), ": not taken".into())
        }
        Field::ReferenceMode => (union(route.extras.value.reference_modes.iter()), String::new()),
        Field::ReferenceVideos | Field::Videos
            if models.iter().all(|model| !model.takes_videos) =>
        {
            ("never".into(), ": not taken".into())
        }
        Field::ReferenceVideos | Field::Videos => {
            ("readonly string[]".into(), at_most(route.videos.value.max, "items"))
        }
        Field::ReferenceAudios | Field::Audios if !route.audios.value.taken => {
            ("never".into(), ": not taken".into())
        }
        Field::ReferenceAudios | Field::Audios => {
            ("readonly string[]".into(), at_most(route.audios.value.max, "items"))
        }
        _ if !field.info().choices.is_empty() => {
            (union(field.info().choices.iter()), String::new())
        }
        _ if field.info().kind == "boolean" => ("boolean".into(), String::new()),
        _ => ("string".into(), String::new()),
    }
}

fn rules() -> Outcome<String> {
    let (mut all, mut severities) = (String::new(), String::new());
    for rule in RuleId::ALL {
        // As the oldest edition that has it says it.
        let oldest = Edition::ALL.into_iter().find_map(|edition| edition.rule(rule));
        let Some(rule) = oldest else { continue };
        let (name, severity) = (property(&name_of(&rule.id)?), name_of(&rule.severity)?);
        let mut params = rule.params.iter().map(|param| {
            let optional = if param.optional { "?" } else { "" };
            format!("{}{optional}: {}", property(param.name), kind(param.kind))
        });
        // `{}` alone would be the type of anything.
        let params = match params.join("; ") {
            none if none.is_empty() => "Record<string, never>".to_owned(),
            some => format!("{{ {some} }}"),
        };
        writeln!(all, "  /** {severity}: {}. */\n  {name}: {params}", rule.fires().en)?;
        writeln!(severities, "  {name}: '{severity}'")?;
    }
    Ok(format!(
        "/** The values that each rule's message speaks of. */
export interface RuleParams {{
{all}}}

/** Whether each rule stops a request. */
export interface RuleSeverities {{
{severities}}}

/** A rule's id: stable, never reworded. */
export type RuleId = keyof RuleParams
"
    ))
}

fn kind(kind: ParamKind) -> &'static str {
    match kind {
        ParamKind::Integer | ParamKind::Number => "number",
        ParamKind::List => "string[]",
        ParamKind::Text => "string",
    }
}

/// How a value of the table is spelt in answers.
fn name_of<T: Serialize>(value: &T) -> Outcome<String> {
    let value = serde_json::to_value(value)?;
    Ok(value.as_str().unwrap_or_default().to_owned())
}

fn union<T: AsRef<str>>(words: impl IntoIterator<Item = T>) -> String {
    let mut words = words.into_iter().map(|word| format!("'{}'", word.as_ref()));
    words.join(" | ")
}

fn property(name: &str) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    match name.chars().all(is_plain) {
        true => name.into(),
        false => format!("'{name}'"),
    }
}

fn pascal(name: &str) -> String {
    let words = name.split('-').map(|word| {
        let (first, rest) = word.split_at(1);
        format!("{}{rest}", first.to_ascii_uppercase())
    });
    let name: String = words.collect();
    match name.starts_with(|first: char| first.is_ascii_digit()) {
        // No name of a type begins with a digit.
        true => format!("Route{name}"),
        false => name,
    }
}
