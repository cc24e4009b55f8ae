//! Reading an answer from what has come back of a call: strictly, for as much of it as is JSON.

use std::io::Read;

use axum::http::header::{CONTENT_ENCODING, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderName};
use serde::de::IgnoredAny;
use tokio::time::Instant;

use crate::guard::key::ApiKey;
use crate::outcome::{MAX_ANSWER, Outcome};
use crate::refusal::{Kind, Refusal, UpstreamFacts};
use crate::upstream::exchange::Exchange;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// How many bytes of an unusable response are kept, to help find out what became of a task.
const MAX_KEPT: usize = 64 * 1024;
/// How many rate-limit headers are passed on at most, and how long their names and values may be: clients accept only so much.
const MOST_LIMITS: usize = 32;
const MAX_HEADER: usize = 100;
/// The first bytes of every gzip stream.
const GZIP: [u8; 2] = [0x1f, 0x8b];
/// The Brotli decompressor's buffer, in bytes.
const CHUNK: usize = 4096;

/// Why there is no answer to pass on.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) kind: Kind,
    pub(crate) facts: UpstreamFacts,
    /// The body as far as it came, with the key redacted.
    pub(crate) text: String,
}

impl Exchange {
    /// The answer, or a failure with what has arrived by the deadline.
    pub(crate) async fn answer(&self, deadline: Instant) -> Result<Outcome, Failure> {
        let end = self.read_until(deadline).await;
        let is_whole = end.is_ok();
        let (head, body) = self.received();
        let (status, headers) = head.unzip();
        let (headers, key) = (headers.unwrap_or_default(), self.key.as_ref());
        let mut body = decompress(&headers, body);
        let bytes = redact(&body, key);
        // The content type is ignored: a proxy's page may claim to be JSON, and some servers send JSON as plain text. A closed
        // object is complete, even if the connection did not end properly.
        let json = std::str::from_utf8(&bytes)
            .ok()
            .filter(|text| is_json(text) && (is_whole || text.trim_end().ends_with('}')));
        let (kind, cause) = match (status, json) {
            (Some(status), _) if status.is_redirection() => (Kind::UpstreamRedirect, None),
            (Some(status), Some(json)) => {
                let headers = headers_that_matter(&headers, key);
                return Ok(Outcome::answered(status.as_u16(), json.to_owned(), headers, !is_whole));
            }
            _ => end.err().unwrap_or((Kind::UpstreamNotJson, None)),
        };
        let facts =
            UpstreamFacts { status: status.map(|status| status.as_u16()), cause, received: None };
        // Without its zeros, ASCII text in UTF-16 is plain ASCII.
        body.retain(|byte| *byte != 0);
        let text = String::from_utf8_lossy(&redact(&body, key)).into_owned();
        Err(Failure { kind, facts, text })
    }
}

impl Failure {
    /// The same with the beginning of the body, for a call that cannot be repeated.
    pub(crate) fn with_received(mut self) -> Self {
        let kept = self.text.floor_char_boundary(MAX_KEPT);
        self.facts.received =
            self.text.get(..kept).filter(|kept| !kept.is_empty()).map(str::to_owned);
        self
    }

    pub(crate) fn into_refusal(self) -> Refusal {
        Refusal::from(self.kind).with_upstream(self.facts)
    }
}

/// The body without its content coding, as far as it can be decompressed. The companion asks for none, but a proxy on the way
/// may compress all the same.
fn decompress(headers: &HeaderMap, body: Vec<u8>) -> Vec<u8> {
    let coding = headers.get(CONTENT_ENCODING).and_then(|coding| coding.to_str().ok());
    let decompressed = match coding.unwrap_or_default().to_ascii_lowercase().as_str() {
        // Some servers do not announce it.
        _ if body.starts_with(&GZIP) => read(flate2::read::MultiGzDecoder::new(&body[..])),
        // In HTTP, `deflate` means zlib; some servers send the bare stream.
        "deflate" => match read(flate2::read::ZlibDecoder::new(&body[..])) {
            empty if empty.is_empty() => read(flate2::read::DeflateDecoder::new(&body[..])),
            decompressed => decompressed,
        },
        "br" => read(brotli_decompressor::Decompressor::new(&body[..], CHUNK)),
        _ => Vec::new(),
    };
    if decompressed.is_empty() { body } else { decompressed }
}

/// Everything up to the first error, and at most [`MAX_ANSWER`] bytes.
fn read(decompressor: impl Read) -> Vec<u8> {
    let mut bytes = Vec::new();
    // What was read before an error is kept.
    let _ = decompressor.take(MAX_ANSWER as u64).read_to_end(&mut bytes);
    bytes
}

fn redact(bytes: &[u8], key: Option<&ApiKey>) -> Vec<u8> {
    key.map_or_else(|| bytes.to_owned(), |key| key.redact(bytes))
}

fn is_json(text: &str) -> bool {
    serde_json::from_str::<IgnoredAny>(text).is_ok()
}

/// The headers to pass on: when to try again, rate limits, and the ID to quote to the API's support.
fn headers_that_matter(headers: &HeaderMap, key: Option<&ApiKey>) -> Vec<(String, String)> {
    let is_limit = |name: &&HeaderName| {
        let name = name.as_str();
        let is_limit = name.starts_with("x-ratelimit-") || name.starts_with("ratelimit");
        is_limit && name.len() <= MAX_HEADER
    };
    [&RETRY_AFTER, &REQUEST_ID]
        .into_iter()
        .chain(headers.keys().filter(is_limit).take(MOST_LIMITS))
        .filter_map(|name| Some((name.as_str().to_owned(), text_of(headers, name, key)?)))
        .collect()
}

/// The text of a header, with the key redacted; `None` if it is too long to pass on.
fn text_of(headers: &HeaderMap, name: &HeaderName, key: Option<&ApiKey>) -> Option<String> {
    let text = headers.get(name)?.to_str().ok().filter(|text| text.len() <= MAX_HEADER)?;
    String::from_utf8(redact(text.as_bytes(), key)).ok()
}
