//! Outgoing calls: one HTTP/1.1 client for the API and one for results. Neither follows redirects, retries or uses a proxy.

use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::header::{
    ACCEPT, ACCEPT_ENCODING, AUTHORIZATION, CONTENT_TYPE, RETRY_AFTER, USER_AGENT,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, Uri};
use hyper::body::Incoming;
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use rustls::ClientConfig;
use serde::de::IgnoredAny;
use tokio::time::{Instant, timeout};

use crate::error::ServeError;
use crate::guard::key::ApiKey;
use crate::options::Options;
use crate::origin::ApiOrigin;
use crate::outcome::{MAX_HEADER, MOST_HEADERS, Outcome};
use crate::refusal::{Kind, Refusal, UpstreamFacts};
use crate::task::{Mention, find_task};
use connect::{ApiConnector, is_not_public, may_fetch};
use exchange::causes;

pub(crate) use exchange::Exchange;

mod connect;
mod decode;
mod exchange;
mod public_address;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// How many bytes of an unusable response are kept, to help find out what became of a task.
const MAX_KEPT: usize = 64 * 1024;
const USER_AGENT_NAME: &str = concat!("seedance-preflight/", env!("CARGO_PKG_VERSION"));

/// The API's origin and how to reach it. Each call has its own connection: if a kept one had meanwhile been closed by the API,
/// the fate of a create would be unknown for nothing.
#[derive(Debug)]
pub(crate) struct Upstream {
    pub(crate) origin: ApiOrigin,
    api: ApiConnector,
    /// The TLS settings, with the trusted root certificates.
    trust: ClientConfig,
    answer_time: Duration,
}

/// A call to the API. Nothing else of a client's request is passed on.
#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) method: Method,
    pub(crate) path: String,
    /// The API key to send; `None` for public addresses.
    pub(crate) key: Option<ApiKey>,
    /// The headers that describe the body.
    pub(crate) headers: HeaderMap,
    pub(crate) body: Body,
}

impl Call {
    pub(crate) fn get(path: String, key: impl Into<Option<ApiKey>>) -> Self {
        let (headers, body) = (HeaderMap::new(), Body::empty());
        Self { method: Method::GET, path, key: key.into(), headers, body }
    }

    pub(crate) fn post_json(path: String, key: ApiKey, body: Bytes) -> Self {
        let json = HeaderValue::from_static("application/json");
        let headers = HeaderMap::from_iter([(CONTENT_TYPE, json)]);
        Self { method: Method::POST, path, key: Some(key), headers, body: body.into() }
    }
}

/// Why there is no answer to pass on.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) kind: Kind,
    pub(crate) facts: UpstreamFacts,
    /// What the response says about a task.
    pub(crate) task: Mention,
}

impl Upstream {
    pub(crate) fn new(options: &Options) -> Result<Self, ServeError> {
        let trust = connect::trust(options.ca_file.as_deref())?;
        Ok(Self {
            origin: options.api_origin.clone(),
            api: connect::to_api(&trust),
            trust,
            answer_time: Duration::from_secs(options.answer_time),
        })
    }

    /// When the answer to a call made now is due.
    pub(crate) fn deadline(&self) -> Instant {
        Instant::now() + self.answer_time
    }

    /// Sends a call that is safe to repeat, and reads its answer within the usual time.
    pub(crate) async fn call(&self, call: Call) -> Result<Outcome, Refusal> {
        self.call_within(call, self.answer_time).await
    }

    /// The same with another time limit, for calls whose body takes long to send.
    pub(crate) async fn call_within(&self, call: Call, time: Duration) -> Result<Outcome, Refusal> {
        let deadline = Instant::now() + time;
        let answered = async { self.send(call).await?.answer(deadline).await };
        answered.await.map_err(|mut failure| {
            // The received text is of no use to a client that can ask again.
            failure.facts.received = None;
            failure.into_refusal()
        })
    }

    /// Connects; the call is sent once its answer is waited for. From here on the API may have got it, whatever becomes of the answer.
    ///
    /// # Errors
    /// If there is no connection: then nothing was sent.
    pub(crate) async fn send(&self, call: Call) -> Result<Exchange, Failure> {
        let key = call.key.clone();
        exchange::send(&self.api, self.request(call), key).await.map_err(|error| Failure {
            kind: Kind::UpstreamUnreachable,
            facts: UpstreamFacts { cause: Some(causes(&*error)), ..UpstreamFacts::default() },
            task: Mention::None,
        })
    }

    /// Fetches a result from the storage, without key, cookie or referrer. The head of the response must arrive within `time`.
    ///
    /// # Errors
    /// The kind alone: details could reveal what is at an address inside the network.
    pub(crate) async fn fetch_result(
        &self,
        result: Uri,
        time: Duration,
    ) -> Result<Response<Incoming>, Kind> {
        let is_at_home = self.origin.is_loopback_home_of(&result);
        if !is_at_home && !may_fetch(&result) {
            return Err(Kind::ResultRefused);
        }
        let mut request = Request::new(Body::empty());
        *request.uri_mut() = result;
        request.headers_mut().insert(USER_AGENT, HeaderValue::from_static(USER_AGENT_NAME));
        let mut client = Client::builder(TokioExecutor::new());
        client.retry_canceled_requests(false);
        client.pool_max_idle_per_host(0);
        // A paid result must not be lost to bad headers that nobody reads.
        client.http1_max_headers(exchange::MAX_HEADERS);
        client.http1_ignore_invalid_headers_in_responses(true);
        client.http1_allow_obsolete_multiline_headers_in_responses(true);
        client.http1_allow_spaces_after_header_name_in_responses(true);
        let response = match is_at_home {
            true => client.build(self.api.clone()).request(request),
            false => client.build(connect::to_results(&self.trust)).request(request),
        };
        match timeout(time, response).await {
            Ok(Ok(response)) => Ok(response),
            Ok(Err(error)) if is_not_public(&error) => Err(Kind::ResultRefused),
            Ok(Err(_)) | Err(_) => Err(Kind::ResultUnreachable),
        }
    }

