//! Everything the answers are made from, and which path leads where.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Extension, FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Response, Uri, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use axum::{Json, Router};
use http_body_util::BodyExt;
use seedance_core::Lang;
use serde::{Deserialize, Serialize};
use serde_json::json;
use serde_json::value::RawValue;
use tokio::task::spawn_blocking;
use tokio_util::task::TaskTracker;

use super::{body, calls, create, observe, pages, save};
use crate::guard::cap::Cap;
use crate::guard::checks::Checks;
use crate::guard::gate::{self, Gate};
use crate::guard::key::ApiKey;
use crate::guard::seats::Ticket;
use crate::guard::session::Session;
use crate::journal::Journal;
use crate::journal::attempt::{AttemptId, State as AttemptState};
use crate::refusal::{self, Kind, Refusal};
use crate::routes::pages::Folder;
use crate::terminal::Terminal;
use crate::upstream::Upstream;

/// What one run of the companion knows.
#[derive(Debug)]
pub(crate) struct App {
    pub(crate) gate: Gate,
    pub(crate) session: Session,
    pub(crate) checks: Checks,
    pub(crate) folder: Folder,
    /// Where the form stood before the installation had a name of its own, and stands for browsers that do not find that.
    pub(crate) former_origin: String,
    pub(crate) key: Option<ApiKey>,
    pub(crate) upstream: Upstream,
    pub(crate) journal: Arc<Journal>,
    pub(crate) cap: Option<Cap>,
    /// The price book's own text, for the page.
    pub(crate) prices: Option<Box<RawValue>>,
    /// Creates under way, which outlive the connection that asked for them.
    pub(crate) creates: TaskTracker,
    pub(crate) terminal: Terminal,
    /// What is spoken with whoever names no language.
    pub(crate) lang: Lang,
    pub(crate) quiet: bool,
}

/// All paths of the companion.
pub(crate) fn router(app: Arc<App>) -> Router {
    let routes = Router::new()
        .route(pages::SESSION_PATH, post(open_session))
        .route("/api/companion", get(about))
        .route("/api/companion/attempts/{attempt}", get(attempt))
        .route("/save/{task}", get(save::save))
        .route(create::PATH, post(create::create))
        .route(create::PATH_WITH_SLASH, post(create::create));
    let routes = calls::add_to(routes)
        .fallback(page)
        .method_not_allowed_fallback(async || Refusal::new(Kind::BadMethod));
    routes
        .layer(from_fn_with_state(Arc::clone(&app), enter))
        .layer(from_fn_with_state(Arc::clone(&app), refusal::speak))
        .layer(from_fn_with_state(Arc::clone(&app), observe::observe))
        .with_state(app)
}

/// Who asks: the key that the call goes out with.
#[derive(Debug)]
pub(crate) struct Caller(pub(crate) ApiKey);

/// Proof that a request comes from the page of this run.
#[derive(Debug)]
pub(crate) struct FromPage;

impl FromRequestParts<Arc<App>> for FromPage {
    type Rejection = Refusal;

    async fn from_request_parts(request: &mut Parts, app: &Arc<App>) -> Result<Self, Refusal> {
        if app.session.is_in(&request.headers) {
            Ok(Self)
        } else {
            Err(Kind::NoSession.into())
        }
    }
}

/// Proof that a request comes from a browser that the page of this run was opened in: enough for a link, which carries no
/// header of the page's.
#[derive(Debug)]
pub(crate) struct FromBrowser;

impl FromRequestParts<Arc<App>> for FromBrowser {
    type Rejection = Refusal;

    async fn from_request_parts(request: &mut Parts, app: &Arc<App>) -> Result<Self, Refusal> {
        if app.session.has_cookie(&request.headers) {
            Ok(Self)
        } else {
            Err(Kind::NoSession.into())
        }
    }
}

/// The page speaks with the companion's key, whatever else it sends; a script with the token that it brought.
impl FromRequestParts<Arc<App>> for Caller {
    type Rejection = Refusal;

    async fn from_request_parts(request: &mut Parts, app: &Arc<App>) -> Result<Self, Refusal> {
        refuse_query(&request.uri)?;
        if app.session.is_in(&request.headers) {
            return app.key.clone().map(Self).ok_or(Kind::NoKey.into());
        }
        gate::own_token(&request.headers)
            .map(Self)
            .ok_or(Kind::NoSession.into())
    }
}

/// A path that takes no query string gets none.
pub(crate) fn refuse_query(uri: &Uri) -> Result<(), Refusal> {
    if uri.query().is_none() {
        return Ok(());
    }
    Err(Refusal::new(Kind::BadRequest).saying(
        "This path does not accept a query string.",
        "该路径不接受查询参数。",
    ))
}

