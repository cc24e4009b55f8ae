//! Media facts and price books, mostly valid.

use fastrand::Rng;
use seedance_core::Edition;
use serde_json::{Map, Value, json};

use super::{pick, pools};

/// Facts that usually fit the request's reference videos and audios.
pub fn facts(rng: &mut Rng, request: &Value) -> Value {
    match rng.u8(..24) {
        0 => return Value::Null,
        1 => return json!({}),
        2 => return pools::odd(rng),
        _ => {}
    }
    let mut facts = Map::new();
    for (name, entry) in LISTS {
        if rng.u8(..3) > 0 {
            facts.insert((*name).to_owned(), list(rng, request, name, *entry));
        }
    }
    Value::Object(facts)
}

/// Makes an entry of a list of facts.
type Entry = fn(&mut Rng) -> Value;

const LISTS: &[(&str, Entry)] = &[("reference_videos", video), ("reference_audios", audio)];

/// Usually one entry for each item of the request's list.
fn list(rng: &mut Rng, request: &Value, name: &str, entry: Entry) -> Value {
    let other = name.trim_start_matches("reference_");
    let items = request
        .get(name)
        .or_else(|| request.get(other))
        .and_then(Value::as_array)
        .map_or(0, Vec::len);
    match rng.u8(..24) {
        0 => pools::odd(rng),
        1 | 2 => (0..rng.usize(..=items + 1)).map(|_| entry(rng)).collect(),
        _ => (0..items).map(|_| entry(rng)).collect(),
    }
}

/// The facts of a reference audio.
fn audio(rng: &mut Rng) -> Value {
    match rng.u8(..48) {
        0 => json!({ "bytes": 1 }),
        1 => json!({ "seconds": -1 }),
        2 => json!({}),
        3..8 => Value::Null,
        _ => json!({ "seconds": length(rng) }),
    }
}

/// The facts of a reference video.
fn video(rng: &mut Rng) -> Value {
    if rng.u8(..8) == 0 {
        return Value::Null;
    }
    let mut entry = Map::new();
    let mut put = |rng: &mut Rng, name: &str, value: Value| {
        if rng.u8(..4) > 0 {
            entry.insert(name.to_owned(), value);
        }
    };
    let (length, bytes) = (
        length(rng),
        pick(rng, &[0, 1 << 20, 69_905_066, 69_905_067, 104_857_600, 209_715_200, 209_715_201]),
    );
    put(rng, "seconds", length);
    put(rng, "bytes", json!(bytes));
    for name in ["width", "height"] {
        let side = pick(rng, &[0, 100, 719, 720, 721, 1080, 1280, 2159, 2160, 2161, 4096]);
        put(rng, name, json!(side));
    }
    let rate = pick(
        rng,
        &[
            json!(0),
            json!(23),
            json!(23.969_999),
            json!(23.97),
            json!(23.976),
            json!(24_000.0 / 1_001.0),
            json!(23.999_999),
            json!(24),
            json!(29.97),
            json!(30),
            json!(60),
            json!(60.001),
            json!(61),
        ],
    );
    put(rng, "frame_rate", rate);
    if rng.u8(..64) == 0 {
        let name =
            pick(rng, &["seconds", "bytes", "width", "height", "frame_rate", "length", "Seconds"]);
        entry.insert(
            name.to_owned(),
            pick(
                rng,
                &[
                    Value::Null,
                    json!(-1),
                    json!("3"),
                    json!(1.5),
                    json!({}),
                    json!([1]),
                    json!(true),
                    json!({ "min": 1 }),
                    json!(86_400.5),
                ],
            ),
        );
    }
    Value::Object(entry)
}

fn length(rng: &mut Rng) -> Value {
    let seconds = |rng: &mut Rng| match rng.u8(..7) {
        // Rounded to a microsecond, the first two are zero, which is no length.
        6 => pick(rng, &[0.0, 0.000_000_4, 0.000_000_5]),
        0 => f64::from(rng.u32(..40)) / 2.0,
        1 => f64::from(rng.u32(..20_000_000)) / 1e6,
        2 => f64::from(rng.u32(..200_000_000)) / 1e7,
        3 => pick(
            rng,
            &[3.999_999_5, 4.0, 14.999_999_5, 15.000_000_5, 15.0, 7.5, 86_400.0, 0.499_999_5],
        ),
        _ => f64::from(rng.u32(..200)) / 10.0,
    };
    if rng.u8(..3) > 0 {
        return json!(seconds(rng));
    }
    let (a, b) = (seconds(rng), seconds(rng));
    let (min, max) = if rng.u8(..16) == 0 { (a, b) } else { (a.min(b), a.max(b)) };
    json!({ "min": min, "max": max })
}

/// A book with a price for most billing names.
pub fn book(edition: Edition, rng: &mut Rng) -> Value {
    let mut prices = Map::new();
    for name in edition.billing_names() {
        if rng.u8(..8) > 0 {
            let price = entry_of_book(edition, rng, &name);
            prices.insert(name, price);
        }
    }
    if rng.u8(..6) == 0 {
        prices.insert(
            pick(rng, &["seedance2.0-mini", "Seedance2.0-mini-720p", "", "x"]).to_owned(),
            price(rng),
        );
    }
    let mut book = Map::new();
    book.insert("currency".to_owned(), json!(pick(rng, &["USD", "元", "JimiCoin"])));
    if rng.bool() {
        book.insert("as_of".to_owned(), json!("2026-07-01"));
    }
    book.insert("prices".to_owned(), Value::Object(prices));
    if rng.u8(..40) == 0 {
        let name = pick(rng, &["currency", "as_of", "prices", "note"]);
        book.insert(name.to_owned(), pick(rng, &[json!(""), json!(5), json!([]), json!(" ")]));
    }
    Value::Object(book)
}

fn entry_of_book(edition: Edition, rng: &mut Rng, name: &str) -> Value {
    match rng.u8(..6) {
        0 => json!({ "price": price(rng), "per": edition.billing_unit(name) }),
        1 => json!({ "price": price(rng) }),
        _ => price(rng),
    }
}

fn price(rng: &mut Rng) -> Value {
    match rng.u16(..400) {
        0 => pick(
            rng,
            &[
                json!("-1"),
                json!(-0.5),
                json!("1_0"),
                json!(".5"),
                json!("00.5"),
                json!(""),
                json!(null),
                json!("1e13"),
                json!("1e-13"),
                json!({ "price": "1", "per": "video" }),
            ],
        ),
        1..50 => json!(f64::from(rng.u32(..100_000)) / 1e4),
        50..90 => json!(rng.u32(..1000)),
        90..130 => json!(format!("{}e-{}", rng.u32(1..1000), rng.u8(..10))),
        130..150 => json!(format!("{}.{:012}", rng.u32(..1_000_000), rng.u64(..1_000_000_000_000))),
        150..170 => {
            pick(rng, &[json!("0"), json!("0.00"), json!("0.050"), json!("1.50e1"), json!("1E+2")])
        }
        _ => json!(format!("{}.{:02}", rng.u8(..10), rng.u8(..100))),
    }
}
