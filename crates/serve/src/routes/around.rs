//! What is added to every answer: the body of a refusal, the security headers, and a log line on standard error that holds
//! nothing private.

use std::sync::Arc;
use std::time::Instant;

use axum::body::Body;
use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{
    ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE,
    REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderValue, Method, Response};
use axum::middleware::Next;
use seedance_core::Lang;

use crate::origin::ApiOrigin;
use crate::refusal::Refusal;
use crate::routes::App;
use crate::text::plain_header;

/// Stands in the log for all paths without a route: files of the page, and unknown paths.
const FILE: &str = "/{file}";

/// What the log line says about an answer beside its status: names of rules, never a client's text.
#[derive(Clone, Debug)]
pub(crate) struct Note(pub(crate) String);

/// Writes the body of a refusal in the caller's language, and logs method, path template, status and time.
pub(crate) async fn finish(
    State(app): State<Arc<App>>,
    request: Request,
    next: Next,
) -> Response<Body> {
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
        let json = HeaderValue::from_static("application/json");
        response.headers_mut().insert(CONTENT_TYPE, json);
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
