//! Saving a finished video: the address comes from the API's own answer about the task, never from the page.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, Uri};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use seedance_core::{TaskAnswer, read_task_answer};
use tokio::time::Instant;

use crate::refusal::{Kind, Refusal, UpstreamFacts};
use crate::routes::app::{App, Caller, FromPage};
use crate::routes::body::{Overflow, capped};
use crate::routes::calls::{task_call, task_id};
use crate::upstream::{Failure, FailureKind, may_fetch};

/// No video of 15 seconds comes near this.
const MAX_RESULT: u64 = 2 * 1024 * 1024 * 1024;
const HEAD_TIME: Duration = Duration::from_secs(30);
const EXTENSIONS: [&str; 4] = ["mp4", "mov", "webm", "mkv"];

pub(crate) async fn save(
    State(app): State<Arc<App>>,
    _: FromPage,
    caller: Caller,
    uri: Uri,
) -> Result<Response<Body>, Refusal> {
    let id = task_id(&uri)?;
    let answer = app
        .upstream
        .call(task_call(id, caller))
        .await
        .map_err(Failure::into_plain_refusal)?;
    let TaskAnswer::Done { video_url, .. } = read_task_answer(answer.json.as_bytes()) else {
        return Err(Kind::NotCompleted.into());
    };
    let result: Uri = video_url.parse().map_err(|_| Kind::ResultRefused)?;
    if !may_fetch(&result) && !app.upstream.origin.is_loopback_home_of(&result) {
        return Err(Kind::ResultRefused.into());
    }
    let name = format!("{id}.{}", extension(&result));
    let fetched = app
        .upstream
        .fetch_result(result, Instant::now() + HEAD_TIME)
        .await;
    let video = judge(fetched.map_err(explain)?)?;
    Ok(as_download(video, &name))
}

/// Only a plain, whole answer of a possible length becomes a file.
fn judge(video: Response<Incoming>) -> Result<Response<Incoming>, Refusal> {
    let facts = UpstreamFacts {
        status: Some(video.status().as_u16()),
        ..UpstreamFacts::default()
    };
    let refused = |kind| Err(Refusal::new(kind).with_upstream(facts.clone()));
    match video.status() {
        StatusCode::OK if length_of(video.headers()).is_some_and(|length| length > MAX_RESULT) => {
            refused(Kind::ResultTooLarge)
        }
        StatusCode::OK => Ok(video),
        // Object storage says 403 of a signed address that has run out.
        StatusCode::FORBIDDEN | StatusCode::NOT_FOUND | StatusCode::GONE => {
            refused(Kind::ResultGone)
        }
        status if status.is_redirection() => refused(Kind::ResultRefused),
        _ => refused(Kind::ResultUnreachable),
    }
}

fn as_download(video: Response<Incoming>, name: &str) -> Response<Body> {
    let (head, body) = video.into_parts();
    let chunks = capped(body.into_data_stream(), MAX_RESULT, Overflow::default());
    let mut response = Response::new(Body::from_stream(Box::pin(chunks)));
    let headers = response.headers_mut();
    // Never the storage's word for it: a page of HTML must not become one of the companion's origin.
    headers.insert(
        CONTENT_TYPE,
        HeaderValue::from_static("application/octet-stream"),
    );
    let disposition = format!("attachment; filename=\"{name}\"");
    headers.insert(
        CONTENT_DISPOSITION,
        HeaderValue::from_str(&disposition).expect("ids and extensions are plain ASCII"),
    );
    if let Some(length) = length_of(&head.headers) {
        headers.insert(CONTENT_LENGTH, length.into());
    }
    response
}

fn length_of(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

fn extension(result: &Uri) -> &'static str {
    let named = result
        .path()
        .rsplit_once('.')
        .map_or("", |(_, extension)| extension);
    EXTENSIONS
        .into_iter()
        .find(|known| named.eq_ignore_ascii_case(known))
        .unwrap_or("mp4")
}

fn explain(failure: Failure) -> Refusal {
    let kind = if failure.kind == FailureKind::NotPublic {
        Kind::ResultRefused
    } else {
        Kind::ResultUnreachable
    };
    // No cause: what stands at an address inside the network is nobody's business.
    Refusal::new(kind)
}
