//! `pkg/index.d.ts`: what the package takes and gives. What the table decides (models, routes, requests, rules and their
//! parameters) is written from it; the contract's shapes stand in `contract.d.ts`.

use std::fmt::Write;

use seedance_core::table::{Alone, Field, Model, ParamKind, Route, Rule, SCHEMA_RESOLUTIONS};
use seedance_core::{Edition, RuleId};
use serde::Serialize;

use super::{Generated, HEADER};
use crate::run::Outcome;

const REQUEST_FOR: &str = "\
/** A request for one model, or for one of several. */
export type RequestFor<M extends Model> = M extends Model ? OfModel<SeedanceRequest, M> : never
type OfModel<Request, M> = Request extends { model: infer N } ? ([M] extends [N] ? Request & { model: M } : never) : never

";

const CONTRACT: &str = include_str!("contract.d.ts");

pub fn generate() -> Outcome<Vec<Generated>> {
    let mut text = format!("// {HEADER}\n\n");
    text.push_str(CONTRACT);
    models(&mut text)?;
    requests(&mut text)?;
    rules(&mut text)?;
    // TypeScript takes a file's kind from its name, and programs that `require` want the other one.
    let paths = ["pkg/index.d.ts", "pkg/index.d.cts"];
    Ok(paths
        .map(|path| Generated {
            path: path.into(),
            text: text.clone(),
        })
        .into())
}

fn models(text: &mut String) -> Outcome {
    writeln!(
        text,
        "/** The editions of the rule table, and the models that each has. */\nexport interface ModelsIn {{"
    )?;
    for edition in Edition::ALL {
        let names = edition.models().map(|(_, model)| model.name);
        writeln!(text, "  '{edition}': {}", union(names))?;
    }
    writeln!(
        text,
        "}}\n\n/** An edition of the rule table. */\nexport type Edition = keyof ModelsIn\n"
    )?;
    writeln!(
        text,
        "/** Every `model` that the endpoint takes by any edition. */\nexport type Model = ModelsIn[Edition]\n"
    )?;
    let routes = distinct(Edition::routes, |route| route.id.name());
    writeln!(
        text,
        "/** The gateway's routes. */\nexport type RouteId = {}\n",
        union(routes.iter().map(|route| route.id.name()))
    )?;
    writeln!(
        text,
        "/** The models of each route. */\nexport interface ModelsOf {{"
    )?;
    for route in routes {
        let same = |other: &&Route| other.id == route.id;
        let models = |edition: Edition| {
            edition
                .routes()
                .iter()
                .filter(same)
                .flat_map(|it| it.models)
        };
        let names = distinct(models, |model| model.name);
        writeln!(
            text,
            "  /** {} */\n  {}: {}",
            route.title.en,
            property(route.id.name()),
            union(names.iter().map(|model| model.name))
        )?;
    }
    writeln!(text, "}}\n")?;
    let sources = distinct(Edition::sources, |source| source.source);
    let sources = sources.iter().map(|source| name_of(&source.source));
    writeln!(
        text,
        "/** The pages and standards that rules rest on. */\nexport type SourceId = {}\n",
        union(sources.collect::<Outcome<Vec<_>>>()?)
    )?;
    let conflicts = distinct(Edition::conflicts, |conflict| conflict.conflict);
    let conflicts = conflicts.iter().map(|conflict| name_of(&conflict.conflict));
    Ok(writeln!(
        text,
        "/** Where pages disagree. */\nexport type ConflictId = {}\n",
        union(conflicts.collect::<Outcome<Vec<_>>>()?)
    )?)
}

/// What the editions have, the oldest first, each of a name once.
fn distinct<T: Copy, N: PartialEq, I: IntoIterator<Item = T>>(
    of: impl Fn(Edition) -> I,
    name: impl Fn(T) -> N,
) -> Vec<T> {
    let mut all: Vec<T> = Vec::new();
    for one in Edition::ALL.into_iter().flat_map(of) {
        if !all.iter().any(|known| name(*known) == name(one)) {
            all.push(one);
        }
    }
    all
}

fn requests(text: &mut String) -> Outcome {
    let words = distinct(|edition| edition.ratio_words().iter().copied(), |word| word);
    writeln!(
        text,
        "/** A ratio that a route's open list does not name. */\nexport type AnyRatio = {} | (`${{number}}:${{number}}` & {{}})\n",
        union(words)
    )?;
    // What is the same in two editions stands once.
    let mut written: Vec<(String, String)> = Vec::new();
    let mut editions = String::new();
    for edition in Edition::ALL {
        let mut names = Vec::new();
        for route in edition.routes() {
            for takes_videos in [false, true] {
                let models: Vec<_> = route
                    .models
                    .iter()
                    .filter(|model| model.takes_videos == takes_videos)
                    .collect();
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
                writeln!(
                    text,
                    "/** {}. */\nexport interface {name} {{\n{members}}}\n",
                    route.title.en
                )?;
                names.push(name.clone());
                written.push((name, members));
            }
        }
        writeln!(editions, "  '{edition}':\n    | {}", names.join("\n    | "))?;
    }
    writeln!(
        text,
        "/** The requests that each edition has. */\nexport interface RequestsIn {{\n{editions}}}\n"
    )?;
    writeln!(
        text,
        "/** A request, told apart by `model`. What the type cannot say, `check` does. */\nexport type SeedanceRequest<E extends Edition = Edition> = RequestsIn[E]\n"
    )?;
    text.push_str(REQUEST_FOR);
    draft(text)
}

