//! Removing a secret from a text, however it is spelled there.
//!
//! Text and secret are both read as plain bytes: lower case, without JSON's escapes and percent-encoding, and with a single space
//! for each run of white space. The secret is looked for there, and removed from the text as it was.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use zeroize::Zeroizing;

/// Shorter texts are not treated as secrets: they could occur by chance.
const MIN_SECRET: usize = 8;
/// The spaces that prompts have.
const SPACES: [&str; 3] = [" ", "\u{a0}", "\u{3000}"];
/// Stands for a quote that ends a string of JSON, which is no part of a secret in it.
const STRING_END: u8 = 0;

/// Replaces a secret in a text: plain, in another case, percent-encoded, with JSON's escapes, or in base64.
pub(super) fn whole(text: &[u8], secret: &str, instead: &[u8]) -> Vec<u8> {
    let plain = Plain::of(secret.as_bytes(), b'"').bytes;
    if plain.len() < MIN_SECRET {
        return text.to_owned();
    }
    let in_base64 = in_base64(secret).map(|secret| Plain::of(secret.as_bytes(), b'"').bytes);
    let spellings: Vec<_> = [plain, Plain::as_it_is(secret)].into_iter().chain(in_base64).collect();
    replace(text, instead, |rest| {
        let found = spellings.iter().find(|secret| rest.starts_with(secret));
        found.map_or(Next::Stays(1), |secret| Next::Goes(secret.len()))
    })
}

/// Replaces what matches at least the first [`MIN_SECRET`] bytes of a secret, up to where they differ; base64 is not searched, and
/// white space around the secret is ignored. The names stay, except where the secret goes on behind one.
pub(crate) fn beginnings(text: &[u8], secret: &str, names: &[&str], instead: &[u8]) -> Vec<u8> {
    let secret = secret.trim();
    let spellings = [Plain::of(secret.as_bytes(), b'"').bytes, Plain::as_it_is(secret)];
    let same = |rest: &[u8]| {
        let same = spellings.iter().map(|secret| common(secret, rest)).max();
        same.filter(|same| *same >= MIN_SECRET)
    };
    let names: Vec<_> = names.iter().map(|name| Plain::as_it_is(name)).collect();
    replace(text, instead, |rest| {
        let stays = |name: &&Zeroizing<Vec<u8>>| {
            let ends_within = |at| {
                let same = rest.get(at..).and_then(same);
                same.is_none_or(|same| at + same <= name.len())
            };
            rest.starts_with(name) && (0..name.len()).all(ends_within)
        };
        match names.iter().find(stays) {
            Some(name) => Next::Stays(name.len()),
            None => same(rest).map_or(Next::Stays(1), Next::Goes),
        }
    })
}

/// What becomes of so many bytes of a text.
enum Next {
    Stays(usize),
    Goes(usize),
}

/// How many bytes two texts have in common at their start, in whole characters.
fn common(secret: &[u8], text: &[u8]) -> usize {
    let mut same = text.iter().zip(secret).take_while(|(one, other)| one == other).count();
    while same > 0 && secret.get(same).is_some_and(|byte| byte & 0b1100_0000 == 0b1000_0000) {
        same -= 1;
    }
    same
}

/// Replaces what goes. `next` gets the rest of a text as plain bytes, and tells what becomes of those at its start.
fn replace(text: &[u8], instead: &[u8], next: impl Fn(&[u8]) -> Next) -> Vec<u8> {
    let Plain { bytes, ends } = Plain::of(text, STRING_END);
    let mut kept = Vec::with_capacity(text.len());
    let (mut at, mut from) = (0, 0);
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        let next = next(rest);
        let (Next::Stays(length) | Next::Goes(length)) = next;
        at += length;
        let to = ends.get(at - 1).copied().unwrap_or(text.len());
        kept.extend_from_slice(match next {
            Next::Stays(_) => text.get(from..to).unwrap_or_default(),
            Next::Goes(_) => instead,
        });
        from = to;
    }
    kept
}

/// The base64 characters that encode this secret alone, for each offset that it can have in the encoded text.
fn in_base64(secret: &str) -> impl Iterator<Item = Zeroizing<String>> {
    [&b""[..], b"\0", b"\0\0"].into_iter().flat_map(move |before| {
        let padded = Zeroizing::new([before, secret.as_bytes()].concat());
        // A character encodes six bits; those that also hold bits of a neighbouring byte are left out.
        let (from, to) = ((before.len() * 8).div_ceil(6), padded.len() * 8 / 6);
        [&STANDARD_NO_PAD, &URL_SAFE_NO_PAD].map(|engine| {
            let encoded = Zeroizing::new(engine.encode(&*padded));
            Zeroizing::new(encoded.get(from..to).unwrap_or_default().to_owned())
        })
    })
}

