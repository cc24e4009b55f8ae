//! JSON text of a request: oddly spelt, broken in one place, or nothing but bytes.

use std::fmt::Write as _;

use fastrand::Rng;
use serde_json::Value;

use super::{pick, wild};

/// The same request with other white space, order, escapes and numbers, and sometimes with a field twice.
pub fn spell(rng: &mut Rng, request: &Value) -> String {
    let mut out = String::new();
    blanks(rng, &mut out);
    match request {
        Value::Object(members) => {
            let mut members: Vec<(String, Value)> = members.clone().into_iter().collect();
            rng.shuffle(&mut members);
            if rng.u8(..6) == 0 && !members.is_empty() {
                let (name, value) = pick(rng, &members);
                let value = if rng.bool() { value } else { wild::json(rng, 1) };
                members.insert(rng.usize(..=members.len()), (name, value));
            }
            object(rng, &mut out, &members);
        }
        other => spell_value(rng, &mut out, other),
    }
    blanks(rng, &mut out);
    out
}

fn object(rng: &mut Rng, out: &mut String, members: &[(String, Value)]) {
    out.push('{');
    for (index, (name, value)) in members.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        blanks(rng, out);
        string(rng, out, name);
        blanks(rng, out);
        out.push(':');
        blanks(rng, out);
        spell_value(rng, out, value);
        blanks(rng, out);
    }
    out.push('}');
}

fn spell_value(rng: &mut Rng, out: &mut String, value: &Value) {
    match value {
        Value::String(text) => string(rng, out, text),
        Value::Number(number) => numeral(rng, out, &number.to_string()),
        Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                blanks(rng, out);
                spell_value(rng, out, item);
            }
            blanks(rng, out);
            out.push(']');
        }
        Value::Object(members) => {
            object(rng, out, &members.clone().into_iter().collect::<Vec<_>>())
        }
        other => out.push_str(&other.to_string()),
    }
}

fn blanks(rng: &mut Rng, out: &mut String) {
    if rng.u8(..4) == 0 {
        out.push_str(pick(rng, &[" ", "\n", "\t", "\r\n", "  \n\t"]));
    }
}

/// Writes a string in which any character may be escaped. Some must be.
fn string(rng: &mut Rng, out: &mut String, text: &str) {
    let escape_some = rng.u8(..3) == 0;
    out.push('"');
    for c in text.chars() {
        let must = c < ' ' || c == '"' || c == '\\';
        if must || (escape_some && rng.u8(..8) == 0) {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                let _ = if rng.bool() {
                    write!(out, "\\u{unit:04x}")
                } else {
                    write!(out, "\\u{unit:04X}")
                };
            }
        } else {
            out.push(c);
        }
    }
    out.push('"');
}

/// Writes the same number, or one that is slightly off.
fn numeral(rng: &mut Rng, out: &mut String, spelt: &str) {
    let whole = spelt.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    match rng.u8(..12) {
        0 if whole => {
            let _ = write!(out, "{spelt}.{}", "0".repeat(rng.usize(1..30)));
        }
        1 if whole => {
            let _ = write!(
                out,
                "{spelt}{}",
                pick(
                    rng,
                    &[
                        "e0",
                        "E+0",
                        "e-0",
                        "0e-1",
                        "e1",
                        ".5",
                        "e400",
                        "e-400",
                        "00000000000000000000"
                    ]
                )
            );
        }
        2 if whole => {
            let _ = write!(out, "{spelt}.{}1", "0".repeat(rng.usize(1..30)));
        }
        _ => out.push_str(spelt),
    }
}

/// Valid text with one mistake.
pub fn broken(rng: &mut Rng, request: &Value) -> String {
    let mut text: Vec<char> = spell(rng, request).chars().collect();
    let place = rng.usize(..=text.len());
    match rng.u8(..5) {
        0 => text.truncate(place),
        1 if place < text.len() => {
            text.remove(place);
        }
        2 => text.insert(
            place,
            pick(rng, &['{', '}', '[', ']', ',', ':', '"', '\\', '\0', '\u{feff}', '5', '-', '\n']),
        ),
        3 => text.extend(pick(rng, &["{}", "x", "\0", "null", "\u{feff}", ","]).chars()),
        _ => {
            let wound = pick(
                rng,
                &[
                    "\\ud800", "\\udc00", "\\u12", "\\q", "\u{1}", "1e400", "NaN", "\u{feff}",
                    "//", "''",
                ],
            );
            text.splice(place..place, wound.chars());
        }
    }
    text.into_iter().collect()
}

/// Random bytes, or text with some bytes that are not UTF-8.
pub fn garbage(rng: &mut Rng, request: &Value) -> Vec<u8> {
    if rng.bool() {
        let alphabet = b"{}[]\":,\\u0dD8eE+-. \n\x00\xff\xc3tfn";
        return (0..rng.usize(..60)).map(|_| alphabet[rng.usize(..alphabet.len())]).collect();
    }
    let mut bytes = spell(rng, request).into_bytes();
    for _ in 0..rng.u8(1..4) {
        let place = rng.usize(..=bytes.len());
        bytes.insert(place, pick(rng, &[0xff, 0xc0, 0x80, 0xed, 0xf5, 0xe2]));
    }
    bytes
}
