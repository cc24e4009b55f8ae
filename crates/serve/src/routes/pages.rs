//! The files that a browser gets: the embedded page and package, and the companion's own door to them.

use std::sync::LazyLock;

use axum::body::Bytes;
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use crate::origin::{ApiOrigin, DEFAULT_API_ORIGIN};
use crate::refusal::{Kind, Refusal};
use crate::text::{plain_header, random_hex};

/// Where the door's script exchanges the token of a link, or the page's own, for the cookie.
pub(crate) const SESSION_PATH: &str = "/companion/session";
const FOLDER_BYTES: usize = 16;

/// Path, media type, bytes, and the bytes in gzip if that is shorter.
type Row = (&'static str, &'static str, &'static [u8], Option<&'static [u8]>);

const PAGE: &[Row] = include!(concat!(env!("OUT_DIR"), "/files.rs"));
const DOOR: [(&str, &str, &[u8]); 5] = [
    (OPEN, HTML, include_bytes!("../../assets/open.html")),
    ("/companion/open.js", SCRIPT, include_bytes!("../../assets/open.js")),
    (HISTORY, HTML, include_bytes!("../../assets/history.html")),
    ("/companion/history.js", SCRIPT, include_bytes!("../../assets/history.js")),
    ("/companion/door.css", "text/css; charset=utf-8", include_bytes!("../../assets/door.css")),
];
const HTML: &str = "text/html; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
/// Where one-time links lead. Their token is in the fragment, which browsers do not send.
const OPEN: &str = "/companion/open";
/// The page opens this at 127.0.0.1 to import the history that browsers store for that host.
const HISTORY: &str = "/companion/history";
/// The front page: within the folder the page itself, outside it a redirect into the folder.
pub(crate) const FRONT: &str = "/";
const INDEX: &str = "/index.html";
static PAGE_TAGS: LazyLock<Vec<HeaderValue>> =
    LazyLock::new(|| PAGE.iter().map(|(.., bytes, _)| tag(bytes)).collect());

/// The random folder that all files are in during this run. Whatever an earlier program on this port left in a browser's cache is
/// stored under other addresses.
#[derive(Debug)]
pub(crate) struct Folder(String);

impl Folder {
    pub(crate) fn new() -> Self {
        Self(format!("/{}", random_hex::<FOLDER_BYTES>()))
    }

    pub(crate) fn front(&self) -> String {
        self.0.clone() + FRONT
    }

    /// The path of the door, where one-time links lead.
    pub(crate) fn door(&self) -> String {
        self.0.clone() + OPEN
    }

    /// The file that a path names, if it is in this folder.
    pub(crate) fn file<'a>(&self, path: &'a str) -> Option<&'a str> {
        path.strip_prefix(&self.0).filter(|file| file.starts_with('/'))
    }

    /// Whether other sites, and local files, may link to this path.
    pub(crate) fn is_entrance(&self, path: &str) -> bool {
        path == FRONT || matches!(self.file(path), Some(FRONT | OPEN | HISTORY))
    }
}

/// A file of the page or the package, as this run serves it.
struct File {
    media_type: &'static str,
    plain: Bytes,
    gzip: Option<Bytes>,
    tag: HeaderValue,
}

impl File {
    fn find(path: &str, api: &ApiOrigin) -> Option<Self> {
        let index = PAGE.binary_search_by_key(&path, |(path, ..)| path).ok()?;
        let (path, media_type, plain, gzip) = *PAGE.get(index)?;
        if path == INDEX && api.to_string() != DEFAULT_API_ORIGIN {
            return Some(Self::front_page(plain, api));
        }
        Some(Self {
            media_type,
            plain: Bytes::from_static(plain),
            gzip: gzip.map(Bytes::from_static),
            tag: PAGE_TAGS.get(index)?.clone(),
        })
    }

    /// The front page with another API in its own policy, which applies in addition to the one in the header.
    fn front_page(embedded: &[u8], api: &ApiOrigin) -> Self {
        let html = String::from_utf8_lossy(embedded);
        let html = html.replacen(DEFAULT_API_ORIGIN, &api.to_string(), 1);
        Self { media_type: HTML, tag: tag(html.as_bytes()), plain: html.into(), gzip: None }
    }
}

/// A file of the page or the package. The browser keeps it, but asks each time whether it has changed.
pub(crate) fn page_file(
    path: &str,
    headers: &HeaderMap,
    api: &ApiOrigin,
) -> Result<Response, Refusal> {
    let path = if path == FRONT { INDEX } else { path };
    let file = File::find(path, api).ok_or(Kind::NotFound)?;
    let is_known = headers.get(IF_NONE_MATCH) == Some(&file.tag);
    let head = [
        (CONTENT_TYPE, HeaderValue::from_static(file.media_type)),
        (CACHE_CONTROL, HeaderValue::from_static("no-cache")),
        (ETAG, file.tag),
        (VARY, HeaderValue::from_static("Accept-Encoding")),
    ];
    Ok(match file.gzip {
        _ if is_known => (StatusCode::NOT_MODIFIED, head).into_response(),
        Some(gzip) if takes_gzip(headers) => {
            (head, [(CONTENT_ENCODING, "gzip")], gzip).into_response()
        }
        _ => (head, file.plain).into_response(),
    })
}

pub(crate) fn door_file(path: &str) -> Option<Response> {
    let (_, media_type, bytes) = DOOR.into_iter().find(|(known, ..)| *known == path)?;
    Some(([(CONTENT_TYPE, media_type)], bytes).into_response())
}

fn takes_gzip(headers: &HeaderMap) -> bool {
    let accepted = headers.get(ACCEPT_ENCODING).and_then(|header| header.to_str().ok());
    accepted.unwrap_or_default().to_ascii_lowercase().split(',').any(|coding| {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, "q=1"));
        // A weight that cannot be read counts as 0: every client takes plain bytes.
        let weight = weight.trim().strip_prefix("q=").and_then(|weight| weight.parse().ok());
        name.trim() == "gzip" && weight.is_some_and(|weight: f32| weight > 0.0)
    })
}

/// A weak tag, because the plain and the compressed bytes share it.
fn tag(bytes: &[u8]) -> HeaderValue {
    plain_header(&format!("W/\"{:.32x}\"", Sha256::digest(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_front_page_names_the_usual_api_once_and_then_another_in_its_place() {
        let (.., embedded, _) = PAGE.iter().find(|(path, ..)| *path == INDEX).unwrap();
        let embedded = std::str::from_utf8(embedded).unwrap();
        assert_eq!(embedded.matches(DEFAULT_API_ORIGIN).count(), 1);
        let api: ApiOrigin = "https://api.example:8443".parse().unwrap();
        let File { plain, .. } = File::find(INDEX, &api).unwrap();
        let (before, after) = embedded.split_once(DEFAULT_API_ORIGIN).unwrap();
        assert_eq!(plain, format!("{before}https://api.example:8443{after}"));
    }
}
