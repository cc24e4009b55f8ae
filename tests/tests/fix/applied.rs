//! Every offered fix, applied by RFC 6902: its finding is gone and there is no new error.

use std::collections::BTreeMap;

use json_patch::{Patch, patch};

use seedance_core::{Edition, Facts, Job, Lang};
use seedance_tests::cases::all;
use seedance_tests::core_side::{json, page};
use seedance_tests::generate::mutate::{MUTATIONS, mutant};
use seedance_tests::generate::{JobBody, jobs, pick, side, wild};
use seedance_tests::oracle::json::Json;
use seedance_tests::oracle::request::{FIELDS, REFERENCE_AUDIOS, REFERENCE_VIDEOS, Request};
use serde_json::{Value, json};

/// The number of seeded jobs whose fixes are applied.
const JOBS: usize = if cfg!(debug_assertions) { 1_200 } else { 20_000 };

#[test]
fn of_every_case() {
    let mut fixes = 0;
    for (place, case) in all() {
        if let Ok(body) = serde_json::from_str::<Value>(case.wire()) {
            fixes += prove(&place, case.edition, case.wire(), &body, case.media.as_ref());
        }
    }
    assert!(fixes > 500, "only {fixes} fixes were offered");
}

#[test]
fn of_seeded_jobs() {
    let mut fixes = 0;
    let of_each = Edition::ALL.map(|edition| jobs(edition, 31, JOBS / 2));
    for (index, job) in of_each.into_iter().flatten().enumerate() {
        let wire = job.body.wire();
        let Ok(body) = serde_json::from_slice::<Value>(&wire) else {
            continue;
        };
        let text = String::from_utf8(wire).expect("what was read as JSON is UTF-8");
        fixes += prove(&format!("job {index}"), job.edition, &text, &body, job.media.as_ref());
    }
    assert!(fixes > JOBS, "only {fixes} fixes were offered");
}

/// Videos with facts: some of the fixes remove such videos.
#[test]
fn of_requests_with_facts() {
    let mut rng = fastrand::Rng::with_seed(5);
    for index in 0..JOBS {
        let edition = pick(&mut rng, &Edition::ALL);
        let mut body = wild::near(edition, &mut rng);
        body["model"] =
            json!(["seedance2.0-md", "seedance2.0-fast-md", "seedance2.0-mini-video"][index % 3]);
        let media = side::facts(&mut rng, &body);
        prove(
            &format!("request {index}"),
            edition,
            &JobBody::Request(body.clone()).text(),
            &body,
            Some(&media),
        );
    }
}

#[test]
fn of_single_mutations_there_is_one_where_a_person_would_see_it() {
    let mut rng = fastrand::Rng::with_seed(3);
    for (route, model) in Edition::default().models() {
        for mutation in 0..MUTATIONS.len() {
            let Some(mutant) = mutant(&mut rng, route, model, mutation) else {
                continue;
            };
            let report = json(&Job::new(Value::Object(mutant.request.clone())).check(Lang::En));
            let offered = report["findings"][0]["fixes"].as_array().map_or(0, Vec::len);
            let always = [
                "duration-out-of-range",
                "images-with-frames",
                "too-many-images",
                "videos-not-supported",
                "too-many-videos",
                "audios-not-supported",
                "too-many-audios",
                "audio-with-frames",
                "orientation-overridden",
                "resolution-ignored",
                "empty-field",
                "unknown-field",
            ];
            assert!(
                offered > 0 || !always.contains(&mutant.rule),
                "{}: no fix for {:?}",
                mutant.rule,
                mutant.request
            );
        }
    }
}

