use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use super::*;
use serde_json::json;

#[track_caller]
fn assert_same(value: &impl Serialize) {
    let mut ours = String::new();
    write(&mut ours, value).unwrap();
    assert_eq!(ours, serde_json::to_string(value).unwrap());
}

#[derive(serde::Serialize)]
#[serde(rename_all = "kebab-case")]
enum Shape {
    Unit,
    Newtype(u8),
    Struct { a: Option<i32>, b: () },
}

#[test]
fn writes_what_serde_json_writes() {
    let mut odd: String = (0..=0x80u8).map(char::from).collect();
    odd.push_str("视频 \u{2028} 😀");
    assert_same(&odd);
    assert_same(&odd.chars().map(String::from).collect::<Vec<_>>());
    assert_same(
        &json!({ odd.as_str(): [1, -1, 0.1, -0.0, 1e300, true, null, {}, [], [[]], u64::MAX, i64::MIN], "": odd.as_str() }),
    );
    assert_same(&vec![
        Shape::Unit,
        Shape::Newtype(5),
        Shape::Struct { a: Some(-5), b: () },
        Shape::Struct { a: None, b: () },
    ]);
    assert_same(&f64::NAN);
    assert_same(&'é');
    assert_same(
        &serde_json::from_str::<alloc::boxed::Box<serde_json::value::RawValue>>(
            " {\"a\" : [1.0e0]} ",
        )
        .unwrap(),
    );
}

#[test]
fn raw_json_is_written_as_it_is() {
    let raw = RawJson("{\"a\" : [1.0e0]}");
    assert_same(&raw);
    assert_eq!(serde_json::to_string(&raw).unwrap(), raw.0.to_string());
}

#[test]
fn what_no_answer_holds_is_refused() {
    assert_eq!(write(&mut String::new(), &(1, 2)), Err(Unwritable));
}
