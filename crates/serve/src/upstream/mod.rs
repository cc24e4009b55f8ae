//! Outgoing calls, to the API and for results. None follows redirects, is sent twice or goes through a proxy.

use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::header::{ACCEPT, ACCEPT_ENCODING, AUTHORIZATION, CONTENT_TYPE, USER_AGENT};
use axum::http::{HeaderMap, HeaderValue, Method, Request, Response, Uri};
use hyper::body::Incoming;
use rustls::ClientConfig;
use tokio::time::{Instant, timeout};
use tower::BoxError;

use crate::error::ServeError;
use crate::guard::key::ApiKey;
use crate::options::Options;
use crate::origin::ApiOrigin;
use crate::outcome::Outcome;
use crate::refusal::{Kind, Refusal, UpstreamFacts};
use crate::text::JSON;
use connect::{Reach, connect, is_not_public, may_fetch};
use exchange::causes;

pub(crate) use exchange::{Exchange, Failure};

mod connect;
mod exchange;

const USER_AGENT_NAME: &str = concat!("seedance-preflight/", env!("CARGO_PKG_VERSION"));

/// The API's origin and how to reach it. Each call has its own connection: if a kept one had meanwhile been closed by the API,
/// the fate of a create would be unknown for nothing.
#[derive(Debug)]
pub(crate) struct Upstream {
    pub(crate) origin: ApiOrigin,
    /// The TLS settings, with the trusted root certificates.
    trust: ClientConfig,
    /// How long to wait for an answer.
    pub(crate) answer_time: Duration,
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
        let json = HeaderValue::from_static(JSON);
        let headers = HeaderMap::from_iter([(CONTENT_TYPE, json)]);
        Self { method: Method::POST, path, key: Some(key), headers, body: body.into() }
    }
}

impl Upstream {
    pub(crate) fn new(options: &Options) -> Result<Self, ServeError> {
        Ok(Self {
            origin: options.api_origin.clone(),
            trust: connect::trust(options.ca_file.as_deref())?,
            answer_time: Duration::from_secs(options.answer_time),
        })
    }

    /// Sends a call that is safe to repeat, and reads its answer within the usual time.
    pub(crate) async fn call(&self, call: Call) -> Result<Outcome, Refusal> {
        self.call_within(call, self.answer_time).await
    }

    /// The same with another time limit, for calls whose body takes long to send.
    pub(crate) async fn call_within(&self, call: Call, time: Duration) -> Result<Outcome, Refusal> {
        let deadline = Instant::now() + time;
        Ok(self.send(call).await?.answer(deadline).await?)
    }

    /// Connects; the call is sent once its answer is waited for, and the API may then have got it, whatever becomes of the answer.
    /// After an error nothing was sent.
    pub(crate) async fn send(&self, call: Call) -> Result<Exchange, Refusal> {
        let mut request = Request::new(call.body);
        *request.method_mut() = call.method;
        *request.uri_mut() = self.origin.join(&call.path);
        let headers = request.headers_mut();
        headers.insert(ACCEPT, HeaderValue::from_static(JSON));
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("identity"));
        headers.insert(USER_AGENT, HeaderValue::from_static(USER_AGENT_NAME));
        headers.extend(call.key.as_ref().map(|key| (AUTHORIZATION, key.to_authorization())));
        headers.extend(call.headers);
        match connect(&self.trust, Reach::Anywhere, &mut request).await {
            Ok(sender) => Ok(Exchange::new(sender, request, call.key)),
            Err(error) => {
                let cause = Some(causes(&*error));
                let facts = UpstreamFacts { cause, ..UpstreamFacts::default() };
                Err(Refusal::from(Kind::UpstreamUnreachable).with_upstream(facts))
            }
        }
    }

    /// Fetches a result from the storage, without key, cookie or referrer. The head of the response must arrive within `time`. An
    /// error is a kind alone: details could reveal what is at an address inside the network.
    pub(crate) async fn fetch_result(
        &self,
        result: Uri,
        time: Duration,
    ) -> Result<Response<Incoming>, Kind> {
        let reach = match self.origin.is_loopback_home_of(&result) {
            true => Reach::Anywhere,
            false if may_fetch(&result) => Reach::PublicOnly,
            false => return Err(Kind::ResultRefused),
        };
        let mut request = Request::new(Body::empty());
        *request.uri_mut() = result;
        request.headers_mut().insert(USER_AGENT, HeaderValue::from_static(USER_AGENT_NAME));
        let response = async {
            let mut sender = connect(&self.trust, reach, &mut request).await?;
            Ok(sender.send_request(request).await?)
        };
        match timeout(time, response).await {
            Ok(Ok(response)) => Ok(response),
            Ok(Err(error)) if is_not_public(&*error) => Err(Kind::ResultRefused),
            Ok(Err::<_, BoxError>(_)) | Err(_) => Err(Kind::ResultUnreachable),
        }
    }
}
