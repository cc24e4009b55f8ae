//! Price books as text, which in most cases a parsed value could not express.

use seedance_core::{BookWarning, Edition, PriceBook};
use seedance_tests::core_side::page;
use seedance_tests::oracle::book;
use seedance_tests::oracle::json::parse;

use crate::one_line;

/// A text, and whether it is accepted.
const BOOKS: &[(&str, bool)] = &[
    (r#"{"currency":"USD","prices":{}}"#, true),
    (" {\"prices\" : { } , \"currency\" : \"\\u0055SD\"}\n", true),
    (r#"{"currency":"USD","prices":{"seedance2.0-md":5.00}}"#, true),
    (r#"{"currency":"USD","prices":{"seedance2.0-md":0.10}}"#, true),
    (r#"{"currency":"USD","prices":{"seedance2.0-md":1E-7}}"#, true),
    (r#"{"currency":"USD","prices":{"seedance2.0-md":0.1000000000000000000000000000001}}"#, true),
    (r#"{"currency":"USD","prices":{"seedance2.0-md":1e-400}}"#, true),
    (r#"{"currency":"USD","prices":{"seedance2.0-md":{"per":"task","price":3}}}"#, true),
    (r#"{"currency":"USD","prices":{"seedance2.0-md":"\u0031"}}"#, true),
    (r#"{"currency":"USD","currency":"USD","prices":{}}"#, false),
    (r#"{"currency":"USD","prices":{},"prices":{}}"#, false),
    (r#"{"currency":"USD","as_of":"a","as_of":"a","prices":{}}"#, false),
    (r#"{"currency":"USD","prices":{"seedance2.0-md":"1","seedance2.0-md":"1"}}"#, false),
    (r#"{"currency":"USD","prices":{"x":"1","\u0078":"2"}}"#, false),
    (r#"{"currency":"USD","prices":{"x":{"price":"1","price":"1"}}}"#, false),
    (r#"{"currency":"USD","prices":{"x":{"price":"1","per":"task","per":"task"}}}"#, false),
    (r#"{"currency":"USD","prices":{"seedance2.0-md":1e400}}"#, false),
    (r#"{"currency":"USD","prices":{"seedance2.0-md":1e-13}}"#, false),
    (r#"{"currency":"USD","prices":{"seedance2.0-md":999999999999.5e0}}"#, true),
    (r#"{"currency":"USD","prices":{"seedance2.0-md":1000000000000}}"#, false),
    (r#"{"currency":"USD","prices":{"seedance2.0-md":01}}"#, false),
    (r#"{"currency":"USD","prices":{"seedance2.0-md":"1"},}"#, false),
    (r#"{"currency":"USD","prices":{"seedance2.0-md":"1"}}{}"#, false),
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
    for &(text, taken) in BOOKS {
        for edition in Edition::ALL {
            let found = PriceBook::from_slice_for(edition, text.as_bytes());
            assert_eq!(found.is_ok(), taken, "{edition}, {text}: {found:?}");
            let expected = parse(text.as_bytes())
                .map_err(str::to_owned)
                .and_then(|parsed| book::read(page(edition), &parsed));
            assert_eq!(expected.is_ok(), taken, "oracle, {text}: {expected:?}");
            one_line(text, found.err());
        }
    }
}

#[test]
fn an_input_error_names_its_entry() {
    let said =
        |text: &str| PriceBook::from_slice(text.as_bytes()).expect_err("a bad book").to_string();
    assert!(said(r#"{"currency":"USD","prices":{"sd2_mx_4k":"1,5"}}"#).contains("sd2_mx_4k"));
    assert!(said(r#"{"currency":"USD","prices":{"a":"1","b":{"price":"x"}}}"#).contains('b'));
    assert!(
        said(r#"{"currency":"USD","prices":{"seedance2.0-md":{"price":"1","per":"second"}}}"#)
            .contains("seedance2.0-md")
    );
}

#[test]
fn names_that_no_route_can_produce_are_kept_and_named() {
    let book = PriceBook::from_slice(br#"{"currency":"USD","prices":{"seedance2.0-mini":"1","seedance2.0-mini-720P":"2","seedance2.0-md":"3","zebra":"4"}}"#).expect("kept");
    let names: Vec<&str> =
        book.warnings().iter().map(|warning: &BookWarning| warning.name.as_str()).collect();
    assert_eq!(names, ["seedance2.0-mini", "seedance2.0-mini-720P", "zebra"]);
    assert!(
        book.warnings()[1].suggestions.iter().any(|near| near == "seedance2.0-mini-720p"),
        "{:?}",
        book.warnings()
    );
    assert_eq!(book.prices().len(), 4);
}
