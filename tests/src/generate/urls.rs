//! URLs put together from parts near every border.

use fastrand::Rng;
use serde_json::{Value, json};

use super::pick;
use super::pools::{blank, odd};

const SCHEMES: [&str; 18] = [
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

const AUTHORITIES: [&str; 46] = [
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
    "[::ffff:10.0.0.1]",
    "[::ffff:8.8.8.8]",
    "[fe80::1%25eth0]",
    "[abc]",
    "[::1",
];

const PATHS: [&str; 16] = [
    "", "/", "/a.png", "/a.png", "/ref.jpg", "/a.gif", "/A.GIF", "/a.mp4", "/m.WebP", "/a.svg",
    "/a.gif/b", "/a%2Egif", "/图.png", "/.jpeg", "/a b", "/a\u{a0}",
];

const TAILS: [&str; 12] = [
    "", "", "", "", "", "", "?x=1", "?f=.gif", "#a.png", "?a b", "#\u{7f}", " ",
];

/// A URL, or something where one should be.
pub fn url(rng: &mut Rng) -> String {
    [
        pick(rng, &SCHEMES),
        pick(rng, &AUTHORITIES),
        pick(rng, &PATHS),
        pick(rng, &TAILS),
    ]
    .concat()
}

/// A frame.
pub fn frame(rng: &mut Rng) -> Value {
    match rng.u8(..12) {
        0 => json!(blank(rng)),
        1 => odd(rng),
        _ => json!(likely(rng)),
    }
}

/// A URL that some route takes more often than not.
fn likely(rng: &mut Rng) -> String {
    match rng.u8(..6) {
        0 => url(rng),
        1 => format!("asset://as_{}", rng.u8(..)),
        _ => format!(
            "https://example.com/{}.{}",
            rng.u8(..),
            pick(rng, &["png", "jpg", "mp4", "gif", "mp3"])
        ),
    }
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
