//! Decompressing responses.

use std::io::Read;

use axum::http::HeaderMap;
use axum::http::header::CONTENT_ENCODING;

use crate::outcome::MAX_ANSWER;

/// The first bytes of every gzip stream.
const GZIP: [u8; 2] = [0x1f, 0x8b];
/// The Brotli decompressor's buffer, in bytes.
const CHUNK: usize = 4096;

/// The body without its content codings, as far as it can be decompressed. The companion asks for none, but a proxy on the way
/// may compress all the same.
pub(super) fn decompress(headers: &HeaderMap, body: Vec<u8>) -> Vec<u8> {
    let codings = headers
        .get_all(CONTENT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|list| list.split(','));
    // Some servers do not announce that they compress.
    let unannounced =
        (!headers.contains_key(CONTENT_ENCODING) && body.starts_with(&GZIP)).then_some("gzip");
    // The codings are listed in the order in which they were applied.
    codings.rev().chain(unannounced).fold(body, |body, coding| {
        let decompressed = match coding.trim().to_ascii_lowercase().as_str() {
            "gzip" | "x-gzip" => read(flate2::read::MultiGzDecoder::new(&body[..])),
            // In HTTP, `deflate` means zlib; some servers send the bare stream.
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

/// Everything up to the first error, and at most [`MAX_ANSWER`] bytes.
fn read(decompressor: impl Read) -> Vec<u8> {
    let mut bytes = Vec::new();
    // What was read before an error is kept.
    let _ = decompressor.take(MAX_ANSWER as u64).read_to_end(&mut bytes);
    bytes
}
