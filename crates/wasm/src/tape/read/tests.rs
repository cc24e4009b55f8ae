use seedance_core::table::Field;
use seedance_core::{Body, Job, Lang, Report, RuleId};
use serde_json::{Value as Json, json};

use super::*;

/// A tape as JavaScript writes it.
#[derive(Default)]
struct Tape {
    words: Vec<u32>,
    strings: String,
}

impl Tape {
    fn of(value: &Json) -> Self {
        let mut tape = Self::default();
        tape.put(value);
        tape
    }

    fn put(&mut self, value: &Json) {
        match value {
            Json::Null => self.words.push(tag::NULL),
            Json::Bool(false) => self.words.push(tag::FALSE),
            Json::Bool(true) => self.words.push(tag::TRUE),
            Json::Number(number) => self.put_number(number.as_f64().unwrap()),
            Json::String(text) => self.put_text(text),
            Json::Array(items) => {
                self.words.push(tag::LIST);
                items.iter().for_each(|item| self.put(item));
                self.words.push(tag::END);
            }
            Json::Object(members) => {
                self.words.push(tag::OBJECT);
                for (name, value) in members {
                    match Field::named(name) {
                        Some(field) => self.put_word(tag::FIELD, field as usize),
                        None => self.put_text(name),
                    }
                    self.put(value);
                }
                self.words.push(tag::END);
            }
        }
    }

    fn put_word(&mut self, tag: u32, payload: usize) {
        self.words.push(tag | (payload as u32) << TAG_BITS);
    }

    fn put_number(&mut self, number: f64) {
        let small = number as i32;
        if f64::from(small) == number && small.unsigned_abs() as usize <= LARGEST {
            return self.put_word(tag::SMALL, small as usize);
        }
        let bits = number.to_bits();
        self.words
            .extend([tag::NUMBER, bits as u32, (bits >> 32) as u32]);
    }

    fn put_text(&mut self, text: &str) {
        self.put_word(tag::TEXT, text.encode_utf16().count());
        self.strings.push_str(text);
    }

    fn check(&self) -> Report<'static> {
        let units = self.strings.encode_utf16().count();
        let mut reader = Reader::new(&self.words, &self.strings, units, b"");
        let body = Body::from_source(&mut reader);
        assert!(reader.words.as_slice().is_empty());
        Job::new(body).check(Lang::En).into_owned()
    }
}

fn ordinary() -> Json {
    json!({
        "model": "seedance2.0-mini-video",
        "prompt": "a 狐 fox 🦊",
        "duration": 8,
        "images": ["https://example.com/a.png", "https://example.com/b.png"],
        "reference_videos": ["https://example.com/a.mp4"],
    })
}

#[test]
fn bodies_are_judged_as_their_json_text_is() {
    let changes = json!([
        {},
        { "ratio": "16:9" },
        { "model": "nope" },
        { "prompt": " " },
        { "prompt": null },
        { "duration": 99 },
        { "duration": -5 },
        { "duration": 5.5 },
        { "duration": 1e300 },
        { "duration": "8" },
        { "images": [] },
        { "images": ["https://example.com/a.png", ""] },
        { "images": ["https://example.com/a.png", 5, ["https://example.com/b.png"]] },
        { "images": "https://example.com/a.png" },
        { "images": vec!["https://example.com/a.png"; 40] },
        { "first_image": { "url": ["a"] } },
        { "seed": { "a": [1, -2.5, "狐", null, true], "b": {} } },
    ]);
    for change in changes.as_array().unwrap() {
        let mut body = ordinary();
        for (name, value) in change.as_object().unwrap() {
            body[name] = value.clone();
        }
        let text = body.to_string();
        let judged = Job::new(text.as_str()).check(Lang::En).into_owned();
        assert_eq!(Tape::of(&body).check(), judged, "{text}");
    }
    for other in [json!(null), json!(true), json!(5), json!("a"), json!([{}])] {
        let judged = seedance_core::check(&other);
        assert_eq!(Tape::of(&other).check(), judged, "{other}");
    }
}

#[test]
fn what_json_cannot_hold_has_a_tag_without_a_name_here() {
    const FOREIGN: u32 = 3;
    const ABSENT: u32 = 11;
    for word in [FOREIGN, ABSENT] {
        let mut tape = Tape::default();
        tape.words.push(word);
        assert_eq!(tape.check().findings[0].rule, RuleId::BodyNotObject);
        let mut reader = Reader::new(&tape.words, "", 0, b"");
        assert_eq!(reader.document(), None);
        assert_eq!(reader.end(), Ok(()));
    }
}

#[test]
fn a_tape_that_is_cut_off_is_no_json() {
    let whole = Tape::of(&ordinary());
    for length in 0..whole.words.len() {
        let cut = Tape {
            words: whole.words[..length].to_vec(),
            strings: whole.strings.clone(),
        };
        assert_eq!(cut.check().findings[0].rule, RuleId::InvalidJson);
    }
    let cut = Tape {
        words: whole.words,
        strings: "seedance".into(),
    };
    assert_eq!(cut.check().findings[0].rule, RuleId::InvalidJson);
}

#[test]
fn arguments_that_are_text_stand_behind_the_strings() {
    let words = [3, 2].map(|bytes| tag::DOCUMENT | bytes << TAG_BITS);
    let mut reader = Reader::new(&words, "", 0, b"{ }zh");
    assert!(reader.holds_document());
    assert_eq!(reader.document(), Some(&b"{ }"[..]));
    assert_eq!(reader.document(), Some(&b"zh"[..]));
    assert_eq!(reader.end(), Ok(()));
    let mut reader = Reader::new(&words, "", 0, b"{ }z");
    reader.document();
    assert_eq!(reader.document(), None);
    assert_eq!(reader.end(), Err(CUT_OFF));
}
