//! A request that breaks each rule, taken from the case files, so that the documents show what the tests run.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use anyhow::Context;
use itertools::Itertools;
use seedance_core::{Edition, Facts, Job, Lang};
use serde_json::{Value, json};

use crate::cases;
use crate::run::Outcome;

/// Orders cases by how well they serve as examples: few findings, no media, a request rather than raw text, not tiny, many fixes,
/// short. The text itself comes last, so that the choice does not depend on file names.
type Rank = (usize, bool, bool, bool, Reverse<usize>, usize, String);

/// The best example of every rule of an edition, by rule id. Where the edition has no case, it is one of the default edition's.
pub fn from_cases(edition: Edition, lang: Lang) -> Outcome<BTreeMap<&'static str, Value>> {
    let own = cases::of(edition)?;
    let others = cases::of(Edition::default())?;
    let mut chosen = BTreeMap::new();
    for rule in edition.rules() {
        let name = rule.id.name();
        let shows =
            |case: &&Value| list(case, "findings").iter().any(|finding| finding["rule"] == name);
        let cases = if own.iter().any(|case| shows(&case)) { &own } else { &others };
        let examples = cases.iter().filter(shows).map(|case| example(edition, case, name, lang));
        let examples: Vec<_> = examples.flatten_ok().try_collect()?;
        let best = examples.into_iter().min_by(|(one, _), (other, _)| one.cmp(other));
        let (_, best) = best.with_context(|| format!("no case of tests/cases breaks `{name}`"))?;
        chosen.insert(name, best);
    }
    Ok(chosen)
}

/// A case as a page shows it, with the core's finding for the rule; `None` if a page cannot show it.
fn example(
    edition: Edition,
    case: &Value,
    rule: &str,
    lang: Lang,
) -> Outcome<Option<(Rank, Value)>> {
    let (body, shown) = match (case.get("request"), case.get("text")) {
        (Some(request), _) => (request.to_string(), format!("{:#}", cut(request))),
        (_, Some(Value::String(text))) => (text.clone(), text.clone()),
        _ => return Ok(None),
    };
    // A page could not show long texts, control characters and byte-order marks unchanged.
    let is_shown = |c: char| c == '\n' || !c.is_control() && c != '\u{feff}';
    let is_text = case.get("text").is_some();
    if shown.trim().is_empty() || !shown.chars().all(is_shown) || is_text && shown.len() >= 400 {
        return Ok(None);
    }
    let media = case.get("media").filter(|media| !media.is_null());
    // Where facts are refused, there is nothing to show.
    let Ok(facts) = media.map(Facts::from_value).transpose() else { return Ok(None) };
    let job = Job::new(body.as_bytes()).edition(edition);
    let job = job.with_facts(facts.unwrap_or_default())?;
    let report = serde_json::to_value(job.check(lang))?;
    let said = list(&report, "findings").iter().filter(|finding| finding["rule"] == rule);
    let finding = said.clone().next().with_context(|| {
        format!("the core does not report `{rule}` for the case that says it does: {shown}")
    })?;
    let most_fixes = said.map(|finding| list(finding, "fixes").len()).max().unwrap_or(0);
    let rank = (
        list(case, "findings").len(),
        media.is_some(),
        is_text,
        body.len() < 20,
        Reverse(most_fixes),
        shown.len(),
        body,
    );
    let fixes = list(finding, "fixes").iter().map(|fix| {
        let patch = cut(&fix["patch"]).to_string();
        json!({ "label": fix["label"], "patch": patch })
    });
    let told = json!({
        "shown": shown,
        "media": media.map(Value::to_string),
        "path": finding["path"],
        "message": finding["message"],
        "fixes": fixes.collect::<Vec<_>>(),
    });
    Ok(Some((rank, told)))
}

/// The value with its long strings shortened.
fn cut(value: &Value) -> Value {
    match value {
        Value::String(text) if text.chars().count() > 120 => {
            let head: String = text.chars().take(30).collect();
            Value::String(format!("{head}… ({})", text.chars().count()))
        }
        Value::Array(items) => items.iter().map(cut).collect(),
        Value::Object(members) => {
            Value::Object(members.iter().map(|(name, value)| (name.clone(), cut(value))).collect())
        }
        other => other.clone(),
    }
}

/// The items of a member; none if it is missing or no list.
pub fn list<'v>(of: &'v Value, name: &str) -> &'v [Value] {
    of[name].as_array().map_or(&[], Vec::as_slice)
}