async fn enter(
    State(app): State<Arc<App>>,
    Extension(ticket): Extension<Ticket>,
    request: Request,
    next: Next,
) -> Result<Response<Body>, Refusal> {
    let (mut parts, body) = request.into_parts();
    app.gate
        .check(&parts, |path| app.folder.is_entrance(path))?;
    let peer = ticket.peer(&parts.headers, &app.session);
    let serving = ticket.serve(peer)?;
    parts.extensions.insert(peer);
    let response = next.run(Request::from_parts(parts, body)).await;
    // The request is under way for as long as its answer is still being made.
    Ok(response.map(|body| {
        Body::new(body.map_err(move |error| {
            let _under_way = &serving;
            error
        }))
    }))
}

async fn page(
    State(app): State<Arc<App>>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response<Body>, Refusal> {
    if pages::is_front(uri.path()) {
        return Ok(pages::lead_to(&app.folder.front()));
    }
    let file = app.folder.file(uri.path()).ok_or_else(nothing_here)?;
    if let Some(file) = pages::door_file(file) {
        return Ok(file);
    }
    // The other files are the same for everybody, and a page that is in use may still load some after its cookie was lost.
    if pages::is_front(file) && !app.session.has_cookie(&headers) {
        return Ok(pages::lead_to(&app.folder.door()));
    }
    pages::page_file(file, &headers, &app.upstream.origin)
}

/// Names what there is: whoever arrives here is most likely a script whose base URL is not quite right.
fn nothing_here() -> Refusal {
    let paths = calls::paths().collect::<Vec<_>>().join(", ");
    Refusal::new(Kind::NotFound).saying(
        format!("There is nothing at this address. The companion passes on: {paths}."),
        format!("该地址没有内容。本地助手只转发：{paths}。"),
    )
}

#[derive(Deserialize)]
struct Link {
    token: Option<String>,
}

/// Lets a browser in: by the token of a link, or by the page's own when the cookie was lost.
async fn open_session(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: Body,
) -> Result<impl IntoResponse, Refusal> {
    gate::require_json(&headers)?;
    let body = body::read(body, body::MAX_LINK).await?;
    let Link { token } = serde_json::from_slice(&body).map_err(|_| Kind::BadRequest)?;
    let fits = match token {
        Some(token) => app.session.takes_link(&token),
        None if app.session.has_token(&headers) => true,
        None => return Err(Kind::BadRequest.into()),
    };
    if !fits {
        return Err(Kind::LinkUsed.into());
    }
    let cookie = [(header::SET_COOKIE, app.session.set_cookie())];
    Ok((cookie, Json(json!({ "token": app.session.token() }))))
}

/// What the page should know about the companion that serves it.
#[derive(Serialize)]
struct About<'a> {
    version: &'static str,
    edition: &'static str,
    api_origin: String,
    former_origin: &'a str,
    has_key: bool,
    prices: Option<&'a RawValue>,
    max_cost: Option<String>,
    allow_unknown: bool,
}

async fn about(State(app): State<Arc<App>>, _: FromPage) -> Response<Body> {
    let about = About {
        version: env!("CARGO_PKG_VERSION"),
        edition: seedance_core::EDITION,
        api_origin: app.upstream.origin.to_string(),
        former_origin: &app.former_origin,
        has_key: app.key.is_some(),
        prices: app.prices.as_deref(),
        max_cost: app.cap.as_ref().map(Cap::limit),
        allow_unknown: app.cap.as_ref().is_some_and(Cap::allows_unknown),
    };
    Json(about).into_response()
}

async fn attempt(
    State(app): State<Arc<App>>,
    _: FromPage,
    uri: Uri,
) -> Result<impl IntoResponse, Refusal> {
    let name = uri.path().rsplit('/').next().unwrap_or_default();
    let id: AttemptId = name.parse().map_err(|()| create::bad_attempt_id())?;
    let mut told = json!({ "attempt": id });
    let journal = Arc::clone(&app.journal);
    // A disk that is slow with another attempt stalls whoever asks here, and none of the threads that serve.
    let known = spawn_blocking(move || journal.look_up(&id))
        .await
        .map_err(|_| Kind::JournalFailed)?;
    told["state"] = match known {
        None => json!("never_seen"),
        Some(None) => json!("in_flight"),
        Some(Some(outcome)) => {
            told["status"] = json!(outcome.status);
            told["answer"] = serde_json::from_str(&outcome.answer).unwrap_or_default();
            match outcome.state {
                AttemptState::Answered => json!("answered"),
                AttemptState::Failed => json!("failed"),
            }
        }
    };
    Ok(Json(told))
}