/// A request in the making, of which nothing is required: what editors complete where anything may be given.
fn draft(text: &mut String) -> Outcome {
    writeln!(
        text,
        "/** A request in the making; its fields may still hold anything of their type. */\nexport interface SeedanceDraft {{"
    )?;
    for info in distinct(Edition::fields, |info| info.field) {
        let kind = match (info.field, info.kind) {
            (Field::Model, _) => "Model | (string & {})".into(),
            (Field::Ratio, _) => "AnyRatio | (string & {})".into(),
            (_, "integer") => "number".into(),
            (_, "boolean") => "boolean".into(),
            (_, "array") => "readonly string[]".into(),
            _ if info.choices.is_empty() => "string".into(),
            _ => format!("{} | (string & {{}})", union(info.choices.iter())),
        };
        writeln!(
            text,
            "  /** {}. */\n  {}?: {kind} | undefined",
            info.title.en,
            info.field.name()
        )?;
    }
    Ok(writeln!(text, "}}\n")?)
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
        Field::Prompt => (
            "string".into(),
            at_most(route.prompt.value.max, "characters"),
        ),
        Field::Duration => {
            let seconds = &route.duration.value;
            match seconds.choices {
                [] => (
                    "number".into(),
                    format!(", {}–{} whole seconds", seconds.min, seconds.max),
                ),
                choices => {
                    let choices = choices.iter().map(ToString::to_string);
                    (choices.collect::<Vec<_>>().join(" | "), ", seconds".into())
                }
            }
        }
        Field::Resolution => {
            let of_models = models.iter().map(|model| model.resolution(route));
            let mut offered: Vec<&str> = Vec::new();
            let mut about = ", ignored: the model decides".to_owned();
            for resolution in of_models {
                let choices = match resolution.is_fixed() {
                    true => SCHEMA_RESOLUTIONS,
                    false => resolution.offered,
                };
                let new = choices.iter().filter(|choice| !offered.contains(choice));
                offered.extend(new.collect::<Vec<_>>());
                if let Some(default) = resolution.default {
                    about = format!(", {default} when absent");
                }
            }
            (union(offered), about)
        }
        Field::Ratio | Field::AspectRatio => {
            let ratio = &route.ratio.value;
            let listed = union(ratio.list.iter());
            if ratio.closed {
                (listed, String::new())
            } else {
                (
                    format!("{listed} | AnyRatio"),
                    ", others pass with a warning".into(),
                )
            }
        }
        Field::Images | Field::ReferenceImages => {
            let images = &route.images.value;
            let what = if images.counts_frames {
                "together with the frames"
            } else {
                "items"
            };
            (
                "readonly string[]".into(),
                format!("{}; never together with frames", at_most(images.max, what)),
            )
        }
        Field::FirstImage | Field::LastImage if route.frames.value.alone == Alone::NotTaken => {
            ("never".into(), ": not taken".into())
        }
        Field::ReferenceMode => (
            union(route.extras.value.reference_modes.iter()),
            String::new(),
        ),
        Field::ReferenceVideos | Field::Videos
            if models.iter().all(|model| !model.takes_videos) =>
        {
            ("never".into(), ": not taken".into())
        }
        Field::ReferenceVideos | Field::Videos => (
            "readonly string[]".into(),
            at_most(route.videos.value.max, "items"),
        ),
        Field::ReferenceAudios | Field::Audios if !route.audios.value.taken => {
            ("never".into(), ": not taken".into())
        }
        Field::ReferenceAudios | Field::Audios => (
            "readonly string[]".into(),
            at_most(route.audios.value.max, "items"),
        ),
        _ if !field.info().choices.is_empty() => {
            (union(field.info().choices.iter()), String::new())
        }
        _ if field.info().kind == "boolean" => ("boolean".into(), String::new()),
        _ => ("string".into(), String::new()),
    }
}

fn rules(text: &mut String) -> Outcome {
    writeln!(
        text,
        "/** The values that each rule's message speaks of. */\nexport interface RuleParams {{"
    )?;
    for rule in every_rule() {
        writeln!(text, "  /** {}: {}. */", severity(&rule)?, rule.fires().en)?;
        let params = rule.params.iter().map(|param| {
            let optional = if param.optional { "?" } else { "" };
            format!("{}{optional}: {}", property(param.name), kind(param.kind))
        });
        // `{}` alone would be the type of anything.
        let params = match params.collect::<Vec<_>>().join("; ") {
            none if none.is_empty() => "Record<string, never>".to_owned(),
            some => format!("{{ {some} }}"),
        };
        writeln!(text, "  {}: {params}", property(&name_of(&rule.id)?))?;
    }
    writeln!(
        text,
        "}}\n\n/** Whether each rule stops a request. */\nexport interface RuleSeverities {{"
    )?;
    for rule in every_rule() {
        writeln!(
            text,
            "  {}: '{}'",
            property(&name_of(&rule.id)?),
            severity(&rule)?
        )?;
    }
    Ok(writeln!(
        text,
        "}}\n\n/** A rule's id: stable, never reworded. */\nexport type RuleId = keyof RuleParams"
    )?)
}

/// Every rule, as the oldest edition that has it says it.
fn every_rule() -> impl Iterator<Item = Rule> {
    let oldest = |id| {
        Edition::ALL
            .into_iter()
            .find_map(|edition| edition.rule(id))
    };
    RuleId::ALL.into_iter().filter_map(oldest)
}

fn severity(rule: &Rule) -> Outcome<String> {
    name_of(&rule.severity)
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
    Ok(serde_json::to_value(value)?
        .as_str()
        .unwrap_or_default()
        .to_owned())
}

fn union<T: AsRef<str>>(words: impl IntoIterator<Item = T>) -> String {
    words
        .into_iter()
        .map(|word| format!("'{}'", word.as_ref()))
        .collect::<Vec<_>>()
        .join(" | ")
}

fn property(name: &str) -> String {
    let plain = name
        .chars()
        .all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    if plain {
        name.into()
    } else {
        format!("'{name}'")
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
