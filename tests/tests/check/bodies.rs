//! What only a body's text can show, and what a report returns of it.

use seedance_core::{Job, Lang, Param};
use seedance_tests::core_side::json;
use serde_json::{Value, json};

/// "Line and column are 1-based, the column in characters."
#[test]
fn where_text_stops_being_json() {
    let place = |text: &str| {
        let report = Job::new(text).check(Lang::En).into_owned();
        let number = |name: &str| match report.findings[0].params.get(name) {
            Some(Param::Number(number)) => *number,
            other => panic!("{name}: {other:?}"),
        };
        (number("line"), number("column"))
    };
    assert_eq!(place("x"), (1.0, 1.0));
    assert_eq!(place("{\"a\": x}"), (1.0, 7.0));
    assert_eq!(place("{\n  \"雨🎬\": x}"), (2.0, 9.0));
    assert_eq!(place("{\n\n\n]"), (4.0, 1.0));
    assert_eq!(place("{\"a\": 1,\n \"b\": 2 \"c\"}"), (2.0, 9.0));
}

#[test]
fn unknown_values_are_not_touched() {
    let text = r#"{"model":"seedance2.0-mini","z":{"b":1.50,"a":[1e2,12345678901234567890123]},"prompt":"x","duration":5.0,"a":-0}"#;
    let report = Job::new(text).check(Lang::En).into_owned();
    let normal = report.request.map(|request| request.to_json());
    let kept = r#"{"model":"seedance2.0-mini","prompt":"x","duration":5,"z":{"b":1.50,"a":[1e2,12345678901234567890123]},"a":-0}"#;
    assert_eq!(normal.as_deref(), Some(kept));
}

/// A finding on what excludes frames names the frames that are there, first before last.
#[test]
fn exclusions_name_the_frames() {
    let exclusions = [
        ("seedance2.0-std", "images", "images-with-frames"),
        ("seedance2.0-std", "reference_audios", "audio-with-frames"),
        ("sd2_mx_4k", "reference_audios", "audio-with-frames-contested"),
        ("seedance2.0-mini-sp", "reference_audios", "audio-with-frames-contested"),
    ];
    for (model, field, rule) in exclusions {
        for frames in [["first_image"].as_slice(), &["last_image"], &["last_image", "first_image"]]
        {
            let url = if model.starts_with("sd2") { "asset://a" } else { "https://example.com/a" };
            let mut body = json!({ "model": model, "prompt": "x", "duration": 5, field: [url] });
            for frame in frames {
                body[*frame] = json!(url);
            }
            let report = json(&Job::new(&body).check(Lang::En));
            let findings = report["findings"].as_array().into_iter().flatten();
            let related: Vec<&Value> = findings
                .filter(|finding| finding["rule"] == rule)
                .map(|finding| &finding["related"])
                .collect();
            let mut there = frames.to_vec();
            there.sort_unstable();
            let there: Value = there.iter().map(|frame| format!("/{frame}")).collect();
            assert_eq!(related, [&there], "{rule} of {body}");
        }
    }
}
