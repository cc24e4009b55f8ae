//! Reading what a client sends: never more than is allowed, never for longer than is reasonable.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::body::{Body, Bytes};
use futures_util::{Stream, StreamExt, stream};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use tokio::time::timeout;

use crate::refusal::{Kind, Refusal};

/// A create's body: far above any real prompt and list of addresses.
pub(crate) const MAX_CREATE: usize = 10 * 1024 * 1024;
/// Every other JSON body.
pub(crate) const MAX_SMALL: usize = 1024 * 1024;
/// An uploaded file is up to 100 MB; the form around it needs a little more.
pub(crate) const MAX_UPLOAD: u64 = 100 * 1024 * 1024 + 64 * 1024;

const JSON_TIME: Duration = Duration::from_secs(30);
/// A link that brings nothing at all for so long is gone.
const IDLE_TIME: Duration = Duration::from_secs(60);

/// The whole body.
pub(crate) async fn read(body: Body, limit: usize) -> Result<Bytes, Refusal> {
    match timeout(JSON_TIME, Limited::new(body, limit).collect()).await {
        Ok(Ok(body)) => Ok(body.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(too_large(limit as u64)),
        Ok(Err(_)) => Err(Kind::BadRequest.into()),
        Err(_) => Err(Kind::BodyTimeout.into()),
    }
}

pub(crate) fn too_large(limit: u64) -> Refusal {
    let megabytes = limit / (1024 * 1024);
    Refusal::new(Kind::BodyTooLarge).saying(
        format!("The request body is larger than the {megabytes} MB that may be sent here."),
        format!("请求体超过此处允许的 {megabytes} MB。"),
    )
}

/// A body passed on while it arrives, and whether it turned out too long.
pub(crate) fn pass_on(body: Body, limit: u64) -> (Body, Overflow) {
    let overflow = Overflow::default();
    let frames = capped(body.into_data_stream(), limit, overflow.clone());
    (Body::from_stream(frames), overflow)
}

/// Whether a stream was ended because it went beyond its limit.
#[derive(Clone, Debug, Default)]
pub(crate) struct Overflow(Arc<AtomicBool>);

impl Overflow {
    pub(crate) fn happened(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Why a stream broke off.
#[derive(Debug, thiserror::Error)]
#[error("the stream broke off")]
pub(crate) struct BrokeOff;

/// The same chunks, until there are more bytes than `limit`, nothing comes for too long, or the source fails.
pub(crate) fn capped<E>(
    chunks: impl Stream<Item = Result<Bytes, E>> + Send + Unpin,
    limit: u64,
    overflow: Overflow,
) -> impl Stream<Item = Result<Bytes, BrokeOff>> + Send {
    stream::try_unfold((chunks, limit), move |(mut chunks, left)| {
        let overflow = overflow.clone();
        async move {
            let Some(chunk) = timeout(IDLE_TIME, chunks.next())
                .await
                .map_err(|_| BrokeOff)?
            else {
                return Ok(None);
            };
            let chunk = chunk.map_err(|_| BrokeOff)?;
            match left.checked_sub(chunk.len() as u64) {
                Some(left) => Ok(Some((chunk, (chunks, left)))),
                None => {
                    overflow.0.store(true, Ordering::Relaxed);
                    Err(BrokeOff)
                }
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_stream_ends_with_an_error_at_the_first_byte_too_many() {
        let chunk = || Ok::<_, BrokeOff>(Bytes::from_static(b"abcd"));
        let overflow = Overflow::default();
        let fits: Vec<_> = capped(stream::iter([chunk(), chunk()]), 8, overflow.clone())
            .collect()
            .await;
        assert!(fits.iter().all(Result::is_ok) && fits.len() == 2 && !overflow.happened());
        let over: Vec<_> = capped(stream::iter([chunk(), chunk()]), 7, overflow.clone())
            .collect()
            .await;
        assert!(over[0].is_ok() && over[1].is_err() && over.len() == 2 && overflow.happened());
    }
}
