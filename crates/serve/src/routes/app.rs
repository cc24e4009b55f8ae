//! Everything the answers are made from, and which path leads where.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Response, StatusCode, Uri, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use axum::{Json, Router};
use seedance_core::Lang;
use serde::{Deserialize, Serialize};
use serde_json::json;
use serde_json::value::RawValue;
use tokio_util::task::TaskTracker;

use super::{body, calls, create, observe, pages, save};
use crate::guard::cap::Cap;
use crate::guard::gate::{self, Gate};
use crate::guard::key::ApiKey;
use crate::guard::session::Session;
use crate::journal::Journal;
use crate::journal::attempt::{AttemptId, State as AttemptState};
use crate::refusal::{self, Kind, Refusal};
use crate::upstream::Upstream;

/// What one run of the companion knows.
#[derive(Debug)]
pub(crate) struct App {
    pub(crate) gate: Gate,
    pub(crate) session: Session,
    pub(crate) key: Option<ApiKey>,
    pub(crate) upstream: Upstream,
    pub(crate) journal: Arc<Journal>,
    pub(crate) cap: Option<Cap>,
    /// The price book's own text, for the page.
    pub(crate) prices: Option<Box<RawValue>>,
    /// Creates under way, which outlive the connection that asked for them.
    pub(crate) creates: TaskTracker,
    /// What is spoken with whoever names no language.
    pub(crate) lang: Lang,
    pub(crate) quiet: bool,
}

/// All paths of the companion.
pub(crate) fn router(app: Arc<App>) -> Router {
    let door =
        pages::door_paths().fold(Router::new(), |router, path| router.route(path, get(door)));
    let routes = door
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

/// The page speaks with the companion's key, whatever else it sends; a script with the token that it brought.
impl FromRequestParts<Arc<App>> for Caller {
    type Rejection = Refusal;

    async fn from_request_parts(request: &mut Parts, app: &Arc<App>) -> Result<Self, Refusal> {
        if request.uri.query().is_some() {
            return Err(Refusal::new(Kind::BadRequest)
                .saying("This path takes no query string.", "该路径不接受查询参数。"));
        }
        if app.session.is_in(&request.headers) {
            return app.key.clone().map(Self).ok_or(Kind::NoKey.into());
        }
        gate::own_token(&request.headers)
            .map(Self)
            .ok_or(Kind::NoSession.into())
    }
}

async fn enter(State(app): State<Arc<App>>, request: Request, next: Next) -> Response<Body> {
    let (parts, body) = request.into_parts();
    match app.gate.check(&parts) {
        Ok(()) => next.run(Request::from_parts(parts, body)).await,
        Err(refusal) => refusal.into_response(),
    }
}

async fn page(
    State(app): State<Arc<App>>,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response<Body>, Refusal> {
    if app.session.is_in(&headers) || pages::is_looks(uri.path()) {
        return pages::page_file(uri.path(), &headers, &app.upstream.origin);
    }
    if matches!(uri.path(), "/" | "/index.html") {
        Ok(pages::locked())
    } else {
        Err(Kind::NoSession.into())
    }
}

async fn door(uri: Uri) -> Result<Response<Body>, Refusal> {
    pages::door_file(uri.path())
}

#[derive(Deserialize)]
struct Link {
    token: String,
}

async fn open_session(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: Body,
) -> Result<impl IntoResponse, Refusal> {
    gate::require_json(&headers)?;
    let body = body::read(body, body::MAX_SMALL).await?;
    let Link { token } = serde_json::from_slice(&body).map_err(|_| Kind::BadRequest)?;
    let cookie = app.session.exchange(&token).ok_or(Kind::LinkUsed)?;
    Ok((StatusCode::NO_CONTENT, [(header::SET_COOKIE, cookie)]))
}

/// What the page should know about the companion that serves it.
#[derive(Serialize)]
struct About<'a> {
    version: &'static str,
    edition: &'static str,
    api_origin: String,
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
    told["state"] = match app.journal.look_up(&id) {
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
