//! Objects that are read at once hold what `serde_json` reads in them; what is not ordinary is refused.

use proptest::prelude::*;
use seedance_flat::{Blanks, Flat, Holds, MOST_ITEMS, Member, is_blank};
use serde_json::{Map, Value, json};

const NAMES: [(&str, Holds); 5] = [
    ("model", Holds::Text),
    ("duration", Holds::Whole),
    ("ratio", Holds::Text),
    ("images", Holds::Texts),
    ("reference_videos", Holds::Texts),
];

const MEMBERS: [Member; 5] = {
    let mut members = [Member::new("", Holds::Text); 5];
    let mut index = 0;
    while index < 5 {
        members[index] = Member::new(NAMES[index].0, NAMES[index].1);
        index += 1;
    }
    members
};

/// What was read, as JSON, and the text of the object where it is compact.
fn read(text: &str) -> Option<(Value, Option<&str>)> {
    let mut flat = Flat::new(text);
    if !flat.read(&MEMBERS, Blanks::Taken) {
        return None;
    }
    let mut object = Map::new();
    for (place, (name, holds)) in NAMES.into_iter().enumerate() {
        if flat.there() & 1 << place == 0 {
            continue;
        }
        let value = match holds {
            Holds::Whole => json!(flat.whole(place)),
            Holds::Text => json!(flat.text(place)),
            Holds::Texts => json!(flat.list(place)),
        };
        object.insert(name.into(), value);
    }
    Some((Value::Object(object), flat.compact()))
}

#[test]
fn an_ordinary_object() {
    let text = r#"{"model":"m","duration":15,"images":["https://a.example/1.jpg","b"],"reference_videos":["雪"]}"#;
    let value = serde_json::from_str(text).expect("JSON");
    assert_eq!(read(text), Some((value, Some(text))));
    let mut flat = Flat::new(text);
    assert!(flat.read(&MEMBERS, Blanks::Taken) && flat.is_ordered() && flat.is_all());
    assert_eq!(flat.list(3), ["https://a.example/1.jpg", "b"]);
}

