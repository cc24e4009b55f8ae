//! Fields with aliases and the new fields beside them: every combination of their values, for one model of each route and without
//! a model, core against oracle.

use seedance_core::{Edition, Job};
use seedance_tests::core_side::page;
use seedance_tests::long_run::{Progress, close, cores, on_all_cores};
use seedance_tests::oracle::facts::Facts;
use seedance_tests::oracle::json::parse;
use seedance_tests::oracle::request::Request;
use seedance_tests::oracle::rules;

use super::space::KINDS;

/// A debug build takes one combination in this many.
const STRIDE: usize = if cfg!(debug_assertions) { 997 } else { 1 };

/// A field and its values as text. The first value is empty: the field is missing.
type Field = (&'static str, &'static [&'static str]);

const IMAGE: &[&str] = &["", "[]", "5", r#"["https://example.com/a.gif"]"#];
const VIDEO: &[&str] = &["", "[]", "5", r#"["https://example.com/a.mp4"]"#];
const AUDIO: &[&str] = &["", "[]", "5", r#"["https://localhost/a.mp3"]"#];

/// Fields that exclude or require each other.
const PAIRS: &[Field] = &[
    ("ratio", &["", r#""5:4""#]),
    ("aspect_ratio", &["", "5", r#"" ""#, r#""adaptive""#]),
    ("images", IMAGE),
    ("reference_images", IMAGE),
    ("reference_videos", VIDEO),
    ("videos", VIDEO),
    ("reference_audios", AUDIO),
    ("audios", AUDIO),
    ("last_image", &["", r#""asset://as_1""#]),
];

/// Fields that are independent of each other.
const SWITCHES: &[Field] = &[
    ("face_processing", &["", "true", "false", r#""true""#, "null"]),
    ("generate_audio", &["", "true", "false", "0"]),
    (
        "reference_mode",
        &["", r#""""#, r#""image""#, r#""frame""#, r#""media""#, r#""Frame""#, "true"],
    ),
    ("orientation", &["", r#""portrait""#]),
    ("aspect_ratio", &["", r#""16:9""#]),
];

#[test]
fn names() {
    close("names", compare_all());
}

fn compare_all() -> Result<String, String> {
    // The first model in KINDS of each route, and one without a route.
    let mut routes = Vec::new();
    let mut models = KINDS.to_vec();
    models.retain(|model| {
        let row = Edition::V2026_09.find_model(model);
        let route = row.map(|(route, _)| route.id);
        let is_new = !routes.contains(&route);
        routes.push(route);
        is_new
    });
    let sizes = [PAIRS, SWITCHES].map(|fields| fields.iter().map(|field| field.1.len()).product());
    let units: usize = models.len() * sizes.iter().sum::<usize>() / STRIDE;
    let progress = Progress::new("names", units as u64);
    on_all_cores(units, &progress, |unit| {
        let mut rest = unit * STRIDE;
        let model = models[rest % models.len()];
        rest /= models.len();
        let (fields, rest) = match rest.checked_sub(sizes[0]) {
            None => (PAIRS, rest),
            Some(rest) => (SWITCHES, rest),
        };
        compare(&body(model, fields, rest)).map(|()| 1)
    })?;
    Ok(format!(
        "{units} bodies compared in {:.1} s on {} cores, no disagreement",
        progress.elapsed().as_secs_f64(),
        cores()
    ))
}

fn body(model: &str, fields: &[Field], mut index: usize) -> String {
    let mut body = format!(r#"{{"model":"{model}","prompt":"x","duration":10"#);
    for (name, values) in fields {
        let value = values[index % values.len()];
        index /= values.len();
        if !value.is_empty() {
            body.push_str(&format!(r#","{name}":{value}"#));
        }
    }
    body + "}"
}

fn compare(text: &str) -> Result<(), String> {
    let edition = Edition::V2026_09;
    let parsed = parse(text.as_bytes()).map_err(str::to_owned)?;
    let request = Request::decode(page(edition), &parsed);
    let expected = rules::findings(&request, &Facts::default());
    let found = Job::new(text).edition(edition).fired();
    let same = expected.len() == found.len()
        && expected.iter().zip(&found).all(|(a, b)| a.rule == b.rule.name() && a.path == b.path);
    if same { Ok(()) } else { Err(format!("{text}\noracle {expected:?}\ncore   {found:?}")) }
}
