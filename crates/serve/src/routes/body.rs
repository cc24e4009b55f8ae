//! Reading the bodies of requests, with limits on their size and on time.

use std::time::Duration;

use axum::body::{Body, Bytes};
use futures_util::{Stream, StreamExt, stream};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tower::BoxError;

use crate::refusal::{Kind, Refusal};

/// The longest JSON body that is passed on, in bytes: far above any real request. What a check of it takes grows with it.
pub(crate) const MAX_JSON: usize = 128 * 1024;
/// The longest body with a link's token, in bytes. Anybody may send one.
pub(crate) const MAX_LINK: usize = 1024;
/// The longest body of an upload, in bytes: a file of up to 100 MB, and the form around it.
pub(crate) const MAX_UPLOAD: u64 = 100 * 1024 * 1024 + 64 * 1024;

const JSON_TIME: Duration = Duration::from_secs(30);
/// A connection over which nothing arrives for so long counts as broken.
const IDLE_TIME: Duration = Duration::from_secs(60);

/// For how long the rest of a body that is too large is still read.
const DRAIN_TIME: Duration = Duration::from_secs(60);
/// A client that sends nothing for so long is waiting for its answer.
const DRAIN_IDLE_TIME: Duration = Duration::from_secs(2);

/// Reads the whole body, of at most `limit` bytes.
pub(crate) async fn read(mut body: Body, limit: usize) -> Result<Bytes, Refusal> {
    match timeout(JSON_TIME, Limited::new(&mut body, limit).collect()).await {
        Ok(Ok(body)) => Ok(body.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => {
            drain(&mut body.into_data_stream()).await;
            Err(too_large(limit as u64))
        }
        // It broke off.
        Ok(Err(_)) => Err(Kind::BadRequest.into()),
        Err(_) => {
            let limit = JSON_TIME.as_secs();
            Err(Kind::BadRequest.saying(words!(
                "The request body did not arrive within {limit} s, so nothing was sent. Send the request again.",
                "请求体未在 {limit} 秒内全部到达，因此没有发送。请重新发送该请求。"
            )))
        }
    }
}

pub(crate) fn too_large(limit: u64) -> Refusal {
    let most = match limit / 1024 {
        kilobytes @ ..1024 => format!("{kilobytes} KB"),
        kilobytes => format!("{} MB", kilobytes / 1024),
    };
    Kind::BodyTooLarge.saying(words!(
        "The request body is larger than {most}, the most that is accepted here.",
        "请求体超过此处允许的 {most}。"
    ))
}

/// Reads the rest of a body and discards it: many clients look for an answer only after they have sent everything, and would
/// otherwise see a broken connection instead.
pub(crate) async fn drain<E>(chunks: &mut (impl Stream<Item = Result<Bytes, E>> + Unpin)) {
    let all =
        async { while let Ok(Some(Ok(_))) = timeout(DRAIN_IDLE_TIME, chunks.next()).await {} };
    // The answer comes next, however this ended.
    let _ = timeout(DRAIN_TIME, all).await;
}

/// These chunks, with an error once there are more than `limit` bytes, nothing arrives for [`IDLE_TIME`], or the source fails.
/// If there is an `overflow`, exceeding the limit cancels it, and the rest is drained.
pub(crate) fn capped<E: Into<BoxError>>(
    chunks: impl Stream<Item = Result<Bytes, E>> + Send + Unpin,
    limit: u64,
    overflow: Option<CancellationToken>,
) -> impl Stream<Item = Result<Bytes, BoxError>> + Send {
    stream::try_unfold((chunks, limit), move |(mut chunks, left)| {
        let overflow = overflow.clone();
        async move {
            let chunk = timeout(IDLE_TIME, chunks.next()).await;
            let Some(chunk) = chunk.map_err(|_| "nothing came for too long")? else {
                return Ok(None);
            };
            let chunk = chunk.map_err(Into::into)?;
            match left.checked_sub(chunk.len() as u64) {
                Some(left) => Ok(Some((chunk, (chunks, left)))),
                None => {
                    if let Some(overflow) = overflow {
                        overflow.cancel();
                        drain(&mut chunks).await;
                    }
                    Err("too many bytes".into())
                }
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_body_that_takes_too_long_is_told_the_limit() {
        let endless = Body::from_stream(stream::pending::<Result<Bytes, BoxError>>());
        let refusal = read(endless, MAX_JSON).await.unwrap_err();
        assert_eq!(refusal.status(), 400);
        let json = refusal.to_json(seedance_core::Lang::En);
        let told = "The request body did not arrive within 30 s, so nothing was sent. Send the request again.";
        assert!(json.contains("\"kind\":\"bad_request\"") && json.contains(told), "{json}");
    }

    #[tokio::test]
    async fn a_stream_ends_with_an_error_at_the_first_byte_too_many() {
        let chunk = || Ok::<_, BoxError>(Bytes::from_static(b"abcd"));
        let overflow = CancellationToken::new();
        let all = |limit| {
            let chunks = stream::iter([chunk(), chunk()]);
            capped(chunks, limit, Some(overflow.clone())).collect::<Vec<_>>()
        };
        let fits = all(8).await;
        assert!(fits.iter().all(Result::is_ok) && fits.len() == 2 && !overflow.is_cancelled());
        let over = all(7).await;
        assert!(over[0].is_ok() && over[1].is_err() && over.len() == 2 && overflow.is_cancelled());
    }
}
