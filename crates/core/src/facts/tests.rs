use alloc::string::{String, ToString};
use alloc::vec;

use proptest::prelude::*;
use serde_json::json;

use super::{Facts, Field, Length, MAX_SECONDS, MediaFacts, microseconds};
use crate::Lang;

fn read(text: &str) -> Facts {
    Facts::from_slice(text.as_bytes()).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn refusal(text: &str) -> String {
    let error = Facts::from_slice(text.as_bytes()).expect_err(text);
    assert!(error.message(Lang::Zh).starts_with("素材信息："), "{text}");
    // If the text is JSON without repeated members, the parsed value gets the same error.
    if let Ok(value) = serde_json::from_str::<serde_json::Value>(text)
        && !error.to_string().contains("more than once")
    {
        assert_eq!(Facts::from_value(&value).expect_err(text), error);
    }
    error.to_string()
}

#[test]
fn reads_the_contracts_example() {
    let text = r#"{ "reference_videos": [ { "seconds": 3.2, "bytes": 1048576, "width": 1280, "height": 720, "frame_rate": 30 }, null ] }"#;
    let facts = read(text);
    let video = MediaFacts {
        length: Some(Length::Exact(3_200_000)),
        bytes: Some(1_048_576),
        width: Some(1280),
        height: Some(720),
        frame_rate: Some(30.0),
    };
    assert_eq!(facts, Facts::from_videos(vec![Some(video), None]));
    let written = serde_json::to_value(&facts).unwrap();
    assert_eq!(
        written,
        json!({ "reference_videos": [{ "seconds": 3.2, "bytes": 1_048_576, "width": 1280, "height": 720, "frame_rate": 30.0 }, null] })
    );
    assert_eq!(serde_json::from_value::<Facts>(written).unwrap(), facts);
}

#[test]
fn null_is_nothing_known() {
    for text in ["null", "{}", r#"{"reference_videos":null}"#, r#"{"reference_videos":[]}"#] {
        assert_eq!(read(text), Facts::default(), "{text}");
    }
    let nothing = r#"{"reference_videos":[{"seconds":null,"bytes":null,"width":null,"height":null,"frame_rate":null}]}"#;
    assert_eq!(read(nothing), Facts::from_videos([Some(MediaFacts::default())]));
}

#[test]
fn intervals_and_edges() {
    let interval = read(r#"{"reference_videos":[{"seconds":{"max":3.6,"min":3.4}}]}"#);
    assert_eq!(
        interval.of(Field::ReferenceVideos, 0).unwrap().length,
        Some(Length::Between { min: 3_400_000, max: 3_600_000 })
    );
    assert_eq!(
        serde_json::to_string(&interval).unwrap(),
        r#"{"reference_videos":[{"seconds":{"min":3.4,"max":3.6}}]}"#
    );
    let edge = read(
        r#"{"reference_videos":[{"seconds":86400,"bytes":5.0,"width":0,"height":-0,"frame_rate":0}]}"#,
    );
    let video = edge.of(Field::ReferenceVideos, 0).unwrap();
    assert_eq!(video.length, Some(Length::Exact(86_400_000_000)));
    assert_eq!((video.bytes, video.width, video.height), (Some(5), Some(0), Some(0)));
    let huge = read(r#"{"reference_videos":[{"bytes":1e300}]}"#);
    assert_eq!(huge.of(Field::ReferenceVideos, 0).unwrap().bytes, Some(u64::MAX));
}

#[test]
fn ties_go_up() {
    for (seconds, expected) in [
        (0.0, 0),
        (5e-7, 1),
        (4.9e-7, 0),
        (2.499_999_5, 2_500_000),
        (2.499_999_4, 2_499_999),
        (14.999_999_5, 15_000_000),
        (15.000_000_4, 15_000_000),
        (16.408_313_5, 16_408_314),
    ] {
        assert_eq!(microseconds(seconds), expected, "{seconds}");
    }
}

#[test]
fn names_the_entry() {
    let first =
        |member: &str| refusal(&alloc::format!(r#"{{"reference_videos":[null,{member}]}}"#));
    for (member, message) in [
        (
            r#"{"seconds":-0.0000001}"#,
            "media facts: `/reference_videos/1/seconds`: must not be negative",
        ),
        (
            r#"{"seconds":86400.0000001}"#,
            "media facts: `/reference_videos/1/seconds`: more than 86400 seconds; is the value in milliseconds?",
        ),
        (
            r#"{"seconds":"3"}"#,
            "media facts: `/reference_videos/1/seconds`: expected a number or an object with `min` and `max`, found a string",
        ),
        (
            r#"{"seconds":{"min":1}}"#,
            "media facts: `/reference_videos/1/seconds`: `max` is missing; give both `min` and `max`",
        ),
        (
            r#"{"seconds":{"min":null,"max":1}}"#,
            "media facts: `/reference_videos/1/seconds`: `min` is missing; give both `min` and `max`",
        ),
        (
            r#"{"seconds":{"min":2,"max":1}}"#,
            "media facts: `/reference_videos/1/seconds`: `min` is above `max`",
        ),
        (
            r#"{"seconds":{"min":1,"max":1e9}}"#,
            "media facts: `/reference_videos/1/seconds/max`: more than 86400 seconds; is the value in milliseconds?",
        ),
        (
            r#"{"seconds":{"min":1,"max":2,"unit":"s"}}"#,
            "media facts: `/reference_videos/1/seconds/unit`: unknown field; use `min` or `max`",
        ),
        (
            r#"{"seconds":{"min":1,"min":1,"max":2}}"#,
            "media facts: `/reference_videos/1/seconds/min`: appears more than once; keep one",
        ),
        (r#"{"bytes":1.5}"#, "media facts: `/reference_videos/1/bytes`: must be a whole number"),
        (r#"{"width":-1}"#, "media facts: `/reference_videos/1/width`: must not be negative"),
        (
            r#"{"height":true}"#,
            "media facts: `/reference_videos/1/height`: expected a number, found a boolean",
        ),
        (
            r#"{"frame_rate":-24}"#,
            "media facts: `/reference_videos/1/frame_rate`: must not be negative",
        ),
        (
            r#"{"fps":24}"#,
            "media facts: `/reference_videos/1/fps`: unknown field; use `seconds`, `bytes`, `width`, `height` or `frame_rate`",
        ),
        (
            r#"{"bytes":1,"bytes":1}"#,
            "media facts: `/reference_videos/1/bytes`: appears more than once; keep one",
        ),
        ("3", "media facts: `/reference_videos/1`: expected an object, found a number"),
    ] {
        assert_eq!(first(member), message);
    }
    assert_eq!(refusal("[]"), "media facts: expected an object, found an array");
    assert_eq!(
        refusal(r#"{"videos":[]}"#),
        "media facts: `/videos`: unknown field; use `reference_videos` or `reference_audios`"
    );
    assert_eq!(
        refusal(r#"{"reference_videos":{}}"#),
        "media facts: `/reference_videos`: expected an array, found an object"
    );
}

#[test]
fn says_why_a_text_is_not_json() {
    for (text, message) in [
        (&b""[..], "the text is empty (line 1, column 1)"),
        (b" \n ", "the text is empty (line 2, column 1)"),
        (
            b"\xEF\xBB\xBF{}",
            "the text begins with a byte-order mark; save it as UTF-8 without one (line 1, column 1)",
        ),
        (b"\xFF\xFE{\0}\0", "the text is UTF-16; save it as UTF-8 (line 1, column 1)"),
        (b"{\0}\0", "the text is UTF-16; save it as UTF-8 (line 1, column 2)"),
        (b"{}{}", "there is more text after the value (line 1, column 3)"),
        ("{\"é\": tru}".as_bytes(), "a value is expected here (line 1, column 10)"),
        (b"{\"reference_videos\":[", "the array is not closed (line 1, column 21)"),
    ] {
        let error = Facts::from_slice(text).unwrap_err().to_string();
        assert_eq!(error, alloc::format!("media facts: invalid JSON: {message}"));
    }
}

#[test]
fn counts_against_the_request() {
    let facts = read(r#"{"reference_videos":[null,null]}"#);
    assert!(facts.check_count(2, 0).is_ok() && facts.check_count(3, 0).is_ok());
    let error = facts.check_count(1, 0).unwrap_err();
    assert_eq!(
        error.to_string(),
        "media facts: `/reference_videos`: more entries (2) than reference videos in the request (1)"
    );
    assert!(Facts::default().check_count(0, 0).is_ok());
}

#[test]
fn a_text_may_not_nest_without_end() {
    let text = String::from(r#"{"reference_videos":"#) + &"[".repeat(100_000);
    assert_eq!(
        Facts::from_slice(text.as_bytes()).unwrap_err().to_string(),
        "media facts: invalid JSON: the value is nested too deeply (line 1, column 147)"
    );
}

#[test]
fn audios_are_validated_as_videos_are() {
    let facts = read(
        r#"{"reference_audios":[null,{"seconds":{"min":1,"max":1.5}}],"reference_videos":null}"#,
    );
    assert_eq!(facts.of(Field::ReferenceAudios, 0), None);
    let length = facts.of(Field::ReferenceAudios, 1).and_then(MediaFacts::known_length);
    assert_eq!(length, Some(Length::Between { min: 1_000_000, max: 1_500_000 }));
    assert!(facts.check_count(0, 2).is_ok());
    assert_eq!(
        facts.check_count(5, 1).unwrap_err().to_string(),
        "media facts: `/reference_audios`: more entries (2) than reference audio files in the request (1)"
    );
    assert_eq!(
        refusal(r#"{"reference_audios":[{"bytes":1}]}"#),
        "media facts: `/reference_audios/0/bytes`: unknown field; use `seconds`"
    );
}

#[test]
fn a_length_of_nothing_is_unknown() {
    for (seconds, known) in [
        ("0", false),
        ("4e-7", false),
        ("5e-7", true),
        (r#"{"min":0,"max":0}"#, false),
        (r#"{"min":0,"max":1}"#, true),
    ] {
        let facts = read(&alloc::format!(r#"{{"reference_videos":[{{"seconds":{seconds}}}]}}"#));
        assert_eq!(
            facts.of(Field::ReferenceVideos, 0).and_then(MediaFacts::known_length).is_some(),
            known,
            "{seconds}"
        );
    }
}

proptest! {
    #[test]
    fn any_bytes_give_an_answer(bytes in proptest::collection::vec(any::<u8>(), 0..60)) {
        let _ = Facts::from_slice(&bytes);
    }

    #[test]
    fn a_length_is_within_half_a_microsecond(seconds in 0.0f64..86_400.0) {
        let error = microseconds(seconds) as f64 / 1e6 - seconds;
        prop_assert!(error.abs() <= 0.500_1e-6);
    }

    #[test]
    fn what_is_written_reads_back(seconds in proptest::option::of(0u64..86_400_000_000), bytes in proptest::option::of(0u64..1 << 53)) {
        let video = MediaFacts { length: seconds.map(Length::Exact), bytes, ..MediaFacts::default() };
        let facts = Facts::from_videos([Some(video)]);
        let text = serde_json::to_vec(&facts).unwrap();
        prop_assert_eq!(Facts::from_slice(&text).unwrap(), facts);
    }
}

/// Lengths that no text can state, but Rust can.
#[test]
fn an_impossible_length_counts_as_unknown() {
    let (second, most) = (Length::SECOND, u64::from(MAX_SECONDS) * Length::SECOND);
    for length in [
        Length::Exact(u64::MAX),
        Length::Exact(most + 1),
        Length::Between { min: 2 * second, max: u64::MAX },
        Length::Between { min: 9 * second, max: second },
    ] {
        let facts = MediaFacts { length: Some(length), ..MediaFacts::default() };
        assert_eq!(facts.known_length(), None);
    }
    let day = MediaFacts { length: Some(Length::Exact(most)), ..MediaFacts::default() };
    assert_eq!(day.known_length(), day.length);
}
