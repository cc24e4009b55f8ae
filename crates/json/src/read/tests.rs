use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::Events;

/// Reads a whole text into a tree.
fn read(text: &str) -> Result<serde_json::Value, Fault> {
    let mut reader = Reader::new(text);
    let value = tree(&mut reader);
    reader.end()?;
    Ok(value)
}

fn tree(source: &mut dyn Source<'_>) -> serde_json::Value {
    match source.value() {
        Value::Null => json!(null),
        Value::Bool(value) => json!(value),
        Value::Number(number) => json!(number),
        Value::Signed(number) => json!(number),
        Value::Unsigned(number) => json!(number),
        Value::Text(text) => json!(text),
        Value::Foreign => json!("foreign"),
        Value::List => {
            let mut items = Vec::new();
            while source.more() {
                items.push(tree(source));
            }
            items.into()
        }
        Value::Object => {
            let mut members = serde_json::Map::new();
            while let Some(name) = source.key() {
                let value = tree(source);
                members.insert(name.into_owned(), value);
            }
            members.into()
        }
    }
}

/// What serde_json says, in our terms: values with all numbers as binary64, or the words and the place of the fault.
#[track_caller]
fn assert_as_serde_json(text: &str) {
    match (serde_json::from_str::<serde_json::Value>(text), read(text)) {
        (Ok(theirs), Ok(ours)) => assert_eq!(floats(theirs), ours, "{text:?}"),
        (Err(theirs), Err(ours)) => {
            let words = format!("{theirs}");
            let (reason, _) = words.rsplit_once(" at line ").unwrap();
            assert_eq!(reason, ours.reason, "{text:?}");
            let line_start: usize = text
                .split_inclusive('\n')
                .take(theirs.line() - 1)
                .map(str::len)
                .sum();
            let at = line_start + theirs.column().saturating_sub(1);
            // A number that is too large because of its exponent is refused at its end, not amid the exponent.
            if reason != "number out of range" {
                assert_eq!(at, ours.offset, "{text:?}");
            }
            assert_eq!(theirs.is_eof(), ours.is_end(), "{text:?}");
        }
        (theirs, ours) => panic!("{text:?}: {theirs:?}, {ours:?}"),
    }
}

fn floats(value: serde_json::Value) -> serde_json::Value {
    match value {
        serde_json::Value::Number(number) => json!(number.as_f64()),
        serde_json::Value::Array(items) => items.into_iter().map(floats).collect(),
        serde_json::Value::Object(members) => members
            .into_iter()
            .map(|(name, value)| (name, floats(value)))
            .collect(),
        other => other,
    }
}

const TEXT: &str = "{\"a\": [1, -2.5e-3 ,\ttrue,false, null,\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00 视频\"],\r\n \"b\":{}, \"c\":[ ], \"\":{\"d\":[[]]}} \n";

#[test]
fn every_cut_and_every_changed_byte() {
    assert_as_serde_json(TEXT);
    for (at, character) in TEXT.char_indices() {
        assert_as_serde_json(&TEXT[..at]);
        let rest = &TEXT[at + character.len_utf8()..];
        for other in " \n\u{0}\u{1f}\"\\/,:[]{}019-+.eEnulltrufasxdD8é\u{7f}".chars() {
            assert_as_serde_json(&format!("{}{other}{rest}", &TEXT[..at]));
            assert_as_serde_json(&format!("{}{other}{character}{rest}", &TEXT[..at]));
        }
    }
}

#[test]
fn odd_texts() {
    for text in [
        "",
        " ",
        "\n",
        "-",
        "-0",
        "01",
        "1.",
        "1.e",
        "1e",
        "1e+",
        "--1",
        "\"\n\"",
        "\"\n",
        "[1,",
        "[,",
        "[1,,",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1,",
        "{,",
        "{1",
        "nul",
        "nulL",
        "tru\n",
        "1 1",
        "\"\\ud800\"",
        "\"\\ud800\\",
        "\"\\ud800\\n\"",
        "\"\\ud800\\ud800\"",
        "\"\\udc00\"",
        "\"\\u12",
        "\"\\u12g4\"",
        "\"\\x\"",
        "1e400",
        "-1e400",
        "\u{feff}{}",
        "1e99999999999999999999",
        "-0e99999999999999999999",
    ] {
        assert_as_serde_json(text);
    }
}

#[test]
fn nesting_ends_at_the_same_depth() {
    for depth in [MAX_DEPTH, MAX_DEPTH + 1] {
        assert_as_serde_json(&format!("{}{}", "[".repeat(depth), "]".repeat(depth)));
        assert_as_serde_json(&format!(
            "{}1{}",
            "{\"a\":".repeat(depth),
            "}".repeat(depth)
        ));
    }
}

#[test]
fn raw_text_is_what_stands_there() {
    let mut reader = Reader::new(" {\"a\": [1.50 , {} ] , \"b\":2}x");
    assert_eq!(reader.raw(), Some("{\"a\": [1.50 , {} ] , \"b\":2}"));
    assert_eq!(reader.end().unwrap_err().reason, "trailing characters");
    let unjudged = format!("[1e999,\"\\ud800\",{}]", "[".repeat(200) + &"]".repeat(200));
    let mut reader = Reader::new(&unjudged);
    assert_eq!(reader.raw_unjudged(), unjudged);
    assert_eq!(reader.end(), Ok(()));
    let mut reader = Reader::new(&unjudged);
    reader.raw();
    assert_eq!(reader.fault().unwrap().reason, "number out of range");
}

#[test]
fn behind_a_fault_nothing_more_comes() {
    let mut reader = Reader::new("[{\"a\": 1e400, \"b\": 2}, 3]");
    assert_eq!(reader.value(), Value::List);
    assert!(reader.more());
    assert_eq!(reader.value(), Value::Object);
    assert_eq!(reader.key().as_deref(), Some("a"));
    for _ in 0..2 {
        assert_eq!(reader.value(), Value::Foreign);
        assert_eq!(reader.key(), None);
        assert!(!reader.more());
        assert_eq!(reader.end().unwrap_err().reason, "number out of range");
    }
}

#[test]
fn positions_count_characters() {
    let text = "[\"视频\",\n \"é\" x";
    let fault = read(text).unwrap_err();
    assert_eq!(fault.position(text.as_bytes()), (2, 6));
}

#[test]
fn parsed_values_come_as_they_are() {
    let value =
        json!({ "a": [1, -1, 1.5, u64::MAX, null, true], "b": { "c": "d" }, "e": [[], {}] });
    let mut events = Events::of(&value).unwrap();
    assert_eq!(tree(&mut events), value);
    let mut events = Events::of(&value).unwrap();
    let source: &mut dyn Source<'_> = &mut events;
    let begun = source.value();
    source.skip(&begun);
    assert_eq!(source.value(), Value::Foreign);
    assert_eq!(source.fault(), None);
}

proptest! {
    #[test]
    fn any_mutation(places in proptest::collection::vec((0..TEXT.len(), any::<u8>()), 1..6), end in 0..=TEXT.len()) {
        let mut bytes = TEXT.as_bytes().to_vec();
        for (at, byte) in places {
            bytes[at] = byte;
        }
        bytes.truncate(end);
        assert_as_serde_json(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn any_text(text in "[ \\[\\]{},:\"\\\\u0-9d8.eE+nultrfas-]{0,40}") {
        assert_as_serde_json(&text);
    }
}
