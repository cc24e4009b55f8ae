//! `pkg/index.d.ts`: what the package takes and gives. What the table decides (models, routes, requests, rules and their
//! parameters) is written from it; the contract's shapes stand in `contract.d.ts`.

use seedance_core::Edition;
use std::fmt::Write;

use seedance_core::table::{Field, Model, ParamKind, Route, Rule, SCHEMA_RESOLUTIONS};
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
    let mut text = format!(
        "// {HEADER}\n// Edition {} of the rule table.\n\n",
        Edition::default()
    );
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
    let all = Edition::default()
        .routes()
        .iter()
        .flat_map(|route| route.models.iter().map(|model| model.name));
    writeln!(
        text,
        "/** Every `model` that the endpoint takes. */\nexport type Model = {}\n",
        union(all)
    )?;
    writeln!(
        text,
        "/** The gateway's routes. */\nexport type RouteId = {}\n",
        union(
            Edition::default()
                .routes()
                .iter()
                .map(|route| route.id.name())
        )
    )?;
    writeln!(
        text,
        "/** The models of each route. */\nexport interface ModelsOf {{"
    )?;
    for route in Edition::default().routes() {
        writeln!(text, "  /** {} */", route.title.en)?;
        writeln!(
            text,
            "  {}: {}",
            property(route.id.name()),
            union(route.models.iter().map(|model| model.name))
        )?;
    }
    writeln!(text, "}}\n")?;
    let sources = Edition::default()
        .sources()
        .map(|source| name_of(&source.source))
        .collect::<Outcome<Vec<_>>>()?;
    writeln!(
        text,
        "/** The pages and standards that rules rest on. */\nexport type SourceId = {}\n",
        union(sources.iter())
    )?;
    let conflicts = Edition::default()
        .conflicts()
        .iter()
        .map(|conflict| name_of(&conflict.conflict))
        .collect::<Outcome<Vec<_>>>()?;
    Ok(writeln!(
        text,
        "/** Where pages disagree. */\nexport type ConflictId = {}\n",
        union(conflicts.iter())
    )?)
}

fn requests(text: &mut String) -> Outcome {
    writeln!(
        text,
        "/** A ratio that a route's open list does not name. */\nexport type AnyRatio = {} | (`${{number}}:${{number}}` & {{}})\n",
        union(Edition::default().ratio_words().iter().copied())
    )?;
    let mut names = Vec::new();
    for route in Edition::default().routes() {
        for takes_videos in [false, true] {
            let models: Vec<_> = route
                .models
                .iter()
                .filter(|model| model.takes_videos == takes_videos)
                .collect();
            if models.is_empty() {
                continue;
            }
            let tail = if models.len() < route.models.len() && takes_videos {
                "Video"
            } else {
                ""
            };
            let name = format!("{}{tail}Request", pascal(route.id.name()));
            request(text, &name, route, &models)?;
            names.push(name);
        }
    }
    writeln!(
        text,
        "/** A request, told apart by `model`. What the type cannot say, `check` does. */"
    )?;
    writeln!(
        text,
        "export type SeedanceRequest =\n  | {}\n",
        names.join("\n  | ")
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
    for info in Edition::default().fields() {
        let kind = match (info.field, info.kind) {
            (Field::Model, _) => "Model | (string & {})".into(),
            (Field::Ratio, _) => "AnyRatio | (string & {})".into(),
            (_, "integer") => "number".into(),
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

fn request(text: &mut String, name: &str, route: &Route, models: &[&Model]) -> Outcome {
    writeln!(
        text,
        "/** {}. */\nexport interface {name} {{",
        route.title.en
    )?;
    for info in Edition::default().fields() {
        let (kind, about) = field(route, models, info.field);
        let member = if info.required {
            format!("{}: {kind}", info.field.name())
        } else {
            format!("{}?: {kind} | undefined", info.field.name())
        };
        writeln!(text, "  /** {}{about}. */\n  {member}", info.title.en)?;
    }
    Ok(writeln!(text, "}}\n")?)
}

/// A field's type, and what the type cannot say.
fn field(route: &Route, models: &[&Model], field: Field) -> (String, String) {
    let at_most = |max: Option<u32>, what: &str| {
        max.map_or(String::new(), |max| format!(", at most {max} {what}"))
    };
    match field {
        Field::Model => (union(models.iter().map(|model| model.name)), String::new()),
        Field::Prompt => (
            "string".into(),
            at_most(route.prompt.value.max, "characters"),
        ),
        Field::Duration => {
            let seconds = &route.duration.value;
            (
                "number".into(),
                format!(", {}–{} whole seconds", seconds.min, seconds.max),
            )
        }
        Field::Resolution => {
            let resolution = &route.resolution.value;
            let offered = if resolution.is_fixed() {
                SCHEMA_RESOLUTIONS
            } else {
                resolution.offered
            };
            let about = match resolution.default {
                None => ", ignored: the model decides".into(),
                Some(default) => format!(", {default} when absent"),
            };
            (union(offered.iter()), about)
        }
        Field::Ratio => {
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
        Field::Images => {
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
        Field::ReferenceVideos if models.iter().all(|model| !model.takes_videos) => {
            ("never".into(), ": not taken".into())
        }
        Field::ReferenceVideos => (
            "readonly string[]".into(),
            at_most(route.videos.value.max, "items"),
        ),
        Field::ReferenceAudios if !route.audios.value.taken => {
            ("never".into(), ": not taken".into())
        }
        Field::ReferenceAudios => (
            "readonly string[]".into(),
            at_most(route.audios.value.max, "items"),
        ),
        _ if !field.info().choices.is_empty() => {
            (union(field.info().choices.iter()), String::new())
        }
        _ => ("string".into(), String::new()),
    }
}

fn rules(text: &mut String) -> Outcome {
    writeln!(
        text,
        "/** The values that each rule's message speaks of. */\nexport interface RuleParams {{"
    )?;
    for rule in Edition::default().rules() {
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
    for rule in Edition::default().rules() {
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
    words.collect()
}
