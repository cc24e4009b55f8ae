//! The checks that every request passes first: its host, its origin, its method, and what a browser says about where it comes
//! from. Further checks for some paths: a script's bearer token, and the declared type of the body.

use axum::http::header::{AUTHORIZATION, CONTENT_ENCODING, CONTENT_TYPE, HOST, ORIGIN};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, request::Parts};

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

    /// Refuses a wrong host, other sites' pages, and methods other than GET and POST. Other sites may link to `doors`.
    pub(crate) fn check(
        &self,
        request: &Parts,
        doors: impl Fn(&str) -> bool,
    ) -> Result<(), Refusal> {
        self.check_host(request)?;
        self.check_origin(&request.headers)?;
        Kind::BadMethod.unless(matches!(request.method, Method::GET | Method::POST))?;
        check_fetch_site(request, doors)
    }

    fn is_own(&self, host: &str) -> bool {
        self.hosts.iter().any(|own| own == host)
    }

    fn check_host(&self, request: &Parts) -> Result<(), Refusal> {
        let header = at_most_once(&request.headers, &HOST).ok().flatten();
        let header_fits = header.is_some_and(|host| self.is_own(host));
        // The request line can name a host too: `GET http://evil.example/ HTTP/1.1`.
        let line = request.uri.authority();
        let line_fits = line.is_none_or(|host| self.is_own(host.as_str()));
        Kind::WrongHost.unless(header_fits && line_fits)
    }

    fn check_origin(&self, headers: &HeaderMap) -> Result<(), Refusal> {
        let is_own =
            |origin: &str| origin.strip_prefix("http://").is_some_and(|host| self.is_own(host));
        let origin = at_most_once(headers, &ORIGIN);
        Kind::WrongOrigin.unless(origin.is_ok_and(|origin| origin.is_none_or(is_own)))
    }
}

/// Whether a browser's page sent the request. `Sec-Fetch-Mode` proves nothing: Node's `fetch` sends it too.
pub(crate) fn is_from_a_browser(headers: &HeaderMap) -> bool {
    headers.contains_key(ORIGIN) || headers.contains_key(SEC_FETCH_SITE)
}

/// The bearer token of a script; `None` for a browser's page, whatever it sends.
pub(crate) fn own_token(headers: &HeaderMap) -> Option<ApiKey> {
    let header = single(headers, &AUTHORIZATION).filter(|_| !is_from_a_browser(headers));
    ApiKey::from_authorization(header?)
}

/// Refuses a compressed body, since the bytes that are checked must be the bytes that are sent.
fn require_unpacked(headers: &HeaderMap) -> Result<(), Refusal> {
    let plain = headers
        .get_all(CONTENT_ENCODING)
        .iter()
        .all(|coding| coding.as_bytes().eq_ignore_ascii_case(b"identity"));
    if plain {
        return Ok(());
    }
    Err(Kind::BadContentType.saying(words!(
        "Send the request body unpacked, without `Content-Encoding`.",
        "请发送未压缩的请求体，不要使用 `Content-Encoding`。"
    )))
}

/// Refuses a body that is not declared as JSON; a form on another site cannot declare that.
pub(crate) fn require_json(headers: &HeaderMap) -> Result<(), Refusal> {
    require_type(headers, |media_type, _| media_type.eq_ignore_ascii_case("application/json"))
}

/// Refuses a body that is not declared as `multipart/form-data` with a boundary.
pub(crate) fn require_multipart(headers: &HeaderMap) -> Result<(), Refusal> {
    require_type(headers, |media_type, parameters| {
        media_type.eq_ignore_ascii_case("multipart/form-data")
            && parameters.to_ascii_lowercase().contains("boundary=")
    })
}

fn require_type(headers: &HeaderMap, fits: impl FnOnce(&str, &str) -> bool) -> Result<(), Refusal> {
    require_unpacked(headers)?;
    let declared =
        single(headers, &CONTENT_TYPE).and_then(|header| header.to_str().ok()).unwrap_or_default();
    let (media_type, parameters) = declared.split_once(';').unwrap_or((declared, ""));
    Kind::BadContentType.unless(fits(media_type.trim(), parameters))
}

fn check_fetch_site(request: &Parts, doors: impl Fn(&str) -> bool) -> Result<(), Refusal> {
    let fits = match at_most_once(&request.headers, &SEC_FETCH_SITE) {
        Ok(None | Some("same-origin")) => true,
        Ok(Some("none")) => request.method == Method::GET,
        // Other sites may link to the page, as to any page; such a request arrives without the cookie.
        Ok(Some(_)) | Err(()) => is_visit(request, doors),
    };
    Kind::CrossSite.unless(fits)
}

fn is_visit(request: &Parts, doors: impl Fn(&str) -> bool) -> bool {
    let says = |name: &HeaderName, value: &str| {
        single(&request.headers, name).is_some_and(|header| header == value)
    };
    request.method == Method::GET
        && doors(request.uri.path())
        && says(&SEC_FETCH_MODE, "navigate")
        && says(&SEC_FETCH_DEST, "document")
}

/// The header if it was sent exactly once: of two, different readers could use different ones.
pub(crate) fn single<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a HeaderValue> {
    let mut all = headers.get_all(name).iter();
    let first = all.next()?;
    all.next().is_none().then_some(first)
}

/// The text of a header that may be sent once; an error if it was sent more often or is not visible ASCII.
pub(crate) fn at_most_once<'a>(
    headers: &'a HeaderMap,
    name: &HeaderName,
) -> Result<Option<&'a str>, ()> {
    if !headers.contains_key(name) {
        return Ok(None);
    }
    let text = single(headers, name).and_then(|header| header.to_str().ok());
    text.map(Some).ok_or(())
}
