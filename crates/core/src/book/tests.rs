use alloc::string::{String, ToString};
use alloc::vec::Vec;

use proptest::prelude::*;

use super::{PriceBook, Unit, UnitPrice};
use crate::{Decimal, Edition, Job, Lang};

fn read(prices: &str) -> PriceBook {
    let text = alloc::format!(r#"{{"currency":"USD","prices":{prices}}}"#);
    PriceBook::from_slice(text.as_bytes()).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn refusal(text: &str) -> String {
    let error = PriceBook::from_slice(text.as_bytes()).expect_err(text);
    assert!(error.message(Lang::Zh).starts_with("价格表："), "{text}");
    if let Ok(value) = serde_json::from_str::<serde_json::Value>(text)
        && !error.to_string().contains("more than once")
    {
        assert_eq!(PriceBook::from_value(&value).expect_err(text), error);
    }
    error.to_string()
}

fn price_refusal(price: &str) -> String {
    refusal(&alloc::format!(r#"{{"currency":"USD","prices":{{"seedance2.0-mini-720p":{price}}}}}"#))
}

#[test]
fn reads_the_contracts_example() {
    let text = br#"{ "currency": "USD", "as_of": "2026-07-01",
        "prices": { "seedance2.0-mini-720p": "0.05", "seedance2.0-md": { "price": "0.30", "per": "task" } } }"#;
    let book = PriceBook::from_slice(text).unwrap();
    assert_eq!((book.currency(), book.as_of()), ("USD", Some("2026-07-01")));
    assert_eq!(book.price("seedance2.0-mini-720p").unwrap().price.to_string(), "0.05");
    let md = book.price("seedance2.0-md").unwrap();
    assert_eq!((md.price.to_string().as_str(), md.per), ("0.30", Some(Unit::Task)));
    assert_eq!(
        book.prices().map(|(name, _)| name).collect::<Vec<_>>(),
        ["seedance2.0-md", "seedance2.0-mini-720p"]
    );
    assert!(book.warnings().is_empty());

    let written = serde_json::to_string(&book).unwrap();
    assert_eq!(
        written,
        r#"{"currency":"USD","as_of":"2026-07-01","prices":{"seedance2.0-md":{"price":"0.30","per":"task"},"seedance2.0-mini-720p":"0.05"}}"#
    );
    assert_eq!(serde_json::from_str::<PriceBook>(&written).unwrap(), book);
}

#[test]
fn a_book_is_made_by_hand() {
    let decimal = |text: &str| text.parse::<Decimal>().unwrap();
    let mut book = PriceBook::new("USD").unwrap();
    book.set_as_of("2026-07-01").unwrap();
    assert_eq!(book.insert("seedance2.0-mini-720p", decimal("0.05")).unwrap(), None);
    assert_eq!(book.insert("seedance2.0-md", (decimal("0.30"), Unit::Task)).unwrap(), None);
    assert_eq!(book.insert("seedance2.0-mini-720P", decimal("1")).unwrap(), None);
    assert_eq!(
        book.insert("seedance2.0-mini-720p", decimal("0.060")).unwrap(),
        Some(UnitPrice::from(decimal("0.05")))
    );
    let written = r#"{"currency":"USD","as_of":"2026-07-01","prices":{"seedance2.0-md":{"price":"0.30","per":"task"},"seedance2.0-mini-720P":"1","seedance2.0-mini-720p":"0.060"}}"#;
    assert_eq!(serde_json::to_string(&book).unwrap(), written);
    let read = PriceBook::from_slice(written.as_bytes()).unwrap();
    assert_eq!((&read, read.warnings()), (&book, book.warnings()));

    let refused = [
        book.insert("seedance2.0-md", (decimal("1"), Unit::Second)).unwrap_err(),
        book.insert("seedance2.0-md", decimal("0.0000000000001")).unwrap_err(),
        book.set_as_of(" ").unwrap_err(),
        PriceBook::new("").unwrap_err(),
    ];
    assert_eq!(
        refused.map(|error| error.to_string()),
        [
            "price book: `/prices/seedance2.0-md/per`: must be `task`: the route bills this name that way",
            "price book: `/prices/seedance2.0-md/price`: `0.0000000000001` has too many digits: at most 12 before and 12 after the decimal point",
            "price book: `/as_of`: must not be blank",
            "price book: `/currency`: must not be blank",
        ]
    );
    assert_eq!(book, read);
}

#[test]
fn a_draft_names_its_blank_prices_and_is_read_as_strictly() {
    let draft = |prices: &str| {
        let text = alloc::format!(r#"{{"currency":"USD","prices":{prices}}}"#);
        PriceBook::from_draft(Edition::default(), text.as_bytes())
            .map(|(book, blank)| (serde_json::to_value(book).unwrap()["prices"].clone(), blank))
            .map_err(|error| error.to_string())
    };
    assert_eq!(
        draft(r#"{"sd2_mx_4k":"","seedance2.0-md":{"price":" ","per":"task"},"a":"1"}"#),
        Ok((
            serde_json::json!({"a": "1"}),
            ["sd2_mx_4k", "seedance2.0-md"].map(String::from).into()
        ))
    );
    for (prices, said) in [
        (
            r#"{"a":"","seedance2.0-md":"0.1","seedance2.0-md":"0.2"}"#,
            "`/prices/seedance2.0-md`: appears more than once; keep one",
        ),
        (
            r#"{"a":"","b":{"price":"","price":"1"}}"#,
            "`/prices/b/price`: appears more than once; keep one",
        ),
        (
            r#"{"a":"","b":"0,1"}"#,
            "`/prices/b`: `0,1` is not a price; write a plain decimal such as `\"0.05\"`",
        ),
    ] {
        assert_eq!(draft(prices), Err(alloc::format!("price book: {said}")));
    }
    assert_eq!(
        price_refusal(r#"" ""#),
        "price book: `/prices/seedance2.0-mini-720p`: must not be blank"
    );
}

#[test]
fn takes_numbers_by_their_shortest_spelling() {
    for (price, printed) in [
        ("0.05", "0.05"),
        ("0.050", "0.05"),
        ("5.0", "5"),
        ("1e-7", "0.0000001"),
        ("0", "0"),
        ("\"0.050\"", "0.050"),
        ("\"1e-7\"", "0.0000001"),
    ] {
        let book = read(&alloc::format!(r#"{{"seedance2.0-mini-720p":{price}}}"#));
        assert_eq!(
            book.price("seedance2.0-mini-720p").unwrap().price.to_string(),
            printed,
            "{price}"
        );
    }
}

#[test]
fn names_the_entry_of_a_bad_price() {
    let at = "price book: `/prices/seedance2.0-mini-720p`: ";
    for price in [" 0.05", "-0.05", "+0.05", "1_000", ".5", "00.5", "5.", "1e", "abc"] {
        let expected = alloc::format!(
            "{at}`{price}` is not a price; write a plain decimal such as `\"0.05\"`"
        );
        assert_eq!(price_refusal(&alloc::format!("\"{price}\"")), expected);
    }
    for number in ["-0.05", "-1"] {
        let expected = alloc::format!(
            "{at}the number is not a price; write a plain decimal such as `\"0.05\"`"
        );
        assert_eq!(price_refusal(number), expected);
    }
    let digits = "has too many digits: at most 12 before and 12 after the decimal point";
    assert_eq!(price_refusal("\"1000000000000\""), alloc::format!("{at}`1000000000000` {digits}"));
    assert_eq!(price_refusal("0.1234567890123456789"), alloc::format!("{at}the number {digits}"));
    for (price, zh) in [
        ("-1", "该数字不是有效的价格，请写成不带正负号和货币符号的小数，例如 `\"0.05\"`"),
        ("1e300", "该数字位数过多：小数点前最多 12 位，小数点后最多 12 位"),
        ("\"1e300\"", "`1e300` 位数过多：小数点前最多 12 位，小数点后最多 12 位"),
    ] {
        let text = alloc::format!(r#"{{"currency":"USD","prices":{{"x":{price}}}}}"#);
        let error = PriceBook::from_slice(text.as_bytes()).unwrap_err();
        assert_eq!(error.message(Lang::Zh), alloc::format!("价格表：`/prices/x`：{zh}"));
    }
    for (value, found) in [("null", "null"), ("true", "a boolean"), ("[]", "an array")] {
        let expected = "expected a price (`\"0.05\"`, `0.05` or `{\"price\": \"0.05\"}`)";
        assert_eq!(price_refusal(value), alloc::format!("{at}{expected}, found {found}"));
    }
}

#[test]
fn names_the_member() {
    for (text, message) in [
        ("[]", "expected an object, found an array"),
        ("{}", "`/currency`: required field is missing"),
        (r#"{"currency":"USD"}"#, "`/prices`: required field is missing"),
        (r#"{"currency":" \u3000","prices":{}}"#, "`/currency`: must not be blank"),
        (r#"{"currency":5,"prices":{}}"#, "`/currency`: expected a string, found a number"),
        (r#"{"currency":"USD","as_of":"","prices":{}}"#, "`/as_of`: must not be blank"),
        (
            r#"{"currency":"USD","as_of":null,"prices":{}}"#,
            "`/as_of`: expected a string, found null",
        ),
        (r#"{"currency":"USD","prices":[]}"#, "`/prices`: expected an object, found an array"),
        (
            r#"{"currency":"USD","price":{},"prices":{}}"#,
            "`/price`: unknown field; use `currency`, `as_of` or `prices`",
        ),
        (
            r#"{"currency":"USD","currency":"USD","prices":{}}"#,
            "`/currency`: appears more than once; keep one",
        ),
        (
            r#"{"currency":"USD","prices":{"a/b~":"1","a\/b\u007e":"1"}}"#,
            "`/prices/a~1b~0`: appears more than once; keep one",
        ),
    ] {
        assert_eq!(refusal(text), alloc::format!("price book: {message}"), "{text}");
    }
    for (value, message) in [
        (r#"{}"#, "/price`: required field is missing"),
        (r#"{"per":"second"}"#, "/price`: required field is missing"),
        (r#"{"price":"1","unit":"s"}"#, "/unit`: unknown field; use `price` or `per`"),
        (r#"{"price":"1","price":"1"}"#, "/price`: appears more than once; keep one"),
        (r#"{"price":"1","per":"minute"}"#, "/per`: must be `second`, `task` or `million-tokens`"),
        (
            r#"{"price":"1","per":"task"}"#,
            "/per`: must be `second`: the route bills this name that way",
        ),
        (r#"{"price":"1","per":null}"#, "/per`: expected a string, found null"),
        (
            r#"{"price":{"price":"1"}}"#,
            "/price`: expected a price (`\"0.05\"`, `0.05` or `{\"price\": \"0.05\"}`), found an object",
        ),
    ] {
        assert_eq!(
            price_refusal(value),
            alloc::format!("price book: `/prices/seedance2.0-mini-720p{message}"),
            "{value}"
        );
    }
}

#[test]
fn keeps_and_reports_unknown_names() {
    let book = read(
        r#"{"seedance2.0-mini":"1","seedance2.0-mini-720":{"price":"1","per":"task"},"SeeDance2.0-MD":"1","my-own":"1"}"#,
    );
    assert_eq!(book.prices().len(), 4);
    let warnings: Vec<(&str, Vec<&str>)> = book
        .warnings()
        .iter()
        .map(|w| (w.name.as_str(), w.suggestions.iter().map(String::as_str).collect()))
        .collect();
    let resolutions =
        alloc::vec!["seedance2.0-mini-480p", "seedance2.0-mini-720p", "seedance2.0-mini-1080p"];
    assert_eq!(warnings.len(), 4);
    assert_eq!(warnings[0], ("seedance2.0-mini", resolutions));
    assert_eq!(
        (warnings[1].0, warnings[1].1[0]),
        ("seedance2.0-mini-720", "seedance2.0-mini-720p")
    );
    assert_eq!((warnings[2].0, warnings[2].1[0]), ("SeeDance2.0-MD", "seedance2.0-md"));
    assert_eq!(warnings[3], ("my-own", alloc::vec![]));
    assert_eq!(book.warnings()[3].message(Lang::En), "unknown billing name `my-own`");
    let near = book.warnings()[2].message(Lang::En);
    assert!(
        near.starts_with("unknown billing name `SeeDance2.0-MD`; did you mean `seedance2.0-md`"),
        "{near}"
    );
}

#[test]
fn a_withdrawn_name_is_told_as_such() {
    let text = br#"{"currency":"USD","prices":{"Seedance2.0-pro":"1"}}"#;
    let book = PriceBook::from_slice_for(Edition::V2026_09, text).unwrap();
    assert_eq!(
        book.warnings()[0].message(Lang::En),
        "unknown billing name `Seedance2.0-pro`: the vendor withdrew it; did you mean `seedance2.0-md` or `seedance2.0-fast-md`?"
    );
}

proptest! {
    #[test]
    fn any_bytes_give_an_answer(bytes in proptest::collection::vec(any::<u8>(), 0..60)) {
        let _ = PriceBook::from_slice(&bytes);
    }

    #[test]
    fn any_name_and_price_text_give_an_answer(name in ".{0,30}", price in "[0-9.eE+-]{0,30}") {
        let text = serde_json::json!({ "currency": "元", "prices": { name.as_str(): price.as_str() } }).to_string();
        match PriceBook::from_slice(text.as_bytes()) {
            Ok(book) => prop_assert_eq!(serde_json::from_str::<PriceBook>(&serde_json::to_string(&book).unwrap()).unwrap(), book),
            Err(error) => prop_assert!(error.path().starts_with("/prices/")),
        }
    }
}

#[test]
fn a_refusal_is_one_line_whatever_the_name() {
    assert_eq!(
        refusal("{\"currency\":\"USD\",\"prices\":{\"seed\\nance\":[]}}"),
        "price book: `/prices/seed\\nance`: expected a price (`\"0.05\"`, `0.05` or `{\"price\": \"0.05\"}`), found an array"
    );
}

#[test]
fn a_price_for_another_unit_than_the_jobs_route_prices_nothing() {
    let text = br#"{"currency":"USD","prices":{"sd2-933-720p":{"price":"1.00","per":"task"}}}"#;
    let book = PriceBook::from_slice(text).unwrap();
    let job = Job::new(r#"{"model":"sd2-933-720p","prompt":"a fox","duration":10}"#);
    let quote = job.edition(Edition::V2026_09).quote(&book, Lang::En);
    assert_eq!((quote.lowest(), quote.terms().unit_price), (None, None));
}
