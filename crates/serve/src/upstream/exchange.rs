//! One call and its response, which is stored as it arrives: an error does not lose what came before it.

use std::error::Error;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, Uri, header};
use futures_util::FutureExt;
use futures_util::future::{BoxFuture, Shared};
use http_body_util::BodyExt;
use hyper::client::conn::http1::{self, SendRequest};
use hyper::rt::{Read, Write};
use hyper_util::rt::TokioIo;
use parking_lot::Mutex;
use tokio::io::AsyncWrite;
use tokio::time::{Instant, timeout, timeout_at};
use tower::{BoxError, Service, ServiceExt};

use crate::guard::key::ApiKey;
use crate::outcome::MAX_ANSWER;
use crate::refusal::Kind;
use crate::text::plain_header;
use crate::upstream::connect::{ApiConnector, CONNECT_TIME};

/// The most headers of a response. The usual 100 may not be enough when proxies on the way add their own.
const MAX_HEADERS: usize = 4096;
/// How long to read on after the deadline: the process may have been stopped while the response arrived in the socket.
const LAST_LOOK: Duration = Duration::from_millis(500);

/// A call that was sent, and what has come back so far.
pub(crate) struct Exchange {
    /// The key that the call was sent with, which is redacted from the response.
    pub(super) key: Option<ApiKey>,
    received: Arc<Mutex<Received>>,
    /// Reads the response to its end; it can be awaited again after a deadline has passed.
    end: Shared<BoxFuture<'static, End>>,
}

/// What has come back so far.
#[derive(Default)]
struct Received {
    head: Option<(StatusCode, HeaderMap)>,
    body: Vec<u8>,
}

/// How a response ended: whole, or with this failure (a time-out, too) and the HTTP client's message.
pub(super) type End = Result<(), (Kind, Option<String>)>;

/// Connects, and prepares the exchange: it sends the request once its response is waited for.
///
/// # Errors
/// If there is no connection: then nothing was sent.
pub(super) async fn send(
    connector: &ApiConnector,
    mut request: Request<Body>,
    key: Option<ApiKey>,
) -> Result<Exchange, BoxError> {
    let sender = connect(connector.clone(), &mut request).await?;
    let received = Arc::<Mutex<Received>>::default();
    let end = exchange(sender, request, Arc::clone(&received)).boxed().shared();
    Ok(Exchange { key, received, end })
}

/// Connects to where a request leads, and prepares it to be sent there.
pub(super) async fn connect<C>(
    connector: C,
    request: &mut Request<Body>,
) -> Result<SendRequest<Body>, BoxError>
where
    C: Service<Uri, Error: Into<BoxError>>,
    C::Response: Read + Write + Send + Unpin + 'static,
{
    let connecting = timeout(CONNECT_TIME, connector.oneshot(request.uri().clone())).await;
    let in_time = |_| io::Error::new(io::ErrorKind::TimedOut, "connecting took too long");
    let stream = connecting.map_err(in_time)?.map_err(Into::into)?;
    let (reader, writer) = tokio::io::split(TokioIo::new(stream));
    let (sender, connection) = http1::Builder::new()
        .max_headers(MAX_HEADERS)
        .ignore_invalid_headers_in_responses(true)
        .allow_obsolete_multiline_headers_in_responses(true)
        .allow_spaces_after_header_name_in_responses(true)
        .handshake(TokioIo::new(tokio::io::join(reader, WritesOn(writer))))
        .await?;
    // The result is not needed here: whoever waits for the response gets the error too.
    tokio::spawn(async move { drop(connection.await) });
    // Without a proxy, HTTP/1.1 wants the host in a header and the path alone in the request line. An `Authority` is visible ASCII.
    let uri = std::mem::take(request.uri_mut()).into_parts();
    if let Some(host) = uri.authority {
        request.headers_mut().insert(header::HOST, plain_header(host.as_str()));
    }
    *request.uri_mut() = uri.path_and_query.map(Uri::from).unwrap_or_default();
    Ok(sender)
}

/// Sends a request, and reads the response to its end.
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

impl Exchange {
    /// Reads until the response ends or the deadline passes, which is an error here; reading may go on later.
    pub(super) async fn read_until(&self, deadline: Instant) -> End {
        if let Ok(end) = timeout_at(deadline, self.end.clone()).await {
            return end;
        }
        loop {
            let begun = Instant::now();
            if let Ok(end) = timeout(LAST_LOOK, self.end.clone()).await {
                return end;
            }
            // If this took much longer, the process was stopped or starved during this very look.
            if begun.elapsed() < 2 * LAST_LOOK {
                return Err((Kind::UpstreamTimeout, None));
            }
        }
    }

    /// A copy of what has come back so far: the head, if one was readable, and the body.
    pub(super) fn received(&self) -> (Option<(StatusCode, HeaderMap)>, Vec<u8>) {
        let received = self.received.lock();
        (received.head.clone(), received.body.clone())
    }
}

/// An error with all its causes. The HTTP client's errors name addresses at most, never headers.
pub(super) fn causes(error: &(dyn Error + 'static)) -> String {
    match error.source() {
        Some(source) => format!("{error}: {}", causes(source)),
        None => error.to_string(),
    }
}

/// The sending half of a connection. Writes that fail seem to succeed, so that the response is still read: a server may refuse a
/// large body before all of it has arrived.
struct WritesOn<W>(W);

impl<W: AsyncWrite + Unpin> AsyncWrite for WritesOn<W> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let writing = Pin::new(&mut self.0).poll_write(context, bytes);
        writing.map(|written| Ok(written.unwrap_or(bytes.len())))
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(context).map(|_| Ok(()))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(context).map(|_| Ok(()))
    }
}
