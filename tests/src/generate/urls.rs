//! URLs combined from parts near every limit.

use fastrand::Rng;
use serde_json::{Value, json};

use super::pick;
use super::pools::{blank, odd};

const SCHEMES: &[&str] = &[
    "https://",
    "https://",
    "https://",
    "https://",
    "asset://",
    "asset://",
    "asset://",
    "HTTPS://",
    "Asset://",
    "http://",
    "https:",
    "asset:",
    "https:/",
    "data:",
    "ftp://",
    "",
    "//",
    " https://",
];

const AUTHORITIES: &[&str] = &[
    "example.com",
    "example.com",
    "example.com",
    "example.com:8443",
    "user:pw@example.com",
    "a@b@example.com",
    "EXAMPLE.com.",
    "例子.公司",
    "localhost",
    "LOCALHOST:80",
    "localhost.",
    "a.localhost",
    "nas.local",
    "db.internal.",
    "intranet",
    "",
    ":443",
    "user@",
    ".",
    "..",
    "8.8.8.8",
    "127.0.0.1",
    "10.0.0.1",
    "0.0.0.0",
    "0.0.0.1",
    "169.254.1.1",
    "172.15.0.1",
    "172.16.0.1",
    "172.31.9.9",
    "172.32.0.1",
    "192.168.0.1.",
    "192.169.0.1",
    "127.0.0.01",
    "256.1.1.1",
    "1.2.3",
    "[::1]",
    "[::]:80",
    "[2001:db8::1]",
    "[fc00::1]",
    "[fe80::1]",
    "[fec0::1]",
    "[febf::1]",
    "[fdff::1]",
    "[fe00::1]",
    "[::2]",
    "[::ffff:192.168.1.1]",
    "[::ffff:0.0.0.0]",
    "[::10.0.0.1]",
    "example.com\u{200b}",
    "\"example.com",
    "<example.com>",
    "local",
    "internal",
    "example.local.com",
    "localhost.example.com",
    "[::ffff:10.0.0.1]",
    "[::ffff:8.8.8.8]",
    "[fe80::1%25eth0]",
    "[abc]",
    "[::1",
];

const PATHS: &[&str] = &[
    "",
    "/",
    "/a.png",
    "/a.png",
    "/ref.jpg",
    "/a.gif",
    "/A.GIF",
    "/a.mp4",
    "/m.WebP",
    "/a.svg",
    "/a.gif/b",
    "/a%2Egif",
    "/图.png",
    "/.jpeg",
    "/a b",
    "/a\u{a0}",
    "/a&amp;b.png",
    "/a\".png",
    "/a<b",
    "/a>",
    "/a\u{200b}.png",
    "/a\u{200f}",
    "/a\u{2010}",
    "/a\u{2060}",
];

const TAILS: &[&str] = &[
    "",
    "",
    "",
    "",
    "",
    "",
    "?x=1",
    "?f=.gif",
    "#a.png",
    "?a b",
    "#\u{7f}",
    " ",
    "?a=1&amp;b=2",
    "?a=1&b=2",
    "?a=&AMP;",
    "#\u{feff}",
    "\"",
    ">",
];

/// A URL, or something similar.
pub fn url(rng: &mut Rng) -> String {
    [pick(rng, SCHEMES), pick(rng, AUTHORITIES), pick(rng, PATHS), pick(rng, TAILS)].concat()
}

/// A value for a frame.
pub fn frame(rng: &mut Rng) -> Value {
    match rng.u8(..12) {
        0 => json!(blank(rng)),
        1 => odd(rng),
        _ => json!(likely(rng)),
    }
}

/// A URL that some route usually takes.
fn likely(rng: &mut Rng) -> String {
    match rng.u8(..12) {
        0 | 1 => url(rng),
        2 | 3 => format!("asset://as_{}", rng.u8(..)),
        4 => suspect(rng),
        _ => format!(
            "https://example.com/{}.{}",
            rng.u8(..),
            pick(rng, &["png", "jpg", "mp4", "gif", "mp3"])
        ),
    }
}

/// A URL that seems to be copied from markup.
pub fn suspect(rng: &mut Rng) -> String {
    let scheme = pick(rng, &["https://example.com", "asset://as_1"]);
    let mark =
        pick(rng, &["&amp;", "\"", "<", ">", "\u{200b}", "\u{200f}", "\u{2060}", "\u{feff}"]);
    format!("{scheme}/a.png?w=1{mark}h=2")
}

/// An item of a list.
fn item(rng: &mut Rng) -> Value {
    match rng.u8(..24) {
        0 => json!(blank(rng)),
        1 => odd(rng),
        _ => json!(likely(rng)),
    }
}

/// A list of URLs.
pub fn list(rng: &mut Rng) -> Value {
    if rng.u8(..16) == 0 {
        return odd(rng);
    }
    let most = pick(rng, &[0, 1, 2, 3, 4, 5, 11]);
    (0..rng.usize(..=most)).map(|_| item(rng)).collect()
}

/// A list longer than a report, with the same item throughout.
pub fn long_list(rng: &mut Rng) -> Value {
    let item = pick(
        rng,
        &[
            json!(""),
            json!(5),
            json!("http://example.com/a.png"),
            json!("https://localhost/a.png"),
            json!("https://example.com/a.png?a&amp;b"),
            json!("https://"),
        ],
    );
    Value::from(vec![item; rng.usize(990..1100)])
}
