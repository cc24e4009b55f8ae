//! The way out: one HTTP/1.1 client for the API and one for results. Neither follows redirects, retries or uses a proxy.

use std::error::Error;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::header::{
    ACCEPT, AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, RETRY_AFTER, USER_AGENT,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, Uri};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use hyper_util::client::legacy::{Client, Error as ClientError};
use hyper_util::rt::TokioExecutor;
use serde::de::IgnoredAny;
use tokio::time::{Instant, timeout_at};

use crate::guard::key::ApiKey;
use crate::refusal::{Kind, Refusal, UpstreamFacts};
use crate::upstream::origin::ApiOrigin;
use connect::{ApiConnector, NotPublic, ResultConnector};

pub use connect::TrustError;
pub(crate) use connect::may_fetch;

mod connect;
pub(crate) mod origin;
mod public_address;

/// No real answer of the API comes near this.
const MAX_JSON_ANSWER: usize = 1024 * 1024;
const MAX_HEADER: usize = 100;
const USER_AGENT_NAME: &str = concat!("seedance-preflight/", env!("CARGO_PKG_VERSION"));

/// Both clients and the API's address.
#[derive(Debug)]
pub(crate) struct Upstream {
    pub(crate) origin: ApiOrigin,
    api: Client<ApiConnector, Body>,
    results: Client<ResultConnector, Body>,
    answer_time: Duration,
}

/// A call to be passed on; everything that goes out is named here.
#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) key: ApiKey,
    pub(crate) content_type: Option<HeaderValue>,
    pub(crate) content_length: Option<HeaderValue>,
    pub(crate) body: Body,
}

impl Call {
    pub(crate) fn get(path: String, key: ApiKey) -> Self {
        Self {
            method: Method::GET,
            path,
            key,
            content_type: None,
            content_length: None,
            body: Body::empty(),
        }
    }

    pub(crate) fn post_json(path: String, key: ApiKey, body: Bytes) -> Self {
        let content_type = Some(HeaderValue::from_static("application/json"));
        Self {
            method: Method::POST,
            path,
            key,
            content_type,
            content_length: None,
            body: Body::from(body),
        }
    }
}

/// What the API answered, whole and proved to be JSON.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) retry_after: Option<String>,
    pub(crate) json: String,
}

/// Why there is no [`Answer`].
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) kind: FailureKind,
    pub(crate) facts: UpstreamFacts,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FailureKind {
    Unreachable,
    TimedOut,
    Cut,
    Redirect,
    TooLarge,
    NotJson,
    NotPublic,
}

impl Upstream {
    pub(crate) fn new(
        origin: ApiOrigin,
        ca_file: Option<&std::path::Path>,
        answer_time: Duration,
    ) -> Result<Self, TrustError> {
        let trust = connect::trust(ca_file)?;
        // No idle connections: one that the API has closed meanwhile would make a create's fate unknown for nothing.
        let client = || {
            let mut builder = Client::builder(TokioExecutor::new());
            builder
                .pool_max_idle_per_host(0)
                .retry_canceled_requests(false);
            builder
        };
        let api = client().build(connect::to_api(&trust));
        let results = client().build(connect::to_results(&trust));
        Ok(Self {
            origin,
            api,
            results,
            answer_time,
        })
    }

    /// Passes a call on and reads the answer, within the time that answers are given.
    pub(crate) async fn call(&self, call: Call) -> Result<Answer, Failure> {
        let time = self.answer_time;
        self.call_within(call, time).await
    }

    /// The same with another time, for calls whose body takes long to send.
    pub(crate) async fn call_within(&self, call: Call, time: Duration) -> Result<Answer, Failure> {
        let deadline = Instant::now() + time;
        let key = call.key.clone();
        let request = self.request(call);
        let response = match timeout_at(deadline, self.api.request(request)).await {
            Ok(Ok(response)) => response,
            Ok(Err(error)) => return Err(Failure::of(&error)),
            Err(_) => return Err(FailureKind::TimedOut.into()),
        };
        read_answer(response, deadline, &key).await
    }

    /// Asks the storage for a result: no key, no cookie, no referrer. Gives up at `deadline` if no head of an answer comes.
    pub(crate) async fn fetch_result(
        &self,
        result: Uri,
        deadline: Instant,
    ) -> Result<Response<Incoming>, Failure> {
        let at_home = self.origin.is_loopback_home_of(&result);
        let mut request = Request::new(Body::empty());
        *request.uri_mut() = result;
        request
            .headers_mut()
            .insert(USER_AGENT, HeaderValue::from_static(USER_AGENT_NAME));
        let response = if at_home {
            timeout_at(deadline, self.api.request(request)).await
        } else {
            timeout_at(deadline, self.results.request(request)).await
        };
        match response {
            Ok(response) => response.map_err(|error| Failure::of(&error)),
            Err(_) => Err(FailureKind::TimedOut.into()),
        }
    }

