//! The routes, and what they share: the state, the key that a call is sent with, the caller's language, and what is added to
//! every answer: the body of a refusal, the security headers, and a log line on standard error that holds nothing private.

use std::sync::Arc;
use std::time::Instant;

use axum::extract::{FromRequestParts, MatchedPath, Request, State};
use axum::http::header::{
    ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE,
    REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, Uri};
use axum::middleware::Next;
use axum::response::Response;
use seedance_core::Lang;
use tokio_util::task::TaskTracker;

use crate::guard::cap::Cap;
use crate::guard::gate::Gate;
use crate::guard::key::ApiKey;
use crate::guard::seats::Peer;
use crate::guard::session::Session;
use crate::journal::Journal;
use crate::options::Options;
use crate::origin::ApiOrigin;
use crate::refusal::{Kind, Refusal};
use crate::terminal::Terminal;
use crate::text::{JSON, plain_header};
use crate::upstream::Upstream;
use pages::Folder;

mod body;
mod calls;
mod check;
mod create;
pub(crate) mod pages;
pub(crate) mod router;
mod save;

/// Stands in the log for all paths without a route: files of the page, and unknown paths.
const FILE: &str = "/{file}";

type Answered = Result<Response, Refusal>;

/// The state of one run of the companion.
#[derive(Debug)]
pub(crate) struct App {
    /// The port is the one that was taken.
    pub(crate) options: Options,
    pub(crate) gate: Gate,
    pub(crate) session: Session,
    pub(crate) folder: Folder,
    /// The host name of links to the form, unique to this installation.
    pub(crate) own_name: String,
    pub(crate) key: Option<ApiKey>,
    pub(crate) upstream: Upstream,
    pub(crate) journal: Journal,
    pub(crate) cap: Option<Cap>,
    /// The price book's own JSON text, for the page.
    pub(crate) prices: Option<Vec<u8>>,
    /// Creates under way, which outlive their connections.
    pub(crate) creates: TaskTracker,
    pub(crate) terminal: Terminal,
}

/// The key that a call is sent with: the companion's own for the page, whatever else it sends, and a script's own token.
impl FromRequestParts<Arc<App>> for ApiKey {
    type Rejection = Refusal;

    async fn from_request_parts(request: &mut Parts, app: &Arc<App>) -> Result<Self, Refusal> {
        refuse_query(&request.uri)?;
        match request.extensions.get() {
            Some(Peer::Page) => app.key.clone().ok_or(Kind::NoKey.into()),
            Some(Peer::Script(token)) => Ok(token.clone()),
            Some(Peer::Stranger) | None => Err(Kind::NoSession.into()),
        }
    }
}

/// Refuses a query string, for paths that take none.
pub(crate) fn refuse_query(uri: &Uri) -> Result<(), Refusal> {
    if uri.query().is_none() {
        return Ok(());
    }
    Err(Kind::BadRequest
        .saying(words!("This path does not accept a query string.", "该路径不接受查询参数。")))
}

/// What the log line says about an answer beside its status: names of rules, never a client's text.
#[derive(Clone, Debug)]
pub(crate) struct Note(pub(crate) String);

/// Writes the body of a refusal in the caller's language, and logs method, path template, status and time.
pub(crate) async fn finish(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    // Other methods are not logged, since a client can put any text there.
    let method = match *request.method() {
        Method::GET => "GET",
        Method::POST => "POST",
        _ => "OTHER",
    };
    let matched = request.extensions().get::<MatchedPath>();
    let template = matched.map_or(FILE, MatchedPath::as_str).to_owned();
    let lang = lang(request.headers(), app.options.lang);
    let mut response = next.run(request).await;
    if let Some(refusal) = response.extensions_mut().remove::<Refusal>() {
        *response.body_mut() = refusal.to_json(lang).into();
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(JSON));
        // This was the length of the empty body.
        response.headers_mut().remove(CONTENT_LENGTH);
    }
    let headers = response.headers_mut();
    headers.insert(CONTENT_SECURITY_POLICY, policy(&app.upstream.origin));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    let status = response.status();
    // The many files of the page would drown the calls.
    let is_dull = template == FILE && !status.is_client_error();
    if !app.options.quiet && !is_dull {
        let (status, time) = (status.as_u16(), begun.elapsed().as_millis());
        let note = response.extensions().get::<Note>();
        let note = note.map_or_else(String::new, |Note(note)| format!(": {note}"));
        app.terminal.say(format!("{method} {template} {status} {time} ms{note}"));
    }
    response
}

/// The caller's language: the first one in `Accept-Language`, or else `otherwise`.
pub(crate) fn lang(headers: &HeaderMap, otherwise: Lang) -> Lang {
    let first = headers.get(ACCEPT_LANGUAGE).and_then(|header| header.to_str().ok()?.get(..2));
    first.and_then(|first| first.to_ascii_lowercase().parse().ok()).unwrap_or(otherwise)
}

/// The page's content security policy, plus the API's origin, where the page measures uploaded files, and a ban on frames.
fn policy(api: &ApiOrigin) -> HeaderValue {
    plain_header(&format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self' {api}; \
         img-src 'self' https: blob: data:; media-src 'self' https: blob:; manifest-src 'self'; form-action 'none'; base-uri 'none'; \
         frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types lit-html"
    ))
}
