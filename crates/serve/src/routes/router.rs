//! The router, and the companion's own routes: its files, its session, what it knows about itself and about attempts.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Extension, Request, State};
use axum::http::{HeaderMap, Uri, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Redirect};
use axum::routing::{get, post};
use axum::{Json, Router};
use http_body_util::BodyExt;
use seedance_core::{Decimal, Edition, RuleId};
use serde::{Deserialize, Serialize};
use serde_json::json;
use serde_json::value::RawValue;

use super::{body, calls, create, pages, save};
use crate::attempt::AttemptId;
use crate::guard::gate::{self, LOOPBACK, authority};
use crate::guard::seats::{Peer, Seat};
use crate::outcome;
use crate::refusal::{Kind, Refusal};
use crate::routes::{Answered, App, finish};
use crate::text::JSON;

pub(crate) fn router(app: Arc<App>) -> Router {
    let routes = Router::new()
        .route(pages::SESSION_PATH, post(open_session))
        .route("/api/companion", get(about))
        .route("/api/companion/attempts/{attempt}", get(attempt))
        .route("/save/{saving}/{task}", get(save::save))
        .route(create::PATH, post(create::create))
        .route(create::PATH_WITH_SLASH, post(create::create));
    let routes = calls::add_to(routes)
        .fallback(page)
        .method_not_allowed_fallback(async || Refusal::from(Kind::BadMethod));
    routes
        .layer(from_fn_with_state(Arc::clone(&app), enter))
        .layer(from_fn_with_state(Arc::clone(&app), finish))
        .with_state(app)
}

async fn enter(
    State(app): State<Arc<App>>,
    Extension(seat): Extension<Arc<Seat>>,
    mut request: Request,
    next: Next,
) -> Answered {
    // Headers hold keys, cookies and tokens: not even a debugger's output may show them.
    request.headers_mut().values_mut().for_each(|value| value.set_sensitive(true));
    app.gate.check(&request, app.folder.is_entrance(request.uri().path()))?;
    let peer = Peer::of(request.headers(), &app.session);
    let serving = seat.serve(&peer)?;
    request.extensions_mut().insert(peer);
    let response = next.run(request).await;
    // The request counts as under way until the body of its answer is dropped.
    Ok(response.map(|body| {
        Body::new(body.map_err(move |error| {
            let _under_way = &serving;
            error
        }))
    }))
}

/// All other paths: the companion's files, or nothing.
async fn page(State(app): State<Arc<App>>, uri: Uri, headers: HeaderMap) -> Answered {
    // Not to be cached: another run has another folder.
    if uri.path() == pages::FRONT {
        return Ok(Redirect::to(&app.folder.path(pages::FRONT)).into_response());
    }
    let file = app.folder.file(uri.path()).ok_or_else(calls::nothing_here)?;
    // The other files hold nothing private, and an open page may load some after its cookie was lost.
    if file == pages::FRONT && !app.session.has_cookie(&headers) {
        return Ok(Redirect::to(&app.folder.path(pages::OPEN)).into_response());
    }
    pages::file(file, &app.upstream.origin)
}

#[derive(Deserialize)]
struct Link {
    token: Option<String>,
}

/// Gives a browser the cookie for the token of a link or, if the cookie was lost, for the page's own token.
async fn open_session(State(app): State<Arc<App>>, headers: HeaderMap, body: Body) -> Answered {
    gate::require_type(&headers, JSON, "")?;
    let body = body::read(body, body::MAX_LINK).await?;
    let Link { token } = serde_json::from_slice(&body).map_err(|_| Kind::BadRequest)?;
    match token {
        Some(token) => Kind::LinkUsed.unless(app.session.takes_link(&token))?,
        None => Kind::BadRequest.unless(app.session.has_token(&headers))?,
    }
    let cookie = [(header::SET_COOKIE, app.session.set_cookie())];
    Ok((cookie, Json(json!({ "token": app.session.token.reveal() }))).into_response())
}

/// What the page is told about the companion.
#[derive(Serialize)]
struct About<'a> {
    edition: Edition,
    allow: &'a [RuleId],
    api_origin: String,
    /// The form's address before the installation had a host name, and for browsers that cannot find that host.
    former_origin: String,
    /// Links that save results begin with this; the ID of the task follows.
    saves: String,
    has_key: bool,
    prices: Option<&'a RawValue>,
    max_cost: Option<Decimal>,
    allow_unknown: bool,
}

async fn about(State(app): State<Arc<App>>, Extension(peer): Extension<Peer>) -> Answered {
    Kind::NoSession.unless(peer == Peer::Page)?;
    let about = About {
        edition: app.options.edition,
        allow: &app.options.allow,
        api_origin: app.upstream.origin.to_string(),
        former_origin: format!("http://{}", authority(LOOPBACK, app.options.port)),
        saves: format!("/save/{}", app.session.saving.reveal()),
        has_key: app.key.is_some(),
        prices: app.prices.as_deref().and_then(|text| serde_json::from_slice(text).ok()),
        max_cost: app.options.max_cost,
        allow_unknown: app.options.allow_unknown,
    };
    Ok(Json(about).into_response())
}

/// What the page is told about an attempt that has ended.
#[derive(Serialize)]
struct Ended<'a> {
    state: outcome::State,
    status: u16,
    answer: Option<&'a RawValue>,
}

async fn attempt(
    State(app): State<Arc<App>>,
    Extension(peer): Extension<Peer>,
    uri: Uri,
) -> Answered {
    Kind::NoSession.unless(peer == Peer::Page)?;
    let name = uri.path().rsplit('/').next().unwrap_or_default();
    let id: AttemptId = name.parse().map_err(|_| create::bad_attempt_id())?;
    Ok(match app.journal.look_up(&id) {
        None => Json(json!({ "state": "never_seen" })).into_response(),
        Some(None) => Json(json!({ "state": "in_flight" })).into_response(),
        Some(Some(outcome)) => {
            let answer = serde_json::from_str(&outcome.answer).ok();
            Json(Ended { state: outcome.state, status: outcome.status, answer }).into_response()
        }
    })
}
