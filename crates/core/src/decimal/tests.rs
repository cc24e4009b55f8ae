use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::hash::{Hash, Hasher};

use proptest::prelude::*;

use super::{Decimal, DecimalError};

fn price(text: &str) -> String {
    Decimal::from_price(text)
        .map_or_else(|error| format!("{error:?}"), |decimal| decimal.to_string())
}

#[test]
fn keeps_its_own_digits() {
    for (text, printed) in [
        ("0.05", "0.05"),
        ("0.050", "0.050"),
        ("0", "0"),
        ("0.000", "0.000"),
        ("12", "12"),
        ("1e-7", "0.0000001"),
        ("1E-7", "0.0000001"),
        ("1.50e1", "15.0"),
        ("1.5e1", "15"),
        ("5e2", "500"),
        ("5e+2", "500"),
        ("100e-2", "1.00"),
        ("0e99999999999999999999", "0"),
        ("0.000e2", "0.0"),
        ("999999999999.999999999999", "999999999999.999999999999"),
        ("0.000000000001", "0.000000000001"),
        ("0.0000000000000000000000001e14", "0.00000000001"),
        ("1000000000000e-1", "100000000000.0"),
    ] {
        assert_eq!(price(text), printed, "{text}");
    }
}

#[test]
fn refuses_other_spellings() {
    let bad = [
        "", " ", " 1", "1 ", ".5", "00.5", "01", "1.", "1_000", "1,5", "+1", "-1", "-0", "1e",
        "1e+", "e5", "1e5.0", "0x1", "NaN", "inf", "1..2", "1.2.3", "１",
    ];
    for text in bad {
        assert_eq!(Decimal::from_price(text).unwrap_err(), DecimalError::NotADecimal, "{text:?}");
        assert_eq!(text.parse::<Decimal>().unwrap_err(), DecimalError::NotADecimal, "{text:?}");
    }
}

#[test]
fn refuses_too_many_digits_of_a_price() {
    for text in [
        "1000000000000",
        "1e12",
        "0.0000000000001",
        "1e-13",
        "0e-13",
        "0.0500000000000",
        "9e99999999999999999999",
        "1e-99999999999999999999",
    ] {
        assert_eq!(Decimal::from_price(text).unwrap_err(), DecimalError::TooManyDigits, "{text}");
    }
    assert!("1e38".parse::<Decimal>().is_ok());
    assert_eq!("1e39".parse::<Decimal>().unwrap_err(), DecimalError::TooManyDigits);
    assert_eq!("1e-39".parse::<Decimal>().unwrap_err(), DecimalError::TooManyDigits);
}

#[test]
fn reads_numbers_by_their_shortest_spelling() {
    let number =
        |number: f64| Decimal::from_price_number(number).map(|decimal| decimal.to_string());
    assert_eq!(number(0.05), Ok("0.05".into()));
    assert_eq!(number(5.0), Ok("5".into()));
    assert_eq!(number(1e-7), Ok("0.0000001".into()));
    assert_eq!(number(1.5e-7), Ok("0.00000015".into()));
    assert_eq!(number(-0.0), Ok("0".into()));
    assert_eq!(number(999_999_999_999.0), Ok("999999999999".into()));
    assert_eq!(number(1e12), Err(DecimalError::TooManyDigits));
    assert_eq!(number(0.123_456_789_012_345_68), Err(DecimalError::TooManyDigits));
    for bad in [-0.05, f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        assert_eq!(number(bad), Err(DecimalError::NotADecimal));
    }
}

#[test]
fn overflow_is_no_answer() {
    let largest: Decimal = u128::MAX.to_string().parse().unwrap();
    assert_eq!(largest.to_string(), u128::MAX.to_string());
    assert!(largest.checked_mul(2).is_none());
    assert!(largest.checked_add("1".parse().unwrap()).is_none());
    assert!(largest.checked_add("0.1".parse().unwrap()).is_none());
    assert!(Decimal::ZERO.checked_sub(largest).is_none());
    let price = Decimal::from_price("999999999999.999999999999").unwrap();
    assert!(price.checked_mul(1_000_000).is_some());
    assert!(price.checked_mul(u64::MAX).is_none());
}

#[test]
fn divides_only_without_a_rest() {
    let decimal = |text: &str| text.parse::<Decimal>().unwrap();
    let divided =
        |text: &str, by: u64| decimal(text).checked_div_exact(by).map(|it| it.to_string());
    assert_eq!(divided("0.55", 11), Some("0.05".into()));
    assert_eq!(divided("0.3", 4), Some("0.075".into()));
    assert_eq!(divided("1", 3), None);
    assert_eq!(divided("1", 0), None);
    assert_eq!(divided("0.000", 7), Some("0.000".into()));
    assert_eq!(decimal("0.55").whole_multiple_of(decimal("0.050")), Some(11));
    assert_eq!(decimal("0.56").whole_multiple_of(decimal("0.05")), None);
    assert_eq!(decimal("0").whole_multiple_of(decimal("0.05")), Some(0));
    assert_eq!(decimal("1").whole_multiple_of(Decimal::ZERO), None);
}

