//! Refusals get their words: in the language of whoever asks, or else in the companion's own.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{ACCEPT_LANGUAGE, CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use seedance_core::Lang;

use crate::refusal::Refusal;
use crate::routes::app::App;

/// The language of whoever asks: the first that the client names, or else this one.
pub(crate) fn lang(headers: &HeaderMap, otherwise: Lang) -> Lang {
    let first = headers
        .get(ACCEPT_LANGUAGE)
        .and_then(|header| header.as_bytes().get(..2))
        .map(<[u8]>::to_ascii_lowercase);
    match first.as_deref() {
        Some(b"zh") => Lang::Zh,
        Some(b"en") => Lang::En,
        _ => otherwise,
    }
}

/// Around every answer: gives a refusal its words.
pub(crate) async fn speak(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let lang = lang(request.headers(), app.lang);
    let mut response = next.run(request).await;
    if let Some(refusal) = response.extensions_mut().remove::<Refusal>() {
        *response.body_mut() = refusal.to_json(lang).into();
        let json = HeaderValue::from_static("application/json");
        response.headers_mut().insert(CONTENT_TYPE, json);
        // The length of no body.
        response.headers_mut().remove(CONTENT_LENGTH);
    }
    response
}
