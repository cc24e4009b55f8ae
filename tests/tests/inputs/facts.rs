//! Media facts as text, which in most cases a parsed value could not express.

use seedance_core::{Facts, Job};
use seedance_tests::oracle::facts;
use seedance_tests::oracle::json::parse;

use crate::one_line;

/// A text for a request with two reference videos and one reference audio, and whether it is accepted.
const FACTS: &[(&str, bool)] = &[
    (" null ", true),
    (r#"{"reference_videos":[{"seconds":3.00,"bytes":1e6},null]}"#, true),
    (r#"{"reference_videos":[{"seconds":86400.000000000000000001}]}"#, true),
    (r#"{"reference_videos":[{"seconds":1e-400}]}"#, true),
    (r#"{"reference_videos":[{"seconds":-1e-400}]}"#, true),
    (r#"{"reference_videos":[{"width":1280.00000000000000000001}]}"#, true),
    (r#"{"reference_videos":[{"bytes":123456789012345678901234567890}]}"#, true),
    (r#"{"reference_videos":[{"seconds":{"max":3,"min":3.0}}]}"#, true),
    (r#"{"reference_videos":[],"reference_videos":[]}"#, false),
    (r#"{"reference_videos":null,"reference_videos":null}"#, false),
    (r#"{"reference_videos":[{"seconds":1,"seconds":1}]}"#, false),
    (r#"{"reference_videos":[{"seconds":1,"s\u0065conds":1}]}"#, false),
    (r#"{"reference_videos":[{"seconds":null,"seconds":1}]}"#, false),
    (r#"{"reference_videos":[{"seconds":{"min":1,"max":2,"max":2}}]}"#, false),
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
    (r#"{"reference_videos":[{"seconds":0}]}"#, true),
    (r#"{"reference_videos":[{"seconds":{"min":0,"max":0}}]}"#, true),
    (r#"{"reference_audios":[]}"#, true),
    (r#"{"reference_audios":null}"#, true),
    (r#"{"reference_audios":[null]}"#, true),
    (r#"{"reference_audios":[{"seconds":4.2}]}"#, true),
    (r#"{"reference_audios":[{"seconds":null}]}"#, true),
    (r#"{"reference_audios":[{"seconds":{"min":1,"max":2}}]}"#, true),
    (r#"{"reference_audios":[{}],"reference_videos":[{}]}"#, true),
    (r#"{"reference_audios":[null,null]}"#, false),
    (r#"{"reference_audios":{}}"#, false),
    (r#"{"reference_audios":[5]}"#, false),
    (r#"{"reference_audios":[{"bytes":1}]}"#, false),
    (r#"{"reference_audios":[{"width":null}]}"#, false),
    (r#"{"reference_audios":[{"seconds":-1}]}"#, false),
    (r#"{"reference_audios":[{"seconds":86401}]}"#, false),
    (r#"{"reference_audios":[{"seconds":1,"seconds":1}]}"#, false),
    (r#"{"reference_audios":[{"seconds":{"min":2,"max":1}}]}"#, false),
    (r#"{"reference_audios":[],"reference_audios":[]}"#, false),
];

#[test]
fn texts_of_facts() {
    let body = r#"{"model":"seedance2.0-std","prompt":"x","duration":5,"reference_videos":["https://example.com/a.mp4","https://example.com/b.mp4"],"reference_audios":["https://example.com/a.mp3"]}"#;
    for &(text, taken) in FACTS {
        let found = Facts::from_slice(text.as_bytes())
            .and_then(|facts| Job::new(body).with_facts(facts).map(|_| ()));
        assert_eq!(found.is_ok(), taken, "{text}: {found:?}");
        let expected = parse(text.as_bytes())
            .map_err(str::to_owned)
            .and_then(|parsed| facts::read(&parsed, 2, 1));
        assert_eq!(expected.is_ok(), taken, "oracle, {text}: {expected:?}");
        one_line(text, found.err());
    }
}

#[test]
fn an_input_error_names_its_entry() {
    let said = |text: &str| Facts::from_slice(text.as_bytes()).expect_err("bad facts").to_string();
    assert!(
        said(r#"{"reference_videos":[null,{"seconds":-1}]}"#)
            .contains("/reference_videos/1/seconds")
    );
    assert!(
        said(r#"{"reference_videos":[{"seconds":{"min":2,"max":1}}]}"#)
            .contains("/reference_videos/0/seconds")
    );
    assert!(
        said(r#"{"reference_audios":[null,{"seconds":"4"}]}"#)
            .contains("/reference_audios/1/seconds")
    );
}
