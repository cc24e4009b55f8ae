//! What holds for every request.

use std::collections::BTreeSet;

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use seedance_core::table::Unit;
use seedance_core::{Body, Edition, Facts, Job, Lang, PriceBook, Quote, Report, Request};
use seedance_tests::core_side::{json, reduced, same};
use seedance_tests::generate::mutate::{MUTATIONS, mutant};
use seedance_tests::generate::{pick, text, valid, wild};
use serde_json::{Map, Value, json};

fn rng(seed: u64) -> fastrand::Rng {
    fastrand::Rng::with_seed(seed)
}

/// One edition for half of the seeds, the other for the rest.
fn edition(seed: u64) -> Edition {
    pick(&mut rng(seed), &Edition::ALL)
}

fn check(edition: Edition, body: &Value) -> Value {
    json(&Job::new(body).edition(edition).check(Lang::En))
}

/// A book with a price for every billing name.
fn book(edition: Edition) -> PriceBook {
    let prices: Map<String, Value> =
        edition.billing_names().map(|name| (name, json!("0.05"))).collect();
    PriceBook::from_value_for(edition, &json!({ "currency": "USD", "prices": prices }))
        .expect("a good book")
}

#[test]
fn one_mutation_gives_exactly_its_rule() {
    for edition in Edition::ALL {
        let broken = break_every_rule(edition);
        let rules = edition.rules().map(|rule| rule.id.name());
        let rest: Vec<&str> = rules.filter(|name| !broken.contains(name)).collect();
        let beyond = BEYOND_ONE_MUTATION.iter().copied();
        let beyond = beyond.filter(|name| edition.rules().any(|rule| rule.id.name() == *name));
        assert_eq!(rest, beyond.collect::<Vec<_>>(), "{edition}");
    }
}

/// Mutates requests, asserts that each has exactly the expected finding, and returns the rules that fired.
fn break_every_rule(edition: Edition) -> BTreeSet<&'static str> {
    let mut broken = BTreeSet::new();
    for (route, model) in edition.models() {
        for mutation in 0..MUTATIONS.len() {
            for seed in 0..24 {
                let Some(mutant) = mutant(&mut rng(seed), route, model, mutation) else {
                    continue;
                };
                let report = check(edition, &Value::Object(mutant.request.clone()));
                let found: Vec<(&str, &str)> = report["findings"]
                    .as_array()
                    .into_iter()
                    .flatten()
                    .map(|f| (f["rule"].as_str().unwrap_or(""), f["path"].as_str().unwrap_or("")))
                    .collect();
                let mut expected = vec![(mutant.rule, mutant.path.as_str())];
                // This finding comes with every request for the route, as long as the model is known.
                if !route.listed.value && mutant.path != "/model" {
                    expected.insert(0, ("model-delisted", "/model"));
                }
                assert_eq!(found, expected, "{:?}", mutant.request);
                broken.extend(expected.iter().map(|(rule, _)| *rule));
            }
        }
    }
    broken
}

/// Rules that no single mutation of a parsed body breaks: they are about its text or its shape, or need media facts.
const BEYOND_ONE_MUTATION: &[&str] = &[
    "invalid-json",
    "body-not-object",
    "duplicate-field",
    "videos-too-long",
    "videos-too-short",
    "videos-too-large",
    "video-size-out-of-range",
    "video-size-contested",
    "frame-rate-out-of-range",
    "frame-rate-contested",
    "audios-too-long",
];

