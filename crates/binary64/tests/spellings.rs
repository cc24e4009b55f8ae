//! Spellings read and written, beside what Rust reads and zmij writes.

#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that fails panics"
)]

use proptest::prelude::*;
use seedance_json::{Reader, Source, Value};

#[track_caller]
fn assert_reads_nearest(text: &str) {
    let expected: f64 = text.parse().unwrap();
    let mut reader = Reader::new(text);
    let read = reader.value();
    if expected.is_infinite() {
        let fault = reader.fault().unwrap();
        assert_eq!(fault.reason, "number out of range", "{text}");
    } else {
        let Value::Number(number) = read else {
            panic!("{text}: {read:?}")
        };
        assert_eq!(number.to_bits(), expected.to_bits(), "{text}");
    }
}

#[track_caller]
fn assert_writes_shortest(number: f64) {
    let mut text = String::new();
    seedance_binary64::write(&mut text, number);
    assert_eq!(text, zmij::Buffer::new().format_finite(number));
    assert_reads_nearest(&text);
}

#[test]
fn the_ends_of_the_range() {
    for number in [
        0.0,
        -0.0,
        5e-324,
        1e-323,
        2.225_073_858_507_201e-308,
        f64::MIN_POSITIVE,
        f64::EPSILON,
        0.1,
        0.3,
        9_007_199_254_740_991.0,
        9_007_199_254_740_992.0,
        9_007_199_254_740_994.0,
        9_999_999_999_999_998.0,
        1e16,
        1e22,
        1e23,
        f64::MAX,
    ] {
        assert_writes_shortest(number);
        assert_writes_shortest(-number);
    }
    for exponent in -1074..=1023 {
        let power = (0..i32::abs(exponent)).fold(1.0, |power, _| {
            if exponent < 0 {
                power / 2.0
            } else {
                power * 2.0
            }
        });
        assert_writes_shortest(power);
        assert_writes_shortest(f64::from_bits(power.to_bits() + 1));
        assert_writes_shortest(f64::from_bits(power.to_bits() - 1));
    }
}

#[test]
fn many_digits_and_large_exponents() {
    let nines = "9".repeat(2000);
    let zeros = "0".repeat(2000);
    // Halfway between 1 and the next number, and a little more.
    let half = "1.00000000000000011102230246251565404236316680908203125";
    for text in [
        format!("0.{nines}"),
        format!("{nines}e-2000"),
        format!("{nines}e-2324"),
        format!("{nines}e-2310"),
        format!("{nines}e-1984"),
        format!("{nines}e-1692"),
        format!("{nines}e-1691"),
        format!("1{zeros}e-2000"),
        format!("0.{zeros}1"),
        format!("0.{zeros}1e2001"),
        format!("0.{zeros}e999999999999999999999"),
        "1e-999999999999999999999".to_string(),
        "1e999999999999999999999".to_string(),
        half.to_string(),
        format!("{half}{zeros}"),
        format!("{half}{zeros}1"),
        "2.4703282292062327e-324".to_string(),
        "2.4703282292062328e-324".to_string(),
        "1.7976931348623158e308".to_string(),
        "1.7976931348623159e308".to_string(),
        "18446744073709551615".to_string(),
        "18446744073709551616".to_string(),
        "9007199254740993".to_string(),
        "9007199254740993.0".to_string(),
        "900719925474099.30e1".to_string(),
    ] {
        assert_reads_nearest(&text);
    }
}

proptest! {
    #[test]
    fn any_number_is_written_shortest_and_read_again(bits: u64) {
        let number = f64::from_bits(bits);
        prop_assume!(number.is_finite());
        assert_writes_shortest(number);
        assert_reads_nearest(&format!("{number:.30e}"));
    }

    #[test]
    fn a_number_of_few_places_is_written_shortest(whole in 0_u64..10_000_000_000, places in 0_i32..9) {
        let number = format!("{whole}e-{places}").parse().unwrap();
        assert_writes_shortest(number);
        // Its neighbours have long spellings.
        assert_writes_shortest(f64::from_bits(f64::to_bits(number) + 1));
    }

    #[test]
    fn any_decimal_is_read_as_the_nearest(text in "-?(0|[1-9][0-9]{0,30})(\\.[0-9]{1,40})?([eE][-+]?[0-9]{1,3})?") {
        assert_reads_nearest(&text);
    }
}