#[test]
fn compares_by_value() {
    let decimal = |text: &str| text.parse::<Decimal>().unwrap();
    assert_eq!(decimal("0.5"), decimal("0.50"));
    assert_ne!(decimal("0.5"), decimal("0.05"));
    assert!(decimal("0.05") < decimal("0.1"));
    assert!(decimal("10") > decimal("9.999999999999"));
    let largest = decimal(&u128::MAX.to_string());
    assert!(largest > decimal("1e-38"));
    assert!(decimal("3.40282366920938463463374607431768211455") < largest);
}

/// Equal decimals have equal hashes, or a hash table would hold both.
#[test]
fn hashes_by_value() {
    let hashed = |text: &str| {
        let mut state = Hashed(Vec::new());
        text.parse::<Decimal>().unwrap().hash(&mut state);
        state.0
    };
    for same in [["0.5", "0.50"], ["10", "10.00"], ["0", "0.00"], ["1.05", "1.050"]] {
        assert_eq!(hashed(same[0]), hashed(same[1]), "{same:?}");
    }
    for other in [["0.5", "5"], ["10", "1"], ["0.05", "0.5"], ["0.5", "0.55"]] {
        assert_ne!(hashed(other[0]), hashed(other[1]), "{other:?}");
    }
}

/// A hasher that keeps the bytes it is given.
struct Hashed(Vec<u8>);

impl Hasher for Hashed {
    fn write(&mut self, bytes: &[u8]) {
        self.0.extend(bytes);
    }

    fn finish(&self) -> u64 {
        0
    }
}

#[test]
fn shows_its_digits() {
    let decimal: Decimal = "0.050".parse().unwrap();
    assert_eq!((decimal.mantissa(), decimal.scale()), (50, 3));
    assert!(!decimal.is_zero());
    assert!("0.00".parse::<Decimal>().unwrap().is_zero());
}

#[test]
fn serde_speaks_strings() {
    let decimal: Decimal = serde_json::from_str("\"0.050\"").unwrap();
    assert_eq!(serde_json::to_string(&decimal).unwrap(), "\"0.050\"");
    let error = serde_json::from_str::<Decimal>("0.05").unwrap_err();
    assert!(error.to_string().contains("expected a string"), "{error}");
}

fn oracle(text: &str) -> rust_decimal::Decimal {
    rust_decimal::Decimal::from_str_exact(text).unwrap()
}

proptest! {
    #[test]
    fn agrees_with_rust_decimal(
        text in r"(0|[1-9][0-9]{0,7})(\.[0-9]{1,8})?", other in r"(0|[1-9][0-9]{0,7})(\.[0-9]{1,8})?", quantity in 0u64..100_000,
    ) {
        let (ours, theirs) = (Decimal::from_price(&text).unwrap(), oracle(&text));
        let (ours2, theirs2) = (Decimal::from_price(&other).unwrap(), oracle(&other));
        prop_assert_eq!(ours.to_string(), text);
        let product = ours.checked_mul(quantity).unwrap();
        prop_assert_eq!(oracle(&product.to_string()), theirs * rust_decimal::Decimal::from(quantity));
        prop_assert_eq!(product.scale(), ours.scale());
        prop_assert_eq!(oracle(&ours.checked_add(ours2).unwrap().to_string()), theirs + theirs2);
        prop_assert_eq!(ours.cmp(&ours2), theirs.cmp(&theirs2));
        prop_assert_eq!(ours.checked_sub(ours2).is_some(), theirs >= theirs2);
    }

    #[test]
    fn exponents_expand_as_rust_decimal_says(mantissa in 0u32..1_000_000, exponent in -12i32..=6) {
        let text = format!("{mantissa}e{exponent}");
        let theirs = rust_decimal::Decimal::from_scientific(&text).unwrap();
        let ours: Decimal = text.parse().unwrap();
        prop_assert_eq!(oracle(&ours.to_string()), theirs);
        prop_assert_eq!(i32::from(ours.scale()), (-exponent).max(0));
    }

    #[test]
    fn numbers_read_as_serde_json_spells_them(number in 0.0f64..1e12) {
        let spelled = serde_json::to_string(&number).unwrap();
        prop_assert_eq!(Decimal::from_price_number(number), Decimal::from_price(&spelled));
    }

    #[test]
    fn any_text_gives_an_answer(text in ".{0,40}") {
        let _ = Decimal::from_price(&text);
        let _ = text.parse::<Decimal>();
    }

    #[test]
    fn what_is_printed_reads_back(mantissa in any::<u128>(), scale in 0u8..=38) {
        let decimal = Decimal { mantissa, scale };
        let back: Decimal = decimal.to_string().parse().unwrap();
        prop_assert_eq!((back.mantissa, back.scale), (mantissa, scale));
    }
}

#[test]
fn errors_say_their_sentence_to_whoever_debugs() {
    let error = "0,05".parse::<Decimal>().unwrap_err();
    assert_eq!(alloc::format!("{error:?}"), error.to_string());
}