    fn request(&self, call: Call) -> Request<Body> {
        let mut request = Request::new(call.body);
        *request.method_mut() = call.method;
        *request.uri_mut() = self.origin.join(&call.path);
        let headers = request.headers_mut();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert(USER_AGENT, HeaderValue::from_static(USER_AGENT_NAME));
        headers.insert(AUTHORIZATION, call.key.to_authorization());
        let described = [
            (CONTENT_TYPE, call.content_type),
            (CONTENT_LENGTH, call.content_length),
        ];
        headers.extend(
            described
                .into_iter()
                .filter_map(|(name, value)| Some((name, value?))),
        );
        request
    }
}

async fn read_answer(
    response: Response<Incoming>,
    deadline: Instant,
    key: &ApiKey,
) -> Result<Answer, Failure> {
    let facts = facts_of(&response, key);
    let failed = |kind| Failure {
        kind,
        facts: facts.clone(),
    };
    if response.status().is_redirection() {
        return Err(failed(FailureKind::Redirect));
    }
    let status = response.status().as_u16();
    let retry_after = text_of(response.headers(), &RETRY_AFTER, key);
    let bytes = match timeout_at(deadline, read_capped(response.into_body())).await {
        Ok(Ok(bytes)) => key.redact(bytes),
        Ok(Err(kind)) => return Err(failed(kind)),
        Err(_) => return Err(failed(FailureKind::TimedOut)),
    };
    // Whatever the answer calls itself: a proxy's page may say JSON, and some servers send JSON as plain text.
    match String::from_utf8(bytes) {
        Ok(json) if serde_json::from_str::<IgnoredAny>(&json).is_ok() => Ok(Answer {
            status,
            retry_after,
            json,
        }),
        _ => Err(failed(FailureKind::NotJson)),
    }
}

async fn read_capped(mut body: Incoming) -> Result<Vec<u8>, FailureKind> {
    let mut bytes = Vec::new();
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| FailureKind::Cut)?;
        let Some(data) = frame.data_ref() else {
            continue;
        };
        if bytes.len() + data.len() > MAX_JSON_ANSWER {
            return Err(FailureKind::TooLarge);
        }
        bytes.extend_from_slice(data);
    }
    Ok(bytes)
}

fn facts_of(response: &Response<Incoming>, key: &ApiKey) -> UpstreamFacts {
    UpstreamFacts {
        status: Some(response.status().as_u16()),
        content_type: text_of(response.headers(), &CONTENT_TYPE, key),
        cause: None,
    }
}

/// A header that is short enough to be repeated, without the key should it repeat that.
fn text_of(headers: &HeaderMap, name: &HeaderName, key: &ApiKey) -> Option<String> {
    let text = headers.get(name)?.to_str().ok()?;
    let text = (text.len() <= MAX_HEADER).then(|| key.redact(text.into()))?;
    String::from_utf8(text).ok()
}

impl Failure {
    fn of(error: &ClientError) -> Self {
        let kind = match error {
            _ if chain(error).any(|cause| cause.is::<NotPublic>()) => FailureKind::NotPublic,
            _ if error.is_connect() => FailureKind::Unreachable,
            _ => FailureKind::Cut,
        };
        Self {
            kind,
            facts: UpstreamFacts {
                cause: Some(causes(error)),
                ..UpstreamFacts::default()
            },
        }
    }

    /// The refusal for a call that may be made again without harm.
    pub(crate) fn into_refusal(self) -> Refusal {
        let kind = match self.kind {
            FailureKind::Unreachable => Kind::UpstreamUnreachable,
            FailureKind::TimedOut => Kind::UpstreamTimeout,
            FailureKind::Cut => Kind::UpstreamCut,
            FailureKind::Redirect => Kind::UpstreamRedirect,
            FailureKind::TooLarge => Kind::UpstreamTooLarge,
            FailureKind::NotJson => Kind::UpstreamNotJson,
            FailureKind::NotPublic => Kind::ResultRefused,
        };
        Refusal::new(kind).with_upstream(self.facts)
    }
}

impl From<FailureKind> for Failure {
    fn from(kind: FailureKind) -> Self {
        Self {
            kind,
            facts: UpstreamFacts::default(),
        }
    }
}

/// What went wrong, cause by cause; a client's error names addresses at most, never headers.
fn causes(error: &ClientError) -> String {
    chain(error)
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(": ")
}

fn chain<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |error: &&'a (dyn Error + 'static)| {
        (*error).source()
    })
}
