//! The second model against every case: its answers must be those that were worked out by hand.

use std::collections::BTreeSet;

use seedance_core::Edition;
use seedance_tests::cases::{Case, all, every_case};
use seedance_tests::core_side::page;
use seedance_tests::oracle::json::{Json, parse};
use seedance_tests::oracle::rules::{Ask, RULES};
use seedance_tests::oracle::table::{models, route_of};
use seedance_tests::oracle::{Body, Refused, answer};
use serde_json::{Value, json};

#[test]
fn the_oracle_agrees_with_every_case() {
    every_case(compare);
}

#[test]
fn case_names_are_unique_in_their_file() {
    let mut names: Vec<String> = all().into_iter().map(|(place, _)| place).collect();
    names.sort();
    let before = names.len();
    names.dedup();
    assert_eq!(names.len(), before);
}

/// Rules that apply to one model only.
const ONE_MODEL: [&str; 5] = [
    "frames-not-supported",
    "image-expected",
    "videos-contested",
    "image-in-videos",
    "audios-too-long",
];

#[test]
fn every_rule_has_failing_and_passing_cases() {
    let cases = all();
    for &(rule, _, ask) in RULES {
        let of_model = !matches!(ask, Ask::Body(_)) && !ONE_MODEL.contains(&rule);
        let least = if of_model { 2 } else { 1 };
        let breaks = |case: &Case| case.findings.iter().any(|finding| finding.rule == rule);
        let failing: Vec<&Case> =
            cases.iter().map(|(_, case)| case).filter(|case| breaks(case)).collect();
        assert!(failing.len() >= 2, "{rule}: {} failing cases", failing.len());
        assert!(
            distinct(failing.iter().filter_map(|case| model(case))) >= least || !of_model,
            "{rule}: failing cases of one model only"
        );
        let passing = cases
            .iter()
            .map(|(_, case)| case)
            .filter(|case| case.normalised.is_some() && !breaks(case));
        let routes = passing
            .filter_map(|case| model(case).and_then(|model| route_of(page(case.edition), &model)));
        assert!(distinct(routes) >= 2, "{rule}: passing cases of one route only");
    }
}

#[test]
fn every_model_is_accepted_somewhere() {
    let cases = all();
    for edition in Edition::ALL {
        let accepted: BTreeSet<String> = cases
            .iter()
            .filter(|(_, case)| case.edition == edition && case.normalised.is_some())
            .filter_map(|(_, case)| model(case))
            .collect();
        for (name, _) in models(page(edition)) {
            assert!(accepted.contains(name), "{name} is never accepted in {}", edition.name());
        }
    }
}

fn model(case: &Case) -> Option<String> {
    let body: Value = serde_json::from_str(case.wire()).ok()?;
    body.get("model")?.as_str().map(str::to_owned)
}

fn distinct<T: Ord>(items: impl Iterator<Item = T>) -> usize {
    items.collect::<BTreeSet<T>>().len()
}

fn compare(case: &Case) -> Result<(), String> {
    let media = case.media.as_ref().map(Json::from);
    let prices = case.prices.as_ref().map(Json::from);
    let answer = match (
        answer(
            page(case.edition),
            Body::Text(case.wire().as_bytes()),
            media.as_ref(),
            prices.as_ref(),
        ),
        case.error.as_deref(),
    ) {
        (Err(Refused::Media(_)), Some("media")) | (Err(Refused::Prices(_)), Some("prices")) => {
            return Ok(());
        }
        (Err(refused), _) => return Err(format!("  refused: {refused:?}")),
        (Ok(_), Some(error)) => return Err(format!("  not refused: {error}")),
        (Ok(answer), None) => answer,
    };
    let expected: Vec<Value> = case
        .findings
        .iter()
        .map(|f| json!({ "rule": f.rule, "severity": f.severity, "path": f.path }))
        .collect();
    let found: Vec<Value> =
        answer.report.findings.iter().map(seedance_tests::oracle::quote::reduced).collect();
    same("findings", &json!(expected), &json!(found))?;
    same("normalised", &json!(case.normalised), &to_value(answer.report.normalised.as_ref()))?;
    if let Some(quote) = &case.quote {
        same("quote", quote, &json!(answer.quote))?;
    }
    Ok(())
}

fn same(what: &str, expected: &Value, found: &Value) -> Result<(), String> {
    if sorted(expected) == sorted(found) {
        Ok(())
    } else {
        Err(format!("  {what}\n    case   {expected}\n    oracle {found}"))
    }
}

/// Sorts the members of all objects. Numbers are then compared as binary64.
fn sorted(value: &Value) -> Json {
    fn sort(json: Json) -> Json {
        match json {
            Json::Object(mut members) => {
                members.sort_by(|(a, _), (b, _)| a.cmp(b));
                Json::Object(members.into_iter().map(|(name, value)| (name, sort(value))).collect())
            }
            Json::Array(items) => Json::Array(items.into_iter().map(sort).collect()),
            other => other,
        }
    }
    sort(Json::from(value))
}

fn to_value(json: Option<&Json>) -> Value {
    match json {
        None | Some(Json::Null) => Value::Null,
        Some(Json::Bool(b)) => json!(b),
        Some(Json::Number(spelt)) => serde_json::from_str(spelt).unwrap_or(Value::Null),
        Some(Json::String(text)) => json!(text),
        Some(Json::Array(items)) => items.iter().map(|item| to_value(Some(item))).collect(),
        Some(Json::Object(members)) => Value::Object(
            members.iter().map(|(name, value)| (name.clone(), to_value(Some(value)))).collect(),
        ),
    }
}

#[test]
fn the_oracles_reader_knows_json() {
    for text in [
        "",
        " ",
        "\u{feff}{}",
        "{} {}",
        "{\"a\":1,}",
        "[1,]",
        "01",
        "+1",
        ".5",
        "1.",
        "1e",
        "-",
        "nul",
        "\"\\x\"",
        "\"\\ud800\"",
        "\"\\udc00\\ud800\"",
        "\"a\nb\"",
        "{\"a\"}",
        "1e400",
        "NaN",
        "[",
        "\"\\u12g4\"",
        "{} \0",
    ] {
        assert!(parse(text.as_bytes()).is_err(), "{text:?}");
    }
    assert!(parse(&[b'"', 0xff, b'"']).is_err());
    for text in
        ["{}", " \t\r\n1 ", "-0.5e+10", "\"\\ud83d\\ude00\"", "[[],{}]", "1e-400", "\"\\u0000\""]
    {
        assert!(parse(text.as_bytes()).is_ok(), "{text:?}");
    }
    let nested = |levels: usize| "[".repeat(levels) + &"]".repeat(levels);
    assert!(parse(nested(127).as_bytes()).is_ok());
    assert!(parse(nested(128).as_bytes()).is_err());
}