    fn request(&self, call: Call) -> Request<Body> {
        let mut request = Request::new(call.body);
        *request.method_mut() = call.method;
        *request.uri_mut() = self.origin.join(&call.path);
        let headers = request.headers_mut();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        headers.insert(USER_AGENT, HeaderValue::from_static(USER_AGENT_NAME));
        headers.extend(call.key.map(|key| (AUTHORIZATION, key.to_authorization())));
        headers.extend(call.headers);
        request
    }
}

impl Exchange {
    /// The answer, or a failure with what has arrived by the deadline.
    pub(crate) async fn answer(&self, deadline: Instant) -> Result<Outcome, Failure> {
        let end = self.read_until(deadline).await;
        let is_whole = end.is_ok();
        let (head, body) = self.received();
        let (status, headers) = head.unzip();
        let (headers, key) = (&headers.unwrap_or_default(), self.key.as_ref());
        let mut bytes = redact(decode::decompress(headers, body), key);
        // The content type is ignored: a proxy's page may claim to be JSON, and some servers send JSON as plain text. A closed
        // object is complete, even if the connection did not end properly.
        let json = std::str::from_utf8(&bytes)
            .ok()
            .filter(|text| is_json(text) && (is_whole || text.trim_end().ends_with('}')));
        let (kind, cause) = match (status, json) {
            (Some(status), _) if status.is_redirection() => (Kind::UpstreamRedirect, None),
            (Some(status), Some(json)) => {
                let headers = headers_that_matter(headers, key);
                return Ok(Outcome::answered(status.as_u16(), json.to_owned(), headers, !is_whole));
            }
            _ => end.err().unwrap_or((Kind::UpstreamNotJson, None)),
        };
        let mut task = find_task(&bytes);
        if !matches!(task, Mention::Of(_)) {
            // There may be no head, or one that is wrong about the body.
            let wire = redact(self.wire(), key);
            let in_wire = find_task(&wire);
            if status.is_none() || in_wire != Mention::None {
                (task, bytes) = (in_wire, wire);
            }
        }
        let facts = UpstreamFacts {
            status: status.map(|status| status.as_u16()),
            content_type: text_of(headers, &CONTENT_TYPE, key),
            cause,
            received: kept(&bytes),
        };
        Err(Failure { kind, facts, task })
    }
}

fn redact(bytes: Vec<u8>, key: Option<&ApiKey>) -> Vec<u8> {
    match key {
        Some(key) => key.redact(bytes),
        None => bytes,
    }
}

fn is_json(text: &str) -> bool {
    serde_json::from_str::<IgnoredAny>(text).is_ok()
}

/// The beginning of a response, as text.
fn kept(bytes: &[u8]) -> Option<String> {
    let bytes = bytes.get(..MAX_KEPT).unwrap_or(bytes);
    (!bytes.is_empty()).then(|| String::from_utf8_lossy(bytes).into_owned())
}

/// The headers to pass on: when to try again, rate limits, and the ID to quote to the API's support.
fn headers_that_matter(headers: &HeaderMap, key: Option<&ApiKey>) -> Vec<(String, String)> {
    let is_limit = |name: &&HeaderName| {
        let name = name.as_str();
        let is_limit = name.starts_with("x-ratelimit-") || name.starts_with("ratelimit");
        let has_key = redact(name.into(), key) != name.as_bytes();
        is_limit && name.len() <= MAX_HEADER && !has_key
    };
    [&RETRY_AFTER, &REQUEST_ID]
        .into_iter()
        .chain(headers.keys().filter(is_limit))
        .filter_map(|name| Some((name.as_str().to_owned(), text_of(headers, name, key)?)))
        .take(MOST_HEADERS)
        .collect()
}

/// The text of a header, with the key redacted; `None` if it is too long to pass on.
fn text_of(headers: &HeaderMap, name: &HeaderName, key: Option<&ApiKey>) -> Option<String> {
    let text = headers.get(name)?.to_str().ok()?;
    let text = (text.len() <= MAX_HEADER).then(|| redact(text.into(), key))?;
    String::from_utf8(text).ok()
}

impl Failure {
    /// The refusal, with what came instead of an answer.
    pub(crate) fn into_refusal(self) -> Refusal {
        Refusal::from(self.kind).with_upstream(self.facts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_take_no_more_room_in_the_journal_than_it_reserves() {
        let name = |index: usize| HeaderName::try_from(format!("x-ratelimit-{index}")).unwrap();
        let value = |length: usize| HeaderValue::try_from("1".repeat(length)).unwrap();
        let mut headers: HeaderMap =
            (0..2 * MOST_HEADERS).map(|index| (name(index), value(MAX_HEADER))).collect();
        assert_eq!(headers_that_matter(&headers, None).len(), MOST_HEADERS);
        headers = HeaderMap::from_iter([(name(0), value(1)), (name(1), value(MAX_HEADER + 1))]);
        let long = "ratelimit-".to_owned() + &"a".repeat(MAX_HEADER);
        headers.insert(HeaderName::try_from(long).unwrap(), value(1));
        let kept = headers_that_matter(&headers, None);
        assert_eq!(kept, [("x-ratelimit-0".to_owned(), "1".to_owned())]);
    }
}
