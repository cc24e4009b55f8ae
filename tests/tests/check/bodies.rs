//! What only the text of a body can say, and what a report gives back of it.

use seedance_core::{Job, Lang, Param};
use seedance_tests::core_side::json;
use serde_json::{Value, json};

/// "Line and column are 1-based, the column in characters."
#[test]
fn where_text_stops_being_json() {
    let place = |text: &str| {
        let report = seedance_core::check(text);
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
    let report = seedance_core::check(text);
    let normal = report.request.map(|request| request.to_json());
    let kept = r#"{"model":"seedance2.0-mini","prompt":"x","duration":5,"z":{"b":1.50,"a":[1e2,12345678901234567890123]},"a":-0}"#;
    assert_eq!(normal.as_deref(), Some(kept));
}

#[test]
fn images_with_frames_names_the_frames_first_before_last() {
    let related =
        |body: Value| json(&Job::new(&body).check(Lang::En))["findings"][0]["related"].clone();
    let images = json!(["https://example.com/a.png"]);
    let frame = "https://example.com/b.png";
    let of = |frames: Value| {
        let mut body =
            json!({ "model": "seedance2.0-std", "prompt": "x", "duration": 5, "images": images });
        body.as_object_mut()
            .into_iter()
            .for_each(|members| members.extend(frames.as_object().cloned().unwrap_or_default()));
        related(body)
    };
    assert_eq!(
        of(json!({ "last_image": frame, "first_image": frame })),
        json!(["/first_image", "/last_image"])
    );
    assert_eq!(of(json!({ "last_image": frame })), json!(["/last_image"]));
    assert_eq!(of(json!({ "first_image": frame })), json!(["/first_image"]));
}
