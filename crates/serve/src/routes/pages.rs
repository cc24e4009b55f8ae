//! The files that a browser gets: the embedded page and package, and the companion's own door to them.

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use crate::origin::{ApiOrigin, DEFAULT_API_ORIGIN};
use crate::refusal::{Kind, Refusal};
use crate::text::random_hex;

/// Where the door's script exchanges the token of a link, or the page's own, for the cookie.
pub(crate) const SESSION_PATH: &str = "/companion/session";
const FOLDER_BYTES: usize = 16;

/// Path, media type, and bytes of each file.
const FILES: &[(&str, &str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/files.rs"));
/// Where one-time links lead. Their token is in the fragment, which browsers do not send.
pub(crate) const OPEN: &str = "/companion/open";
/// The page opens this at 127.0.0.1 to import the history that browsers store for that host.
const HISTORY: &str = "/companion/history";
/// The front page: within the folder the page itself, outside it a redirect into the folder.
pub(crate) const FRONT: &str = "/";
const INDEX: &str = "/index.html";

/// The random folder that all files are in during this run. Whatever an earlier program on this port left in a browser's cache is
/// stored under other addresses.
#[derive(Debug)]
pub(crate) struct Folder(String);

impl Folder {
    pub(crate) fn new() -> Self {
        Self(format!("/{}", random_hex::<FOLDER_BYTES>()))
    }

    /// The path of a file in this folder.
    pub(crate) fn path(&self, file: &str) -> String {
        self.0.clone() + file
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

/// A file of the page, the package or the door. The front page names `api` in its own content security policy, which applies in
/// addition to the one in the header.
pub(crate) fn file(path: &str, api: &ApiOrigin) -> Result<Response, Refusal> {
    let path = match path {
        FRONT => INDEX,
        OPEN => "/companion/open.html",
        HISTORY => "/companion/history.html",
        other => other,
    };
    let row = FILES.iter().find(|(known, ..)| *known == path);
    let (_, media_type, bytes) = *row.ok_or(Kind::NotFound)?;
    let described = [(CONTENT_TYPE, media_type), (CACHE_CONTROL, "no-cache")];
    Ok(match path {
        INDEX => (described, front_page(bytes, api)).into_response(),
        _ => (described, bytes).into_response(),
    })
}

fn front_page(embedded: &[u8], api: &ApiOrigin) -> String {
    String::from_utf8_lossy(embedded).replacen(DEFAULT_API_ORIGIN, &api.to_string(), 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_front_page_names_the_usual_api_once_and_then_another_in_its_place() {
        let (.., embedded) = FILES.iter().find(|(path, ..)| *path == INDEX).unwrap();
        let text = std::str::from_utf8(embedded).unwrap();
        assert_eq!(text.matches(DEFAULT_API_ORIGIN).count(), 1);
        let api: ApiOrigin = "https://api.example:8443".parse().unwrap();
        let (before, after) = text.split_once(DEFAULT_API_ORIGIN).unwrap();
        assert_eq!(front_page(embedded, &api), format!("{before}https://api.example:8443{after}"));
    }
}