/// §4 of the rules' specification lists fixes that must be offered wherever they hold.
#[test]
fn of_what_the_specification_names_every_one_is_offered() {
    let base = |more: Value| {
        let mut body = json!({"model": "seedance2.0-mini", "prompt": "a fox", "duration": 5});
        for (name, value) in more.as_object().expect("an object") {
            body[name] = value.clone();
        }
        body
    };
    let url = "https://example.com/a.mp4";
    let set = |path: &str, value: Value| json!([{"op": "replace", "path": path, "value": value}]);
    let renamed = |from: &str, to: &str| json!([{"op": "move", "from": from, "path": to}]);
    let named = [
        (json!({"model": "Seedance2.0-Mini"}), set("/model", json!("seedance2.0-mini"))),
        (json!({"resolution": "720P"}), set("/resolution", json!("720p"))),
        (json!({"orientation": "Portrait"}), set("/orientation", json!("portrait"))),
        (json!({"ratio": "adaptive"}), set("/ratio", json!("Adaptive"))),
        (json!({"Ratio": "16:9"}), renamed("/Ratio", "/ratio")),
        (
            json!({"model": "seedance2.0-mini-1080p"}),
            json!([
                {"op": "replace", "path": "/model", "value": "seedance2.0-mini"},
                {"op": "add", "path": "/resolution", "value": "1080p"},
            ]),
        ),
        (
            json!({"model": "Seedance2.0-mini-720P-video"}),
            json!([
                {"op": "replace", "path": "/model", "value": "seedance2.0-mini-video"},
                {"op": "add", "path": "/resolution", "value": "720p"},
            ]),
        ),
        (
            json!({"model": "seedance2.0-mini-1080p", "resolution": "1080p"}),
            set("/model", json!("seedance2.0-mini")),
        ),
        (json!({"aspect_ratio": "16:9"}), renamed("/aspect_ratio", "/ratio")),
        (
            json!({"reference_images": ["https://example.com/a.png"]}),
            renamed("/reference_images", "/images"),
        ),
        (
            json!({"model": "seedance2.0-mini-video", "videos": [url]}),
            renamed("/videos", "/reference_videos"),
        ),
        (
            json!({"images": ["https://example.com/a.png"], "audios": [url]}),
            renamed("/audios", "/reference_audios"),
        ),
        (json!({"duration": 20}), set("/duration", json!(15))),
        (json!({"duration": 2}), set("/duration", json!(4))),
        (json!({"model": "seedance2.0-md", "duration": 0}), set("/duration", json!(1))),
        (json!({"model": "seedance2.0-md", "duration": 0}), set("/duration", json!(4))),
        (json!({"model": "seedance2.0-md", "duration": "2"}), set("/duration", json!(2))),
        (json!({"model": "seedance2.0-md", "duration": 2}), set("/duration", json!(4))),
        (json!({"duration": 5.6}), set("/duration", json!(6))),
        (json!({"duration": "20s"}), set("/duration", json!(15))),
        (json!({"duration": " 8.0 "}), set("/duration", json!(8))),
        (json!({"duration": "8秒"}), set("/duration", json!(8))),
        (json!({"duration": "-1 seconds"}), set("/duration", json!(4))),
        (json!({"duration": "eight"}), set("/duration", json!(5))),
        (json!({"duration": "1e1"}), set("/duration", json!(10))),
        (json!({"duration": "1e1 s."}), set("/duration", json!(10))),
        (json!({"duration": "１０"}), set("/duration", json!(10))),
        (json!({"duration": "８秒"}), set("/duration", json!(8))),
        // A part of a text is not the number that was meant.
        (json!({"duration": "12:30"}), set("/duration", json!(5))),
        (json!({"duration": "8-10s"}), set("/duration", json!(5))),
        (json!({"reference_videos": [url]}), set("/model", json!("seedance2.0-mini-video"))),
        (
            json!({"reference_videos": [url]}),
            json!([{"op": "remove", "path": "/reference_videos"}]),
        ),
        (
            json!({"images": [url], "first_image": url, "last_image": url}),
            json!([
                {"op": "remove", "path": "/first_image"},
                {"op": "remove", "path": "/last_image"},
            ]),
        ),
    ];
    for (more, patch) in named {
        let body = base(more);
        let findings = findings(Edition::default(), &body.to_string(), None).expect("no facts");
        let offered: Vec<&Value> = findings
            .iter()
            .flat_map(|finding| finding["fixes"].as_array().expect("a list"))
            .map(|fix| &fix["patch"])
            .collect();
        assert!(offered.contains(&&patch), "{body}: {patch} is not among {offered:?}");
    }
    let missing =
        findings(Edition::default(), r#"{"model": "seedance2.0-mini", "prompt": "a fox"}"#, None);
    assert_eq!(
        missing.expect("no facts")[0]["fixes"][0]["patch"],
        json!([{"op": "add", "path": "/duration", "value": 5}]),
    );
    let other = base(json!({"model": "seedance2.0-mini-1080p", "resolution": "480p"}));
    let kept = findings(Edition::default(), &other.to_string(), None).expect("no facts");
    assert!(
        !kept[0]["fixes"].to_string().contains("/resolution"),
        "a resolution that was asked for is not overwritten",
    );
}

/// Near misses that cannot be fixed stay among the parameters.
#[test]
fn of_models_the_one_that_was_meant() {
    let video = "https://example.com/a.mp4";
    let named = [
        (json!({"model": "SEEDANCE2.0-MD"}), "seedance2.0-md"),
        (json!({"model": "seedance2.0-mini-720p"}), "seedance2.0-mini"),
        (
            json!({"model": "seedance2.0-mini-720p-video", "resolution": "480p"}),
            "seedance2.0-mini-video",
        ),
        (
            json!({"model": "seedance2.0-mini-480p", "reference_videos": [video]}),
            "seedance2.0-mini",
        ),
    ];
    for (body, model) in named {
        let findings = findings(Edition::default(), &body.to_string(), None).expect("no facts");
        let unknown = findings
            .iter()
            .find(|finding| finding["rule"] == "unknown-model")
            .expect("no model of the table");
        assert_eq!(unknown["params"]["suggestions"], json!([model]), "{body}");
    }
}

/// Applies every fix of a body, and returns how many there were.
fn prove(place: &str, edition: Edition, text: &str, body: &Value, media: Option<&Value>) -> usize {
    let Some(before) = findings(edition, text, media) else {
        return 0;
    };
    let mut fixes = 0;
    for finding in &before {
        for fix in finding["fixes"].as_array().into_iter().flatten() {
            fixes += 1;
            let ops: Patch = serde_json::from_value(fix["patch"].clone())
                .unwrap_or_else(|error| panic!("{place}: {error} in {fix}"));
            assert!(!ops.0.is_empty(), "{place}: an empty patch for {finding}");
            let mut mended = body.clone();
            patch(&mut mended, &ops)
                .unwrap_or_else(|error| panic!("{place}: {error} in {fix} on {body}"));
            let media = media.map(|media| following(edition, body, media, &fix["patch"]));
            let after = findings(edition, &mended.to_string(), media.as_ref())
                .unwrap_or_else(|| panic!("{place}: the facts no longer fit after {fix}"));
            mends(place, finding, &before, &after)
                .unwrap_or_else(|why| panic!("{why}\nfix {fix}\nof {body}\nafter {mended}"));
        }
    }
    fixes
}

/// The findings of a job; `None` if its facts are refused.
fn findings(edition: Edition, text: &str, media: Option<&Value>) -> Option<Vec<Value>> {
    let facts = media.map_or_else(|| Ok(Facts::default()), Facts::from_value).ok()?;
    let job = Job::new(text).edition(edition).with_facts(facts).ok()?;
    // Not the whole report: the request in it may be nested as deep as JSON may be.
    json(&job.check(Lang::En).findings).as_array().cloned()
}

fn mends(place: &str, finding: &Value, before: &[Value], after: &[Value]) -> Result<(), String> {
    let (was, is) = (counted(before, |_| true), counted(after, |_| true));
    let key = key(finding);
    let (was, is) = (was.get(&key).copied().unwrap_or(0), is.get(&key).copied().unwrap_or(0));
    // "For an item of a list: one finding fewer of that rule in the list, since indexes shift."
    let gone = if key.1.ends_with("/*") { is + 1 == was } else { is == 0 };
    if !gone {
        return Err(format!("{place}: {key:?} fired {was} times and still fires {is} times"));
    }
    let (was, is) = (counted(before, is_error), counted(after, is_error));
    let new: Vec<_> =
        is.iter().filter(|(key, count)| was.get(*key).copied().unwrap_or(0) < **count).collect();
    if new.is_empty() { Ok(()) } else { Err(format!("{place}: new errors {new:?}")) }
}

fn is_error(finding: &Value) -> bool {
    finding["severity"] == "error"
}

fn counted(
    findings: &[Value],
    wanted: impl Fn(&Value) -> bool,
) -> BTreeMap<(String, String), usize> {
    let mut counts = BTreeMap::new();
    for finding in findings.iter().filter(|finding| wanted(finding)) {
        *counts.entry(key(finding)).or_default() += 1;
    }
    counts
}

/// A finding's rule and place. All items of a list are the same place.
fn key(finding: &Value) -> (String, String) {
    let path = finding["path"].as_str().unwrap_or_default();
    let place = match path.split('/').collect::<Vec<_>>().as_slice() {
        [
            _,
            list @ ("images" | "reference_images" | "reference_videos" | "videos"
            | "reference_audios" | "audios"),
            _,
        ] => format!("/{list}/*"),
        _ => path.to_owned(),
    };
    (finding["rule"].as_str().unwrap_or_default().to_owned(), place)
}

/// "The facts follow their videos": they belong to the list that counts.
fn following(edition: Edition, body: &Value, media: &Value, ops: &Value) -> Value {
    let mut media = media.clone();
    let body = Json::from(body);
    let request = Request::decode(page(edition), &body);
    let lists = [REFERENCE_VIDEOS, REFERENCE_AUDIOS]
        .map(|field| (FIELDS[field], FIELDS[request.counting(field)]));
    for op in ops.as_array().into_iter().flatten() {
        let path = op["path"].as_str().unwrap_or_default();
        let taken = if op["op"] == "move" { op["from"].as_str().unwrap_or_default() } else { path };
        let leaves = op["op"] == "remove" || op["op"] == "move";
        for (list, counting) in lists {
            let Some(entries) = media.get_mut(list).and_then(Value::as_array_mut) else {
                continue;
            };
            let mut steps = taken.split('/').skip(1);
            if steps.next() != Some(counting) {
                continue;
            }
            let index = steps.next().and_then(|it| it.parse::<usize>().ok());
            match index {
                _ if !leaves => {}
                None => entries.clear(),
                Some(index) if index < entries.len() => {
                    entries.remove(index);
                }
                Some(_) => {}
            }
        }
    }
    media
}
