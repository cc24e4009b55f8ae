//! Texts of books and facts that a parsed value cannot hold, and what only the text of a body can say.

use seedance_core::{Body, BookWarning, Facts, Job, Lang, Param, PriceBook};
use seedance_tests::core_side::json;
use seedance_tests::oracle::json::parse;
use seedance_tests::oracle::{book, facts};
use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::{Value, json};

/// A text, and whether it is taken.
const BOOKS: [(&str, bool); 31] = [
    (r#"{"currency":"USD","prices":{}}"#, true),
    (" {\"prices\" : { } , \"currency\" : \"\\u0055SD\"}\n", true),
    (
        r#"{"currency":"USD","prices":{"seedance2.0-md":5.00}}"#,
        true,
    ),
    (
        r#"{"currency":"USD","prices":{"seedance2.0-md":0.10}}"#,
        true,
    ),
    (
        r#"{"currency":"USD","prices":{"seedance2.0-md":1E-7}}"#,
        true,
    ),
    (
        r#"{"currency":"USD","prices":{"seedance2.0-md":0.1000000000000000000000000000001}}"#,
        true,
    ),
    (
        r#"{"currency":"USD","prices":{"seedance2.0-md":1e-400}}"#,
        true,
    ),
    (
        r#"{"currency":"USD","prices":{"seedance2.0-md":{"per":"task","price":3}}}"#,
        true,
    ),
    (
        r#"{"currency":"USD","prices":{"seedance2.0-md":"\u0031"}}"#,
        true,
    ),
    (r#"{"currency":"USD","currency":"USD","prices":{}}"#, false),
    (r#"{"currency":"USD","prices":{},"prices":{}}"#, false),
    (
        r#"{"currency":"USD","as_of":"a","as_of":"a","prices":{}}"#,
        false,
    ),
    (
        r#"{"currency":"USD","prices":{"seedance2.0-md":"1","seedance2.0-md":"1"}}"#,
        false,
    ),
    (
        r#"{"currency":"USD","prices":{"x":"1","\u0078":"2"}}"#,
        false,
    ),
    (
        r#"{"currency":"USD","prices":{"x":{"price":"1","price":"1"}}}"#,
        false,
    ),
    (
        r#"{"currency":"USD","prices":{"x":{"price":"1","per":"task","per":"task"}}}"#,
        false,
    ),
    (
        r#"{"currency":"USD","prices":{"seedance2.0-md":1e400}}"#,
        false,
    ),
    (
        r#"{"currency":"USD","prices":{"seedance2.0-md":1e-13}}"#,
        false,
    ),
    (
        r#"{"currency":"USD","prices":{"seedance2.0-md":999999999999.5e0}}"#,
        true,
    ),
    (
        r#"{"currency":"USD","prices":{"seedance2.0-md":1000000000000}}"#,
        false,
    ),
    (
        r#"{"currency":"USD","prices":{"seedance2.0-md":01}}"#,
        false,
    ),
    (
        r#"{"currency":"USD","prices":{"seedance2.0-md":"1"},}"#,
        false,
    ),
    (
        r#"{"currency":"USD","prices":{"seedance2.0-md":"1"}}{}"#,
        false,
    ),
    (r#"{"currency":"\ud800","prices":{}}"#, false),
    ("\u{feff}{\"currency\":\"USD\",\"prices\":{}}", false),
    (r#"{"currency":"\u3000","prices":{}}"#, false),
    (r#"{"currency":"USD","prices":{},"":1}"#, false),
    ("null", false),
    ("[]", false),
    ("", false),
    ("{", false),
];

#[test]
fn texts_of_books() {
    for (text, taken) in BOOKS {
        let found = PriceBook::from_text(text.as_bytes());
        assert_eq!(found.is_ok(), taken, "{text}: {found:?}");
        let expected = parse(text.as_bytes())
            .map_err(str::to_owned)
            .and_then(|parsed| book::read(&parsed));
        assert_eq!(expected.is_ok(), taken, "oracle, {text}: {expected:?}");
        one_line(text, found.err());
    }
}

/// A text for a request of two reference videos, and whether it is taken.
const FACTS: [(&str, bool); 24] = [
    (" null ", true),
    (
        r#"{"reference_videos":[{"seconds":3.00,"bytes":1e6},null]}"#,
        true,
    ),
    (
        r#"{"reference_videos":[{"seconds":86400.000000000000000001}]}"#,
        true,
    ),
    (r#"{"reference_videos":[{"seconds":1e-400}]}"#, true),
    (r#"{"reference_videos":[{"seconds":-1e-400}]}"#, true),
    (
        r#"{"reference_videos":[{"width":1280.00000000000000000001}]}"#,
        true,
    ),
    (
        r#"{"reference_videos":[{"bytes":123456789012345678901234567890}]}"#,
        true,
    ),
    (
        r#"{"reference_videos":[{"seconds":{"max":3,"min":3.0}}]}"#,
        true,
    ),
    (r#"{"reference_videos":[],"reference_videos":[]}"#, false),
    (
        r#"{"reference_videos":null,"reference_videos":null}"#,
        false,
    ),
    (r#"{"reference_videos":[{"seconds":1,"seconds":1}]}"#, false),
    (
        r#"{"reference_videos":[{"seconds":1,"s\u0065conds":1}]}"#,
        false,
    ),
    (
        r#"{"reference_videos":[{"seconds":null,"seconds":1}]}"#,
        false,
    ),
    (
        r#"{"reference_videos":[{"seconds":{"min":1,"max":2,"max":2}}]}"#,
        false,
    ),
    (r#"{"reference_videos":[{"seconds":1e400}]}"#, false),
    (r#"{"reference_videos":[{"seconds":NaN}]}"#, false),
    (r#"{"reference_videos":[{"seconds":-0.0000001}]}"#, false),
    (r#"{"reference_videos":[{"frame_rate":-1}]}"#, false),
    (r#"{"reference_videos":[null,null,null]}"#, false),
    (r#"{"reference_videos":[{}]} x"#, false),
    ("\u{feff}{}", false),
    ("true", false),
    ("", false),
    (r#"{"videos":[]}"#, false),
];

#[test]
fn texts_of_facts() {
    let body = r#"{"model":"seedance2.0-std","prompt":"x","duration":5,"reference_videos":["https://example.com/a.mp4","https://example.com/b.mp4"]}"#;
    for (text, taken) in FACTS {
        let found = Facts::from_text(text.as_bytes())
            .and_then(|facts| Job::new(body).with_facts(facts).map(|_| ()));
        assert_eq!(found.is_ok(), taken, "{text}: {found:?}");
        let expected = parse(text.as_bytes())
            .map_err(str::to_owned)
            .and_then(|parsed| facts::read(&parsed, 2));
        assert_eq!(expected.is_ok(), taken, "oracle, {text}: {expected:?}");
        one_line(text, found.err());
    }
}

fn one_line(text: &str, error: Option<impl std::fmt::Display>) {
    let said = error.map(|error| error.to_string());
    assert!(
        said.as_ref()
            .is_none_or(|said| !said.is_empty() && !said.contains('\n')),
        "{text}: {said:?}"
    );
}

#[test]
fn an_input_error_names_its_entry() {
    let said = |text: &str| {
        PriceBook::from_text(text.as_bytes())
            .expect_err("a bad book")
            .to_string()
    };
    assert!(said(r#"{"currency":"USD","prices":{"sd2_mx_4k":"1,5"}}"#).contains("sd2_mx_4k"));
    assert!(said(r#"{"currency":"USD","prices":{"a":"1","b":{"price":"x"}}}"#).contains('b'));
    assert!(
        said(r#"{"currency":"USD","prices":{"seedance2.0-md":{"price":"1","per":"second"}}}"#)
            .contains("seedance2.0-md")
    );
    let said = |text: &str| {
        Facts::from_text(text.as_bytes())
            .expect_err("bad facts")
            .to_string()
    };
    assert!(
        said(r#"{"reference_videos":[null,{"seconds":-1}]}"#)
            .contains("/reference_videos/1/seconds")
    );
    assert!(
        said(r#"{"reference_videos":[{"seconds":{"min":2,"max":1}}]}"#)
            .contains("/reference_videos/0/seconds")
    );
}

#[test]
fn names_that_no_route_can_produce_are_kept_and_named() {
    let book = PriceBook::from_text(br#"{"currency":"USD","prices":{"seedance2.0-mini":"1","seedance2.0-mini-720P":"2","seedance2.0-md":"3","zebra":"4"}}"#).expect("kept");
    let names: Vec<&str> = book
        .warnings()
        .iter()
        .map(|warning: &BookWarning| warning.name.as_str())
        .collect();
    assert_eq!(
        names,
        ["seedance2.0-mini", "seedance2.0-mini-720P", "zebra"]
    );
    assert!(
        book.warnings()[1]
            .suggestions
            .iter()
            .any(|near| near == "seedance2.0-mini-720p"),
        "{:?}",
        book.warnings()
    );
    assert_eq!(book.prices().len(), 4);
}

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

/// "The same request, with only `model` replaced": that it was named twice is mended with it, and nothing else is.
#[test]
fn a_model_named_twice_is_replaced_like_any_other() {
    let text = r#"{"model":"a","model":"b","prompt":"x","duration":5,"ratio":"1:1","ratio":"1:1"}"#;
    for candidate in Job::new(text).compare(None, Lang::En) {
        let errors = candidate.findings.iter().filter(|it| it.rule.is_error());
        let errors: Vec<_> = errors
            .map(|it| (it.rule.name(), it.path.as_str()))
            .collect();
        assert_eq!(
            errors,
            [("duplicate-field", "/ratio")],
            "{}",
            candidate.model
        );
    }
}

/// "A value that JSON cannot hold is a wrong type where it stands."
#[test]
fn what_json_cannot_hold_is_told_of_where_it_stands() {
    let body = json!({
        "model": "seedance2.0-mini", "prompt": "x", "duration": 5,
        "ratio": FOREIGN, "images": ["https://example.com/a.png", FOREIGN],
        "p": { "q": [1, FOREIGN, { "r/s": FOREIGN }] }, "t": FOREIGN, "u": 1, "v": [FOREIGN],
    });
    let body = Body::from_deserializer(Given(&body)).expect("values that are there");
    let report = json(&Job::new(body).check(Lang::En));
    let findings = report["findings"].as_array().into_iter().flatten();
    let found: Vec<_> = findings
        .map(|it| {
            (
                it["rule"].as_str().unwrap_or(""),
                &it["path"],
                &it["params"]["found"],
            )
        })
        .collect();
    let wrong = |path: &str| ("wrong-type", json!(path), json!("not-json"));
    let unknown = |path: &str| ("unknown-field", json!(path), Value::Null);
    let expected = [
        wrong("/ratio"),
        wrong("/images/1"),
        unknown("/p"),
        wrong("/p/q/1"),
        wrong("/p/q/2/r~1s"),
        wrong("/t"),
        unknown("/u"),
        unknown("/v"),
        wrong("/v/0"),
    ];
    let expected: Vec<_> = expected
        .iter()
        .map(|(rule, path, found)| (*rule, path, found))
        .collect();
    assert_eq!(found, expected);
    // Wherever it stands in an unknown field, the field can be dropped.
    for (index, path) in [(3, "/p"), (4, "/p"), (5, "/t"), (8, "/v")] {
        let patch = &report["findings"][index]["fixes"][0]["patch"];
        assert_eq!(*patch, json!([{ "op": "remove", "path": path }]));
    }
}

/// Stands in [`Given`] for a function, a symbol, a cycle.
const FOREIGN: &str = "what JSON cannot hold";

/// A parsed value as another language gives it.
struct Given<'de>(&'de Value);

impl<'de> Deserializer<'de> for Given<'de> {
    type Error = serde_json::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        match self.0 {
            Value::String(text) if text == FOREIGN => visitor.visit_bytes(&[]),
            Value::Array(items) => visitor.visit_seq(SeqDeserializer::new(items.iter().map(Given))),
            Value::Object(members) => {
                let members = members
                    .iter()
                    .map(|(name, value)| (name.as_str(), Given(value)));
                visitor.visit_map(MapDeserializer::new(members))
            }
            other => other.deserialize_any(visitor),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl<'de> IntoDeserializer<'de, serde_json::Error> for Given<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}