/// Every run draws the same values, so that a failure can be repeated and is caused by a change.
fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 384,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(20_260_701),
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_request_made_from_a_row_is_accepted(seed: u64) {
        let edition = edition(seed);
        let request = valid::clean(edition, &mut rng(seed));
        let report = check(edition, &request);
        let (route, _) = edition.find_model(request["model"].as_str().unwrap_or_default()).ok_or_else(|| TestCaseError::fail("a clean request has a model"))?;
        let delisted = json!([{ "rule": "model-delisted", "severity": "warning", "path": "/model" }]);
        let expected = if route.listed.value { json!([]) } else { delisted };
        prop_assert_eq!(&reduced(&report["findings"]), &expected, "{}", request);
        prop_assert_eq!(&report["accepted"], &json!(true));
        prop_assert_eq!(&report["request"], &request);
    }

    #[test]
    fn checking_is_deterministic_and_speaks_of_one_thing_in_both_languages(seed: u64) {
        let edition = edition(seed);
        let request = wild::near(edition, &mut rng(seed));
        let job = Job::new(&request).edition(edition);
        prop_assert_eq!(json(&job.check(Lang::En)), json(&job.check(Lang::En)));
        let (english, chinese) = (json(&job.check(Lang::En)), json(&job.check(Lang::Zh)));
        prop_assert_eq!(reduced(&english["findings"]), reduced(&chinese["findings"]));
        for (english, chinese) in english["findings"].as_array().into_iter().flatten().zip(chinese["findings"].as_array().into_iter().flatten()) {
            prop_assert_eq!(&english["params"], &chinese["params"]);
            prop_assert_eq!(&english["sources"], &chinese["sources"]);
            prop_assert_eq!(patches(english), patches(chinese));
            prop_assert_ne!(&english["message"], &chinese["message"]);
        }
    }

    /// The order of known fields, white space and escapes do not change a request.
    #[test]
    fn the_order_of_fields_and_their_spelling_do_not_matter(seed: u64) {
        let (edition, mut rng) = (edition(seed), rng(seed));
        let request = valid::clean(edition, &mut rng);
        let mut members: Vec<(String, Value)> = request.as_object().cloned().unwrap_or_default().into_iter().collect();
        rng.shuffle(&mut members);
        let members: Vec<String> = members.iter().map(|(name, value)| format!("{}: {value}", json!(name))).collect();
        let shuffled = format!("{{{}}}", members.join(" ,\n"));
        prop_assert_eq!(json(&Job::new(shuffled.as_str()).edition(edition).check(Lang::En)), check(edition, &request));
    }

    #[test]
    fn what_was_normalised_is_normal(seed: u64) {
        let edition = edition(seed);
        let request = wild::near(edition, &mut rng(seed));
        let report = check(edition, &request);
        if let Some(normal) = report.get("request") {
            let again = check(edition, normal);
            prop_assert_eq!(&again["accepted"], &json!(true));
            prop_assert_eq!(again.get("request"), Some(normal));
            let job = Job::new(&request).edition(edition);
            let first = job.check(Lang::En).request.map(|request| request.to_json()).unwrap_or_default();
            let second = Job::new(first.as_str()).edition(edition).check(Lang::En).request.map(|request| request.to_json()).unwrap_or_default();
            prop_assert_eq!(first, second);
        }
        prop_assert_eq!(report.get("request").is_some(), report["accepted"] == json!(true));
    }

    #[test]
    fn any_json_gives_a_report_and_a_quote(value in any_json()) {
        for edition in Edition::ALL {
            total(edition, Body::from(&value));
            let text = value.to_string();
            total(edition, Body::from(text.as_str()));
            equal(&check(edition, &value), &json(&Job::new(text.as_str()).edition(edition).check(Lang::En)))?;
        }
    }

    #[test]
    fn any_bytes_give_a_report_and_a_quote(bytes in vec(any::<u8>(), 0..200)) {
        total(Edition::LATEST, Body::from(bytes.as_slice()));
    }

    #[test]
    fn any_wound_in_good_text_gives_a_report(seed: u64) {
        let (edition, mut rng) = (edition(seed), rng(seed));
        let request = wild::near(edition, &mut rng);
        total(edition, Body::from(text::broken(&mut rng, &request).as_str()));
        total(edition, Body::from(text::garbage(&mut rng, &request).as_slice()));
    }

    #[test]
    fn every_answer_reads_back_as_it_was_written(seed: u64) {
        let (edition, mut rng) = (edition(seed), rng(seed));
        let request = wild::near(edition, &mut rng);
        let job = Job::new(&request).edition(edition);
        let report = json(&job.check(Lang::En));
        let read: Report<'static> = serde_json::from_value(report.clone()).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(json(&read), report);
        let quote = json(&job.quote(&book(edition), Lang::En));
        let read: Quote = serde_json::from_value(quote.clone()).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(json(&read), quote);
    }

    #[test]
    fn a_price_never_falls_as_seconds_grow(seed: u64, a in 0_u32..40_000_000, b in 0_u32..40_000_000) {
        let (edition, mut rng) = (edition(seed), rng(seed));
        let mut request = valid::clean(edition, &mut rng);
        let name = request["model"].as_str().unwrap_or_default().to_owned();
        let (route, model) = edition.find_model(&name).ok_or_else(|| TestCaseError::fail("a clean request has a model"))?;
        let book = book(edition);
        let mut before = None;
        let duration = route.duration.value;
        let choices = duration.choices;
        for seconds in (duration.min..=duration.max).filter(|it| choices.is_empty() || choices.contains(it)) {
            request["duration"] = json!(seconds);
            let amount = Job::new(&request).edition(edition).quote(&book, Lang::En).lowest();
            let priced = amount.is_some() || route.unit.value == Unit::MillionTokens;
            prop_assert!(priced && amount >= before, "{} {:?} {:?}", request, before, amount);
            before = amount;
        }
        if model.bills_first_video {
            let of = |micros: u32| {
                let facts = Facts::from_value(&json!({ "reference_videos": [{ "seconds": f64::from(micros) / 1e6 }] })).expect("good facts");
                Job::new(&request).edition(edition).with_facts(facts).expect("one video").quote(&book, Lang::En)
            };
            let (short, long) = (of(a.min(b)), of(a.max(b)));
            prop_assert!(short.lowest() <= long.lowest());
            prop_assert!(Job::new(&request).edition(edition).quote(&book, Lang::En).lowest() <= short.lowest());
        }
    }

    /// Text, a parsed value and the typed request get the same answer.
    #[test]
    fn all_paths_agree(seed: u64) {
        let (edition, mut rng) = (edition(seed), rng(seed));
        let request = if rng.bool() { valid::clean(edition, &mut rng) } else { wild::near(edition, &mut rng) };
        let by_value = check(edition, &request);
        let text = request.to_string();
        equal(&by_value, &json(&Job::new(text.as_str()).edition(edition).check(Lang::En)))?;
        equal(&by_value, &json(&Job::new(text.as_bytes()).edition(edition).check(Lang::En)))?;
        if let Ok(typed) = serde_json::from_value::<Request>(request.clone())
            && serde_json::to_value(&typed).is_ok_and(|kept| kept == request)
        {
            equal(&by_value, &json(&Job::new(&typed).edition(edition).check(Lang::En)))?;
        }
    }

    #[test]
    fn the_bare_hits_are_the_reports_findings(seed: u64) {
        let edition = edition(seed);
        let request = wild::near(edition, &mut rng(seed));
        let job = Job::new(&request).edition(edition);
        let report = job.check(Lang::En);
        let findings: Vec<_> = report.findings.iter().map(|finding| (finding.rule, finding.path.clone())).collect();
        let fired: Vec<_> = job.fired().into_iter().map(|fired| (fired.rule, fired.path)).collect();
        prop_assert_eq!(findings, fired);
    }
}

