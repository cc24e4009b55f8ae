//! The checks that every request passes first: its host, its origin, its method, and what a browser says about where it comes
//! from. Further checks for some paths: a script's bearer token, and the declared type of the body.

use axum::extract::Request;
use axum::http::header::{AUTHORIZATION, CONTENT_ENCODING, CONTENT_TYPE, HOST, ORIGIN};
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};

use crate::guard::key::ApiKey;
use crate::refusal::{Kind, Refusal};

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
const SEC_FETCH_MODE: HeaderName = HeaderName::from_static("sec-fetch-mode");
const SEC_FETCH_DEST: HeaderName = HeaderName::from_static("sec-fetch-dest");

/// The loopback address. Every browser can open it, unlike a name under `.localhost`.
pub(crate) const LOOPBACK: &str = "127.0.0.1";

/// Host and port as browsers write them: without the default port.
pub(crate) fn authority(host: &str, port: u16) -> String {
    match port {
        80 => host.to_owned(),
        _ => format!("{host}:{port}"),
    }
}

/// The hosts, with ports, that requests may be addressed to.
#[derive(Debug)]
pub(crate) struct Gate {
    hosts: [String; 4],
}

impl Gate {
    /// `own_name` is the host name unique to this installation.
    pub(crate) fn new(own_name: &str, port: u16) -> Self {
        let hosts = [own_name, LOOPBACK, "localhost", "[::1]"];
        Self { hosts: hosts.map(|name| authority(name, port)) }
    }

    /// Refuses a wrong host, other sites' pages, and methods other than GET and POST. Other sites may link to an entrance.
    pub(crate) fn check(&self, request: &Request, is_entrance: bool) -> Result<(), Refusal> {
        let is_own = |host: &str| self.hosts.iter().any(|own| own == host);
        let header = single(request.headers(), &HOST);
        // The request line can name a host too: `GET http://evil.example/ HTTP/1.1`.
        let line = request.uri().authority().map(Authority::as_str);
        Kind::WrongHost.unless(header.is_some_and(is_own) && line.is_none_or(is_own))?;
        let is_own_origin = |origin: &str| origin.strip_prefix("http://").is_some_and(is_own);
        let origin = at_most_once(request.headers(), &ORIGIN);
        Kind::WrongOrigin.unless(origin.is_ok_and(|origin| origin.is_none_or(is_own_origin)))?;
        Kind::BadMethod.unless(matches!(*request.method(), Method::GET | Method::POST))?;
        let site_fits = match at_most_once(request.headers(), &SEC_FETCH_SITE) {
            Ok(None | Some("same-origin")) => true,
            Ok(Some("none")) => request.method() == Method::GET,
            // Other sites may link to the page, as to any page; such a request arrives without the cookie.
            Ok(Some(_)) | Err(()) => is_entrance && is_visit(request),
        };
        Kind::CrossSite.unless(site_fits)
    }
}

/// The bearer token of a script; `None` for a browser's page, whatever it sends. `Sec-Fetch-Mode` tells no browser: Node's `fetch`
/// sends it too.
pub(crate) fn own_token(headers: &HeaderMap) -> Option<ApiKey> {
    if headers.contains_key(ORIGIN) || headers.contains_key(SEC_FETCH_SITE) {
        return None;
    }
    ApiKey::from_authorization(single(headers, &AUTHORIZATION)?)
}

/// Refuses a body that is compressed, or not declared as this type with a parameter that begins so. A form on another site cannot
/// declare JSON.
pub(crate) fn require_type(
    headers: &HeaderMap,
    media_type: &str,
    parameter: &str,
) -> Result<(), Refusal> {
    let mut codings = headers.get_all(CONTENT_ENCODING).iter();
    // The bytes that are checked must be the bytes that are sent.
    if codings.any(|coding| !coding.as_bytes().eq_ignore_ascii_case(b"identity")) {
        return Err(Kind::BadContentType.saying(words!(
            "Send the request body unpacked, without `Content-Encoding`.",
            "请发送未压缩的请求体，不要使用 `Content-Encoding`。"
        )));
    }
    let declared = single(headers, &CONTENT_TYPE).unwrap_or_default();
    let (declared, parameters) = declared.split_once(';').unwrap_or((declared, ""));
    let has_parameter = parameters.to_ascii_lowercase().contains(parameter);
    Kind::BadContentType.unless(declared.trim().eq_ignore_ascii_case(media_type) && has_parameter)
}

/// Whether a browser opens a page for its user, rather than for another page.
fn is_visit(request: &Request) -> bool {
    request.method() == Method::GET
        && single(request.headers(), &SEC_FETCH_MODE) == Some("navigate")
        && single(request.headers(), &SEC_FETCH_DEST) == Some("document")
}

/// The text of a header that was sent exactly once, in visible ASCII.
pub(crate) fn single<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    at_most_once(headers, name).ok().flatten()
}

/// The text of a header that may be sent once: of two, different readers could use different ones. An error also if it is not
/// visible ASCII.
pub(crate) fn at_most_once<'a>(
    headers: &'a HeaderMap,
    name: &HeaderName,
) -> Result<Option<&'a str>, ()> {
    let mut all = headers.get_all(name).iter();
    let first = all.next().map(HeaderValue::to_str).transpose().map_err(drop)?;
    if all.next().is_none() { Ok(first) } else { Err(()) }
}
