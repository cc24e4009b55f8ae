use super::*;

const SMALLEST: f64 = -134_217_728.0;
const LARGEST: f64 = 134_217_727.0;

fn written(given: &str, write: impl FnOnce(&mut Writer<'_>)) -> (Vec<u32>, String) {
    let (mut words, mut text) = (Vec::new(), String::new());
    let units = given.encode_utf16().count();
    write(&mut Writer::new(&mut words, &mut text, (given, units)));
    (words, text)
}

fn word(tag: u32, payload: u32) -> u32 {
    tag | payload << TAG_BITS
}

#[test]
fn a_whole_number_that_fits_takes_one_word() {
    for number in [0.0, 1.0, -1.0, LARGEST, SMALLEST] {
        let (words, _) = written("", |tape| tape.number(number));
        assert_eq!(words, [word(tag::SMALL, number as i32 as u32)], "{number}");
    }
    for number in [-0.0, 0.5, LARGEST + 1.0, SMALLEST - 1.0, f64::MAX] {
        let (words, _) = written("", |tape| tape.number(number));
        let bits = number.to_bits();
        assert_eq!(
            words,
            [tag::NUMBER, bits as u32, (bits >> 32) as u32],
            "{number}"
        );
    }
    let (words, _) = written("", |tape| tape.unsigned(u64::MAX));
    assert_eq!(words[2], ((u64::MAX as f64).to_bits() >> 32) as u32);
}

#[test]
fn strings_of_the_arguments_are_pointed_at_in_code_units() {
    let given = "ab雪🦊cé";
    let parts = ["é", "🦊", "ab", "雪🦊", "c"];
    let (words, text) = written(given, |tape| {
        for part in parts {
            let at = given.find(part).unwrap();
            tape.text(&given[at..at + part.len()]);
        }
    });
    let at = |units, start| [word(tag::GIVEN, units), start];
    assert_eq!(
        words,
        [at(1, 6), at(2, 3), at(2, 0), at(3, 2), at(1, 5)].concat()
    );
    assert_eq!(text, "");
}

#[test]
fn the_body_is_pointed_at_where_no_character_can_have_been_replaced() {
    for (given, is_sure) in [
        ("", true),
        ("a fox", true),
        ("é", false),
        ("\u{fffd}", false),
    ] {
        let (words, _) = written(given, |tape| {
            assert_eq!(tape.has_given_strings(), is_sure);
            tape.same();
        });
        assert_eq!(words, [tag::SAME]);
    }
}

#[test]
fn other_strings_are_brought_along_with_their_code_units() {
    let other = String::from("ab🦊");
    let (words, text) = written("ab🦊", |tape| {
        tape.text(&other);
        tape.text("");
        tape.raw("[1]");
    });
    assert_eq!(words, [tag::TEXT, 4, tag::TEXT, 0, tag::DOCUMENT, 3]);
    assert_eq!(text, "ab🦊[1]");
}

#[test]
fn an_end_can_be_taken_back() {
    let (words, _) = written("", |tape| {
        tape.begin(Nest::Object);
        tape.end(Nest::Object);
        tape.reopen();
        tape.word("x");
        tape.begin(Nest::List);
        tape.null();
        tape.bool(true);
        tape.bool(false);
        tape.signed(-5);
        tape.end(Nest::List);
        tape.end(Nest::Object);
    });
    let small = word(tag::SMALL, -5_i32 as u32);
    let expected = [
        tag::OBJECT,
        tag::TEXT,
        1,
        tag::LIST,
        tag::NULL,
        tag::TRUE,
        tag::FALSE,
        small,
        tag::END,
        tag::END,
    ];
    assert_eq!(words, expected);
}