#[test]
fn what_stands_behind_it_is_left() {
    let mut flat = Flat::new("{\"ratio\":\"1:1\",\"model\":\"m\"}\n{}");
    assert!(flat.read(&MEMBERS, Blanks::Taken));
    assert!(!flat.is_ordered() && !flat.is_all());
    assert_eq!(flat.rest(), b"\n{}");
    assert_eq!(flat.compact(), Some(r#"{"ratio":"1:1","model":"m"}"#));
    let mut flat = Flat::new("{\"model\":\"m\"} \r\n\t");
    assert!(flat.read(&MEMBERS, Blanks::Taken) && flat.is_all());
}

#[test]
fn blanks_are_passed_and_told() {
    for text in [
        "{ \"model\":\"m\"}",
        "{\"model\" :\"m\"}",
        "{\"model\":\n\"m\"}",
        "{\"model\":\"m\"\t}",
        "\r{\"model\":\"m\"}",
    ] {
        assert_eq!(read(text), Some((json!({"model": "m"}), None)), "{text:?}");
    }
}

#[test]
fn blanks_are_refused_where_nothing_behind_a_line_may_be_read() {
    for text in [
        "\n{\"model\":\"m\"}",
        "{\"model\":\n\"m\"}",
        "{\"model\": \"m\"}",
        "{\"model\":\"m\" }",
    ] {
        assert!(!Flat::new(text).read(&MEMBERS, Blanks::Refused), "{text:?}");
    }
    let mut flat = Flat::new("{\"model\":\"a b\"}\n");
    assert!(flat.read(&MEMBERS, Blanks::Refused));
    assert_eq!((flat.text(0), flat.rest()), ("a b", &b"\n"[..]));
}

#[test]
fn numbers_of_nine_digits() {
    for digits in ["0", "7", "10", "999999999"] {
        let number: u32 = digits.parse().expect("a number");
        let text = format!("{{\"duration\":{digits}}}");
        assert_eq!(
            read(&text),
            Some((json!({ "duration": number }), Some(&*text)))
        );
    }
}

#[test]
fn what_is_not_ordinary_is_refused() {
    for text in [
        "",
        "{",
        "{}",
        "[]",
        "{\"model\"",
        "{\"model\":",
        "{\"model\":\"m\"",
        "{\"model\":\"m\",",
        "{\"model\":\"m\",}",
        "{\"model\":\"m\"]",
        "{\"model\":\"m\" \"ratio\":\"1:1\"}",
        "{\"model\":\"m\",\"model\":\"m\"}",
        "{\"ratio\":\"1:1\",\"model\":\"m\",\"ratio\":\"1:1\"}",
        "{\"mode\":\"m\"}",
        "{\"models\":\"m\"}",
        "{\"Model\":\"m\"}",
        "{\"mod\\u0065l\":\"m\"}",
        "{\"reference_video\":[\"v\"]}",
        "{\"reference_videoz\":[\"v\"]}",
        "{\"reference_videos2\":[\"v\"]}",
        "{\"model\":\"\"}",
        "{\"model\":\" \u{3000}\"}",
        "{\"model\":\"a\\n\"}",
        "{\"model\":\"a\nb\"}",
        "{\"model\":5}",
        "{\"model\":null}",
        "{\"model\":[\"m\"]}",
        "{\"duration\":\"5\"}",
        "{\"duration\":-5}",
        "{\"duration\":05}",
        "{\"duration\":00}",
        "{\"duration\":5.0}",
        "{\"duration\":5e0}",
        "{\"duration\":1000000000}",
        "{\"duration\":}",
        "{\"images\":[]}",
        "{\"images\":[\"\"]}",
        "{\"images\":[\"a\",]}",
        "{\"images\":[\"a\"}",
        "{\"images\":[\"a\" \"b\"]}",
        "{\"images\":[5]}",
        "{\"images\":\"a\"}",
    ] {
        assert_eq!(read(text), None, "{text:?}");
    }
}

#[test]
fn lists_have_room_for_so_many_strings() {
    let list = |items: usize| format!("{{\"images\":[{}]}}", vec!["\"a\""; items].join(","));
    assert!(read(&list(MOST_ITEMS)).is_some());
    assert!(read(&list(MOST_ITEMS + 1)).is_none());
}

/// Text near an ordinary object: its parts, some of them replaced.
fn near() -> impl Strategy<Value = String> {
    let value = prop_oneof![
        4 => "\"[a-z:/.雪 ]{0,20}\"",
        2 => "(0|[1-9][0-9]{0,10})",
        2 => "\\[(\"[a-z]{1,9}\"(, ?\"[a-z]{1,9}\")?)?\\]",
        1 => "(null|true|5\\.0|1e1|\\{\\}|\"a\\\\n\"|\"\\\\u0061\"|\"[\u{1}-\u{1f}]\"|[\\[{]|\"x)",
    ];
    let name = prop_oneof![
        8 => proptest::sample::select(NAMES.map(|(name, _)| name).to_vec()).prop_map(str::to_owned),
        1 => "[a-z_]{0,17}",
    ];
    let member =
        (name, " ?", value).prop_map(|(name, blank, value)| format!("\"{name}\":{blank}{value}"));
    let members = proptest::collection::vec(member, 0..6);
    (members, "(\\{|)", "(,|,|, |,,)", "(\\}|\\}|\\}\n|)").prop_map(
        |(members, begin, mark, end)| {
            format!("{{{begin}{}{end}", members.join(&mark)).replace("{{", "{")
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_read_is_what_serde_json_reads(text in near()) {
        if let Some((value, compact)) = read(&text) {
            let mut flat = Flat::new(&text);
            flat.read(&MEMBERS, Blanks::Taken);
            let object = &text[..text.len() - flat.rest().len()];
            let same: Value = serde_json::from_str(object).expect("what is read is JSON");
            prop_assert_eq!(&value, &same);
            // Without blanks it is as long as it is written, in whatever order.
            let is_compact = same.to_string().len() == object.len();
            prop_assert_eq!(compact, is_compact.then_some(object));
        }
    }

    #[test]
    fn what_serde_json_writes_of_ordinary_values_is_read(
        model in "\\PC{1,30}",
        duration in 0_u32..1_000_000_000,
        images in proptest::collection::vec("[!-~]{1,40}", 1..9),
    ) {
        let value = json!({"model": model, "duration": duration, "images": images});
        let text = value.to_string();
        let is_ordinary = !text.contains('\\') && !is_blank(&model);
        prop_assert_eq!(read(&text).map(|(read, _)| read), is_ordinary.then_some(value));
    }
}
