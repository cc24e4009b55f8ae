//! Requests near the limits of what is accepted, drawn from the fuzzer's bytes with the table's own words.

use arbitrary::{Result, Unstructured};
use seedance_core::Edition;
use seedance_core::table::Field;
use serde_json::{Map, Value, json};

const URLS: [&str; 18] = [
    "https://example.com/a.png",
    "https://example.com/clip.mp4?x=1",
    "https://example.com/a.GIF#top",
    "HTTPS://example.com./a.webp",
    "https://user@[::ffff:10.0.0.1]:8/a",
    "https://[fe80::1]/v.mov",
    "https://127.0.0.1/a",
    "https://nodot/a",
    "https://printer.local/a",
    "https:///nohost",
    "https://exa mple.com/",
    "asset://abc123",
    "Asset://abc/def?x",
    "asset://",
    "http://example.com/a.png",
    "data:image/png;base64,AAAA",
    " ",
    "example.com/a.png",
];

const WORDS: [&str; 18] = [
    "480p",
    "720p",
    "720P",
    "1080p",
    "2k",
    "landscape",
    "Portrait",
    "16:9",
    "9:16",
    "21:9",
    "5:4",
    "Adaptive",
    "adaptive",
    "016:9",
    "100:1",
    "",
    "\u{3000}",
    "seedance2.0-mini-720p",
];

/// A request body, usually an object with the endpoint's fields.
pub fn request(bytes: &mut Unstructured<'_>) -> Result<Value> {
    if bytes.ratio(1, 40)? {
        return odd(bytes);
    }
    let mut body = Map::new();
    for info in Edition::default().fields() {
        if bytes.ratio(2, 5)? || info.field == Field::Model {
            let name = if bytes.ratio(1, 60)? {
                other_name(bytes, info.field.name(), info.aliases)?
            } else {
                info.field.name().to_owned()
            };
            body.insert(name, field(bytes, info.field)?);
        }
    }
    if bytes.ratio(1, 20)? {
        body.insert(String::arbitrary_short(bytes)?, odd(bytes)?);
    }
    Ok(Value::Object(body))
}

fn other_name(bytes: &mut Unstructured<'_>, name: &str, aliases: &[&str]) -> Result<String> {
    Ok(match bytes.int_in_range(0..=2)? {
        0 if !aliases.is_empty() => (*bytes.choose(aliases)?).to_owned(),
        1 => name.to_uppercase(),
        _ => format!("{name} "),
    })
}

fn field(bytes: &mut Unstructured<'_>, field: Field) -> Result<Value> {
    if bytes.ratio(1, 60)? {
        return odd(bytes);
    }
    Ok(match field {
        Field::Model => {
            let names: Vec<&str> =
                Edition::default().models().map(|(_, model)| model.name).collect();
            let name = *bytes.choose(&names)?;
            if bytes.ratio(1, 20)? { json!(name.to_uppercase()) } else { json!(name) }
        }
        Field::Prompt => match bytes.int_in_range(0..=9)? {
            0 => json!("猫".repeat(bytes.int_in_range(4990..=5010)?)),
            1 => json!(*bytes.choose(&WORDS)?),
            _ => json!(String::arbitrary_short(bytes)?),
        },
        Field::Duration => match bytes.int_in_range(0..=9)? {
            0 => json!(bytes.arbitrary::<i64>()?),
            1 => json!(bytes.int_in_range(-8..=72)? as f64 / 4.0),
            _ => json!(bytes.int_in_range(-1..=18)?),
        },
        Field::Resolution | Field::Orientation | Field::Ratio => json!(*bytes.choose(&WORDS)?),
        Field::FirstImage | Field::LastImage => url(bytes)?,
        _ => {
            let count = *bytes.choose(&[1, 1, 1, 1, 2, 2, 3, 4, 9, 10, 0])?;
            Value::Array((0..count).map(|_| url(bytes)).collect::<Result<_>>()?)
        }
    })
}

fn url(bytes: &mut Unstructured<'_>) -> Result<Value> {
    Ok(match bytes.int_in_range(0..=63)? {
        0 => odd(bytes)?,
        1 => json!(String::arbitrary_short(bytes)?),
        2 => json!(format!("https://{}", String::arbitrary_short(bytes)?)),
        3..=7 => json!(*bytes.choose(&URLS)?),
        _ => json!(URLS[0]),
    })
}

/// A value of any type.
fn odd(bytes: &mut Unstructured<'_>) -> Result<Value> {
    Ok(match bytes.int_in_range(0..=7)? {
        0 => Value::Null,
        1 => json!(bytes.arbitrary::<bool>()?),
        2 => json!(bytes.arbitrary::<i64>()?),
        3 => json!(bytes.arbitrary::<f64>()?),
        4 => json!([]),
        5 => json!({ "a": [1, { "b": null }] }),
        6 => json!([[*bytes.choose(&URLS)?]]),
        _ => json!(String::arbitrary_short(bytes)?),
    })
}

/// Short strings, which leave bytes for the other fields.
trait Short: Sized {
    fn arbitrary_short(bytes: &mut Unstructured<'_>) -> Result<Self>;
}

impl Short for String {
    fn arbitrary_short(bytes: &mut Unstructured<'_>) -> Result<Self> {
        let count = bytes.int_in_range(0..=12)?;
        (0..count).map(|_| bytes.arbitrary::<char>()).collect()
    }
}
