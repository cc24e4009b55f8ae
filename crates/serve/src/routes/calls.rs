//! The calls that are passed on unchecked: a fixed list of methods and paths.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, HttpBody};
use axum::extract::{Extension, State};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, EXPECT};
use axum::http::{HeaderMap, Method, Uri};
use axum::routing::{get, post};
use seedance_core::{TaskAnswer, UnknownAnswer, read_task_answer};
use tokio_util::sync::CancellationToken;

use crate::guard::gate;
use crate::guard::key::ApiKey;
use crate::guard::seats::Peer;
use crate::outcome::{MAX_TASK_ID, Outcome, is_task_id};
use crate::refusal::{Kind, Refusal};
use crate::routes::body::{self, MAX_JSON, MAX_UPLOAD};
use crate::routes::create;
use crate::routes::{App, refuse_query};
use crate::text::JSON;
use crate::upstream::Call;

pub(crate) const TASK: &str = "/api/open-api/v1/videos/{task}";
const UPLOAD: &str = "/api/open-api/v1/files/upload";
const BALANCES: [&str; 2] = ["/api/open-api/v1/user/balance", "/api/open-api/v1/key/balance"];
const ASSETS: [&str; 8] = [
    "/api/open-api/v1/seedance/assets/audit",
    "/api/open-api/v1/seedance/assets/status",
    "/api/open-api/v1/seedance/sp/assets/upload",
    "/api/open-api/v1/seedance/sp/assets/detail",
    "/api/open-api/v1/seedance/sp/assets/status",
    "/api/open-api/v1/seedance/sp/realperson/submit",
    "/api/open-api/v1/seedance/sp/realperson/status",
    "/api/open-api/v1/seedance/sp/realperson/batch-status",
];

/// The platform's default prices, a public address that is called without a key.
const CATALOG: &str = "/api/openapi/model/catalog";

/// Enough for 100 MB over a slow line.
const UPLOAD_TIME: Duration = Duration::from_secs(30 * 60);

type PassedOn = Result<Outcome, Refusal>;

/// Adds the routes of all calls that are passed on, except for creates, which are checked first.
pub(crate) fn add_to(router: Router<Arc<App>>) -> Router<Arc<App>> {
    let router =
        router.route(TASK, get(task)).route(UPLOAD, post(upload)).route(CATALOG, get(catalog));
    let router = BALANCES.into_iter().fold(router, |router, path| router.route(path, get(balance)));
    ASSETS.into_iter().fold(router, |router, path| router.route(path, post(asset)))
}

/// The refusal of an unknown path. It lists the known ones, since its client is most likely a script whose base URL is wrong.
pub(super) fn nothing_here() -> Refusal {
    let single = [create::PATH, TASK, UPLOAD, CATALOG].into_iter();
    let paths = single.chain(BALANCES).chain(ASSETS).collect::<Vec<_>>().join(", ");
    Kind::NotFound.saying(words!(
        "There is nothing at this address. The companion passes on: {paths}.",
        "该地址没有内容。本地助手只转发：{paths}。"
    ))
}

/// The task ID in the last segment of a path; refused if it cannot be one.
pub(crate) fn task_id(uri: &Uri) -> Result<&str, Refusal> {
    let id = uri.path().rsplit('/').next().unwrap_or_default();
    if is_task_id(id) {
        return Ok(id);
    }
    Err(Kind::BadRequest.saying(words!(
        "A task ID has up to {MAX_TASK_ID} letters, digits or characters of `_-.:=`.",
        "任务 ID 最多 {MAX_TASK_ID} 个字符，只含字母、数字和 `_-.:=`。"
    )))
}

async fn task(State(app): State<Arc<App>>, key: ApiKey, uri: Uri) -> PassedOn {
    let id = task_id(&uri)?;
    let answer = app.upstream.call(Call::get(uri.path().to_owned(), key)).await?;
    if let TaskAnswer::Queued { charge }
    | TaskAnswer::Running { charge, .. }
    | TaskAnswer::Done { charge, .. }
    | TaskAnswer::Failed { charge, .. }
    | TaskAnswer::Cancelled { charge }
    | TaskAnswer::Unknown(UnknownAnswer { charge, .. }) =
        read_task_answer(answer.answer.as_bytes(), answer.status)
    {
        app.journal.note_charge(id, charge);
    }
    Ok(answer)
}

async fn catalog(
    State(app): State<Arc<App>>,
    Extension(peer): Extension<Peer>,
    uri: Uri,
) -> PassedOn {
    refuse_query(&uri)?;
    Kind::NoSession.unless(peer != Peer::Stranger)?;
    app.upstream.call(Call::get(CATALOG.to_owned(), None)).await
}

async fn balance(State(app): State<Arc<App>>, key: ApiKey, uri: Uri) -> PassedOn {
    app.upstream.call(Call::get(uri.path().to_owned(), key)).await
}

async fn asset(
    State(app): State<Arc<App>>,
    key: ApiKey,
    uri: Uri,
    headers: HeaderMap,
    body: Body,
) -> PassedOn {
    gate::require_type(&headers, JSON, "")?;
    let body = body::read(body, MAX_JSON).await?;
    app.upstream.call(Call::post_json(uri.path().to_owned(), key, body)).await
}

async fn upload(
    State(app): State<Arc<App>>,
    key: ApiKey,
    headers: HeaderMap,
    body: Body,
) -> PassedOn {
    gate::require_type(&headers, "multipart/form-data", "boundary=")?;
    // This is the length that `Content-Length` announces, if there is one.
    if body.size_hint().lower() > MAX_UPLOAD {
        // With `Expect: 100-continue` the client has not sent the body yet, and now will not.
        if !headers.contains_key(EXPECT) {
            body::drain(&mut body.into_data_stream()).await;
        }
        return Err(body::too_large(MAX_UPLOAD));
    }
    let overflow = CancellationToken::new();
    let chunks = body::capped(body.into_data_stream(), MAX_UPLOAD, Some(overflow.clone()));
    let described = [CONTENT_TYPE, CONTENT_LENGTH].into_iter();
    let described = described.filter_map(|name| Some((name.clone(), headers.get(&name)?.clone())));
    let call = Call {
        method: Method::POST,
        path: UPLOAD.to_owned(),
        key: Some(key),
        headers: described.collect(),
        body: Body::from_stream(chunks),
    };
    match app.upstream.call_within(call, UPLOAD_TIME).await {
        Err(_) if overflow.is_cancelled() => Err(body::too_large(MAX_UPLOAD)),
        answer => answer,
    }
}
