//! One call and its response, which is stored as it arrives (an error does not lose what came before it) and then read strictly,
//! for as much of it as is JSON.

use std::error::Error;
use std::io::Read;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::header::{CONTENT_ENCODING, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderName, Request, StatusCode};
use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Shared};
use http_body_util::BodyExt;
use hyper::client::conn::http1::SendRequest;
use parking_lot::Mutex;
use serde::de::IgnoredAny;
use tokio::time::{Instant, timeout_at};

use crate::guard::key::ApiKey;
use crate::outcome::{MAX_ANSWER, Outcome};
use crate::refusal::{Kind, Refusal, UpstreamFacts};

/// How long to read on after the deadline: the process may have been stopped while the response arrived in the socket.
const LAST_LOOK: Duration = Duration::from_millis(500);
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// How many bytes of an unusable response are kept, to help find out what became of a task.
const MAX_KEPT: usize = 64 * 1024;
/// How many rate-limit headers are passed on at most, and how long their names and values may be: clients accept only so much.
const MOST_LIMITS: usize = 32;
const MAX_HEADER: usize = 100;
/// Some servers begin UTF-8 with it, and no JSON may.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";
const GZIP: [u8; 2] = [0x1f, 0x8b];
/// The Brotli decompressor's buffer, in bytes.
const CHUNK: usize = 4096;

/// A call that was sent, and what has come back so far.
pub(crate) struct Exchange {
    /// The key that the call was sent with, which is redacted from the response.
    key: Option<ApiKey>,
    received: Arc<Mutex<Received>>,
    /// Reads the response to its end; it can be awaited again after a deadline has passed.
    end: Shared<BoxFuture<'static, End>>,
}

#[derive(Clone, Default)]
struct Received {
    head: Option<(StatusCode, HeaderMap)>,
    body: Vec<u8>,
}

/// How a response ended: whole, or with this failure (a time-out, too) and the HTTP client's message.
type End = Result<(), (Kind, Option<String>)>;

async fn exchange(
    mut sender: SendRequest<Body>,
    request: Request<Body>,
    received: Arc<Mutex<Received>>,
) -> End {
    let cut = |error| (Kind::UpstreamCut, Some(causes(&error)));
    let (head, mut body) = sender.send_request(request).await.map_err(cut)?.into_parts();
    received.lock().head = Some((head.status, head.headers));
    while let Some(frame) = body.frame().await {
        let data = frame.map_err(cut)?.into_data().unwrap_or_default();
        let body = &mut received.lock().body;
        body.extend_from_slice(&data);
        if body.len() > MAX_ANSWER {
            body.truncate(MAX_ANSWER);
            return Err((Kind::UpstreamTooLarge, None));
        }
    }
    Ok(())
}

/// Why there is no answer to pass on.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) kind: Kind,
    pub(crate) facts: UpstreamFacts,
    /// The body as far as it came, with the key redacted.
    pub(crate) text: String,
}

impl Exchange {
    /// Sends the request once its response is waited for.
    pub(super) fn new(
        sender: SendRequest<Body>,
        request: Request<Body>,
        key: Option<ApiKey>,
    ) -> Self {
        let received = Arc::<Mutex<Received>>::default();
        let end = exchange(sender, request, Arc::clone(&received)).boxed().shared();
        Self { key, received, end }
    }

    /// The answer, or a failure with what has arrived by the deadline.
    pub(crate) async fn answer(&self, deadline: Instant) -> Result<Outcome, Failure> {
        let end = self.read_until(deadline).await;
        let is_whole = end.is_ok();
        let Received { head, body } = self.received.lock().clone();
        let (status, headers) = head.unzip();
        let (headers, key) = (headers.unwrap_or_default(), self.key.as_ref());
        let mut body = decompress(&headers, body);
        let bytes = redact(&body, key);
        // The content type is ignored: a proxy's page may claim to be JSON, and some servers send JSON as plain text. A closed
        // object is complete, even if the connection did not end properly.
        let json = std::str::from_utf8(bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(&bytes))
            .ok()
            .filter(|text| serde_json::from_str::<IgnoredAny>(text).is_ok())
            .filter(|text| is_whole || text.trim_end().ends_with('}'));
        let (kind, cause) = match (status, json) {
            (Some(status), _) if status.is_redirection() => (Kind::UpstreamRedirect, None),
            (Some(status), Some(json)) => {
                let headers = headers_that_matter(&headers, key);
                return Ok(Outcome::answered(status.as_u16(), json.to_owned(), headers, !is_whole));
            }
            _ => end.err().unwrap_or((Kind::UpstreamNotJson, None)),
        };
        // Without its zeros, ASCII text in UTF-16 is plain ASCII.
        body.retain(|byte| *byte != 0);
        let text = String::from_utf8_lossy(&redact(&body, key)).into_owned();
        let kept = text.get(..text.floor_char_boundary(MAX_KEPT));
        let received = kept.filter(|kept| !kept.is_empty()).map(str::to_owned);
        let status = status.map(|status| status.as_u16());
        Err(Failure { kind, facts: UpstreamFacts { status, cause, task_id: None, received }, text })
    }

    /// Reads until the response ends or the deadline passes, which is an error here; reading may go on later.
    async fn read_until(&self, deadline: Instant) -> End {
        let mut until = deadline;
        loop {
            if let Ok(end) = timeout_at(until, self.end.clone()).await {
                return end;
            }
            // If it ended much too late, the process was stopped or starved even during this last look.
            if until > deadline && until.elapsed() < LAST_LOOK {
                return Err((Kind::UpstreamTimeout, None));
            }
            until = Instant::now() + LAST_LOOK;
        }
    }
}

impl From<Failure> for Refusal {
    fn from(Failure { kind, facts, .. }: Failure) -> Self {
        Self::from(kind).with_upstream(facts)
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

/// The headers to pass on: when to try again, rate limits, and the ID to quote to the API's support.
fn headers_that_matter(headers: &HeaderMap, key: Option<&ApiKey>) -> Vec<(String, String)> {
    let is_limit = |name: &&HeaderName| {
        let starts = ["x-ratelimit-", "ratelimit"];
        starts.iter().any(|start| name.as_str().starts_with(start))
    };
    [&RETRY_AFTER, &REQUEST_ID]
        .into_iter()
        .chain(headers.keys().filter(is_limit).take(MOST_LIMITS))
        .filter_map(|name| {
            let text = redact(headers.get(name)?.to_str().ok()?.as_bytes(), key);
            Some((name.to_string(), String::from_utf8(text).ok()?))
        })
        .filter(|(name, text)| name.len().max(text.len()) <= MAX_HEADER)
        // Redacted, a name would be another header's or none.
        .filter(|(name, _)| redact(name.as_bytes(), key) == name.as_bytes())
        .collect()
}

/// An error with all its causes. The HTTP client's errors name addresses at most, never headers.
pub(super) fn causes(error: &(dyn Error + 'static)) -> String {
    match error.source() {
        Some(source) => format!("{error}: {}", causes(source)),
        None => error.to_string(),
    }
}
