//! What an API sent, made readable: first exactly as it should be, then as far as it can be.

use std::io::Read;

use axum::http::HeaderMap;
use axum::http::header::CONTENT_ENCODING;

use crate::outcome::MAX_ANSWER;

/// How a task is named in an answer.
const TASK_ID: &[u8] = b"task_id";
pub(crate) const MAX_TASK_ID: usize = 128;
/// The decompressor's buffer.
const CHUNK: usize = 4096;

/// Whether this text can be a task's id.
pub(crate) fn is_task_id(text: &[u8]) -> bool {
    (1..=MAX_TASK_ID).contains(&text.len()) && text.iter().all(is_of_task_id)
}

fn is_of_task_id(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')
}

/// The body without its content codings, as far as it can be decompressed. Nobody asked for a coding, but a proxy on the
/// way may not care.
pub(super) fn decompress(headers: &HeaderMap, body: Vec<u8>) -> Vec<u8> {
    let codings = headers
        .get_all(CONTENT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|list| list.split(','))
        .map(|coding| coding.trim().to_ascii_lowercase())
        .collect::<Vec<_>>();
    // The last one named was put on last.
    codings.iter().rev().fold(body, |body, coding| {
        let decompressed = match coding.as_str() {
            "gzip" | "x-gzip" => read(flate2::read::MultiGzDecoder::new(&body[..])),
            // HTTP means zlib by this name; some servers send the bare stream.
            "deflate" => match read(flate2::read::ZlibDecoder::new(&body[..])) {
                empty if empty.is_empty() => read(flate2::read::DeflateDecoder::new(&body[..])),
                decompressed => decompressed,
            },
            "br" => read(brotli_decompressor::Decompressor::new(&body[..], CHUNK)),
            _ => Vec::new(),
        };
        if decompressed.is_empty() { body } else { decompressed }
    })
}

/// Everything up to the first fault, and no more than an answer may have.
fn read(decompressor: impl Read) -> Vec<u8> {
    let mut bytes = Vec::new();
    // What was read before an error stays.
    let _ = decompressor.take(MAX_ANSWER as u64).read_to_end(&mut bytes);
    bytes
}

/// The one task id that a text names, whatever else is wrong with it: `task_id`, a colon, and a quoted id or a number.
pub(super) fn find_task_id(text: &[u8]) -> Option<String> {
    // UTF-16 is ASCII with zeros between.
    let text: Vec<u8> = text.iter().copied().filter(|&byte| byte != 0).collect();
    let mut named =
        (0..text.len()).filter_map(|at| value_after(text.get(at..)?.strip_prefix(TASK_ID)?));
    let first = named.next()?;
    named.all(|other| other == first).then(|| String::from_utf8_lossy(first).into_owned())
}

fn value_after(text: &[u8]) -> Option<&[u8]> {
    let is_quote = |byte: u8| matches!(byte, b'"' | b'\'' | b'\\');
    let text = skip(text, |byte| is_quote(byte) || byte == b' ');
    let text = text.strip_prefix(b":")?.trim_ascii_start();
    let unquoted = skip(text, is_quote);
    let (id, rest) = unquoted.split_at(unquoted.iter().position(|byte| !is_of_task_id(byte))?);
    // A bare word such as null is no id.
    let fits = if unquoted.len() < text.len() {
        rest.first().copied().is_some_and(is_quote)
    } else {
        id.iter().all(u8::is_ascii_digit)
    };
    (fits && is_task_id(id)).then_some(id)
}

/// The rest of a text from the first byte that does not pass.
fn skip(text: &[u8], passes: impl Fn(u8) -> bool) -> &[u8] {
    let passed = text.iter().take_while(|&&byte| passes(byte)).count();
    text.split_at(passed).1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_task_id_is_found_in_what_is_not_json() {
        for text in [
            r#"{"data":{"task_id":"vid_1","status":"queued"#,
            "\u{feff}{\"task_id\": \"vid_1\"}",
            r#"cb({task_id:'vid_1'});"#,
            r#""{\"data\":{\"task_id\":\"vid_1\"}}""#,
            "t\0a\0s\0k\0_\0i\0d\0\"\0:\0\"\0v\0i\0d\0_\x001\0\"\0",
            r#"{"task_id":null} {"task_id" : "vid_1"} {"task_id":"vid_1"}"#,
        ] {
            assert_eq!(find_task_id(text.as_bytes()).as_deref(), Some("vid_1"), "{text}");
        }
        assert_eq!(find_task_id(br#"{"task_id":17,"#).as_deref(), Some("17"));
    }

    #[test]
    fn half_an_id_two_ids_and_no_id_are_none() {
        for text in [
            r#"{"task_id":"vid_1"#,
            r#"{"task_id":17"#,
            r#"{"task_id":null}"#,
            r#"{"task_id":"a b"}"#,
            r#"{"task_id":""}"#,
            r#"{"task_id":"vid_1"}{"task_id":"vid_2"}"#,
            "task_id",
            "",
        ] {
            assert_eq!(find_task_id(text.as_bytes()), None, "{text}");
        }
    }
}
