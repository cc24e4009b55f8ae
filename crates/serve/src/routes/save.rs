//! Saving a finished video: the address comes from the API's own answer about the task, never from the page.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE, TRANSFER_ENCODING};
use axum::http::{HeaderMap, Response, StatusCode, Uri};
use axum::response::IntoResponse;
use futures_util::{StreamExt, future::ready, stream};
use http_body_util::{BodyDataStream, BodyExt};
use hyper::body::Incoming;
use seedance_core::{TaskAnswer, read_task_answer};
use tokio::time::timeout;

use crate::refusal::Kind;
use crate::routes::body::capped;
use crate::routes::calls::{TASK, task_id};
use crate::routes::{Answered, App, refuse_query};
use crate::upstream::Call;

/// The largest video that is saved, in bytes: far above any of 15 seconds.
const MAX_RESULT: u64 = 2 * 1024 * 1024 * 1024;
const HEAD_TIME: Duration = Duration::from_secs(30);
/// How many of its first bytes tell the type of a file.
const SIGNATURE: usize = 8;

pub(crate) async fn save(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap) -> Answered {
    let saving = uri.path().split('/').nth(2).unwrap_or_default();
    Kind::NoSession.unless(app.session.may_save(&headers, saving))?;
    refuse_query(&uri)?;
    let key = app.key.clone().ok_or(Kind::NoKey)?;
    let id = task_id(&uri)?;
    let answer = app.upstream.call(Call::get(TASK.replace("{task}", id), key)).await?;
    let read = read_task_answer(answer.answer.as_bytes(), answer.status);
    let TaskAnswer::Done { video_url, .. } = read else {
        return Err(Kind::NotCompleted.into());
    };
    // Some storages leave the blanks of a file's name as they are.
    let address = video_url.trim().replace(' ', "%20");
    let result: Uri = address.parse().map_err(|_| {
        Kind::ResultRefused.saying(words!(
            "The link to this video (`video_url`) in the API's response is not a valid URL, so nothing was saved. Report task {id} to the API's support.",
            "API 响应中该视频的链接（`video_url`）不是有效的链接，因此没有保存。请将任务 {id} 反馈给 API 客服。"
        ))
    })?;
    let video = judge(app.upstream.fetch_result(result, HEAD_TIME).await?)?;
    as_download(video, id).await
}

/// Refuses every response but a 200 whose length is certain and not too large.
fn judge(video: Response<Incoming>) -> Result<Response<Incoming>, Kind> {
    Err(match video.status() {
        StatusCode::OK if ends_for_certain(video.headers()) => return Ok(video),
        StatusCode::OK => Kind::ResultNotVideo,
        // Object storage answers 403 for a signed address that has expired.
        StatusCode::FORBIDDEN | StatusCode::NOT_FOUND | StatusCode::GONE => Kind::ResultGone,
        status if status.is_redirection() => Kind::ResultRefused,
        _ => Kind::ResultUnreachable,
    })
}

/// Whether a file that was cut short can be told from a whole one: its end is announced, and in one way only. A length must also be
/// small enough.
fn ends_for_certain(headers: &HeaderMap) -> bool {
    let length = length_of(headers);
    headers.contains_key(TRANSFER_ENCODING) != length.is_some()
        && headers.get_all(CONTENT_LENGTH).iter().count() <= 1
        && length.is_none_or(|length| length <= MAX_RESULT)
}

async fn as_download(video: Response<Incoming>, id: &str) -> Answered {
    let (head, body) = video.into_parts();
    let mut body = body.into_data_stream();
    let begin = timeout(HEAD_TIME, read_begin(&mut body)).await.ok().and_then(Result::ok);
    let begin = begin.ok_or(Kind::ResultUnreachable)?;
    Kind::ResultNotVideo.unless(is_video(&begin))?;
    let begin = stream::once(ready(Ok(Bytes::from(begin))));
    let chunks = capped(begin.chain(body), MAX_RESULT, None);
    let disposition = format!("attachment; filename=\"{id}.mp4\"");
    let described = [
        // Never the storage's own type: a page of HTML must not run as one of the companion's origin.
        (CONTENT_TYPE, "application/octet-stream"),
        (CONTENT_DISPOSITION, &disposition),
    ];
    let length = length_of(&head.headers).map(|length| [(CONTENT_LENGTH, length.to_string())]);
    let body = Body::from_stream(Box::pin(chunks));
    Ok((described, length, body).into_response())
}

/// Reads as many bytes as [`is_video`] looks at, or all if there are fewer.
async fn read_begin(body: &mut BodyDataStream<Incoming>) -> Result<Vec<u8>, hyper::Error> {
    let mut begin = Vec::new();
    while begin.len() < SIGNATURE
        && let Some(chunk) = body.next().await
    {
        begin.extend_from_slice(&chunk?);
    }
    Ok(begin)
}

/// Whether a file begins like MP4, MOV, WebM or Matroska, and so is neither a page nor an error of the storage.
fn is_video(begin: &[u8]) -> bool {
    let matroska = begin.starts_with(&[0x1a, 0x45, 0xdf, 0xa3]);
    let boxes: [&[u8]; 6] = [b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"];
    let first_box = begin.get(4..SIGNATURE);
    matroska || first_box.is_some_and(|kind| boxes.contains(&kind))
}

fn length_of(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}