/// Compares JSON: a parsed `5.0` in an unknown field may come back as `5`.
fn equal(expected: &Value, found: &Value) -> Result<(), TestCaseError> {
    same("paths differ", expected, found).map_err(TestCaseError::fail)
}

fn patches(finding: &Value) -> Vec<&Value> {
    finding["fixes"].as_array().into_iter().flatten().map(|fix| &fix["patch"]).collect()
}

/// Checks that there are a report and a quote, both as the contract defines them.
fn total(edition: Edition, body: Body<'_>) {
    let job = Job::new(body).edition(edition);
    let report = json(&job.check(Lang::Zh));
    assert_eq!(report["accepted"] == json!(true), report.get("request").is_some());
    let kind = json(&job.quote(&book(edition), Lang::En))["kind"].clone();
    assert!(
        ["exact", "range", "at-least", "not-priceable"].iter().any(|known| kind == *known),
        "{kind}"
    );
}

/// Any JSON value, including objects with the schema's own names.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
        any::<u64>().prop_map(|seed| wild::near(edition(seed), &mut rng(seed))),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        let name = prop_oneof![
            ".{0,4}",
            "(model|prompt|duration|resolution|ratio|images|first_image|reference_videos)"
        ];
        prop_oneof![
            vec(inner.clone(), 0..6).prop_map(Value::from),
            btree_map(name, inner, 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect()))
        ]
    })
}