/// A text as plain bytes; see the module's documentation.
struct Plain {
    /// Never moved to a larger place, which would leave a copy of a secret behind.
    bytes: Zeroizing<Vec<u8>>,
    /// Where in the text the spelling of each byte ends.
    ends: Vec<usize>,
}

impl Plain {
    /// `quote` is what a quote counts as that no backslash precedes.
    fn of(text: &[u8], quote: u8) -> Self {
        let bytes = Zeroizing::new(Vec::with_capacity(text.len()));
        let mut plain = Self { bytes, ends: Vec::with_capacity(text.len()) };
        let mut rest = text;
        while let Some((&first, after)) = rest.split_first() {
            let (bytes, after) = match first {
                b'\\' => unescaped(rest),
                b'%' => percent_decoded(after).unwrap_or((vec![first], after)),
                b'"' => (vec![quote], after),
                other => (vec![other], after),
            };
            plain.add(&bytes, text.len() - after.len());
            rest = after;
        }
        plain
    }

    /// The bytes of a secret, in which nothing is an escape: `%41` may be part of it.
    fn as_it_is(secret: &str) -> Zeroizing<Vec<u8>> {
        let bytes = Zeroizing::new(Vec::with_capacity(secret.len()));
        let mut plain = Self { bytes, ends: Vec::new() };
        plain.add(secret.as_bytes(), secret.len());
        plain.bytes
    }

    fn add(&mut self, bytes: &[u8], end: usize) {
        for byte in bytes {
            self.bytes.push(match byte {
                b'+' | b'\t' | b'\n' | b'\r' => b' ',
                other => other.to_ascii_lowercase(),
            });
            self.ends.push(end);
            let before = |space: &&str| self.bytes.strip_suffix(space.as_bytes());
            if let Some(before) = SPACES.iter().find_map(before) {
                let before = before.strip_suffix(b" ").unwrap_or(before).len();
                self.bytes.truncate(before);
                self.ends.truncate(before);
                self.bytes.push(b' ');
                self.ends.push(end);
            }
        }
    }
}

fn percent_decoded(digits: &[u8]) -> Option<(Vec<u8>, &[u8])> {
    let (byte, rest) = number(digits, 2)?;
    Some((vec![u8::try_from(byte).ok()?], rest))
}

/// What the escape at the start of a text stands for, and what follows it; a backslash if it is none.
fn unescaped(text: &[u8]) -> (Vec<u8>, &[u8]) {
    let (count, after) = after_backslashes(text);
    let unescaped = after.split_first().and_then(|(escaped, rest)| match escaped {
        b'n' | b'r' | b't' => Some((b" ".to_vec(), rest)),
        // After an even number of backslashes, a quote ends the string.
        b'"' if count % 2 == 0 => None,
        b'"' | b'/' => Some((vec![*escaped], rest)),
        b'u' => utf16_decoded(rest),
        _ => None,
    });
    unescaped.unwrap_or((b"\\".to_vec(), after))
}

/// The character of one or two units of UTF-16, of which the second has a `\u` of its own.
fn utf16_decoded(digits: &[u8]) -> Option<(Vec<u8>, &[u8])> {
    let (first, rest) = number(digits, 4)?;
    if let Some(char) = char::from_u32(first.into()) {
        return Some((char.to_string().into_bytes(), rest));
    }
    let (_, second) = after_backslashes(rest);
    let (second, rest) = number(second.strip_prefix(b"u")?, 4)?;
    let char = char::decode_utf16([first, second]).next()?.ok()?;
    Some((char.to_string().into_bytes(), rest))
}

/// How many backslashes a text begins with, and what follows them. Any number of them makes an escape, since JSON within a string
/// of JSON has more than one.
fn after_backslashes(text: &[u8]) -> (usize, &[u8]) {
    let count = text.iter().take_while(|&&byte| byte == b'\\').count();
    (count, text.get(count..).unwrap_or_default())
}

/// The value of so many hexadecimal digits, and what follows them; `from_str_radix` would accept a sign, too.
fn number(text: &[u8], digits: usize) -> Option<(u16, &[u8])> {
    let (digits, rest) = text.split_at_checked(digits)?;
    let value = digits.iter().try_fold(0, |value, &digit| {
        Some(value * 16 + u16::try_from(char::from(digit).to_digit(16)?).ok()?)
    });
    Some((value?, rest))
}

#[cfg(test)]
mod tests;
