//! Access to the page: the one-time link, and the secrets that it is exchanged for.
//!
//! The cookie opens the form's first file, which holds nothing private. Browsers send it by themselves, also to other servers of
//! the same host, and those may overwrite it. So calls also need the token, which the page keeps in its tab and sends in a
//! header; in exchange for the token the page gets back a lost cookie. Links that save results cannot carry a header, so a third
//! secret, which the page asks for with the other two, is part of their path.

use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use parking_lot::Mutex;

use super::gate;
use super::key::Secret;
use crate::text::{plain_header, random_hex};

const SECRET_BYTES: usize = 32;
/// The header with the token of the page.
const TOKEN: HeaderName = HeaderName::from_static("seedance-session");

/// The secrets of one run of the companion. Another run accepts none of them.
#[derive(Debug)]
pub(crate) struct Session {
    cookie_name: String,
    cookie: Secret,
    /// What the page sends with its calls.
    pub(crate) token: Secret,
    /// Part of the path of links that save results.
    pub(crate) saving: Secret,
    /// The token of the latest link, until it is used.
    link: Mutex<Option<Secret>>,
}

impl Session {
    pub(crate) fn new(port: u16) -> Self {
        // Browsers share cookies between the ports of a host, so the port is part of the name.
        let cookie_name = format!("seedance_session_{port}");
        Self {
            cookie_name,
            cookie: random(),
            token: random(),
            saving: random(),
            link: Mutex::new(None),
        }
    }

    /// A fresh token for a link. The previous link stops working.
    pub(crate) fn new_link_token(&self) -> String {
        let secret = random();
        let token = secret.reveal().to_owned();
        *self.link.lock() = Some(secret);
        token
    }

    /// Whether this is the token of the latest link. It works only once.
    pub(crate) fn takes_link(&self, token: &str) -> bool {
        self.link.lock().take_if(|secret| secret.equals(token.as_bytes())).is_some()
    }

    pub(crate) fn set_cookie(&self) -> HeaderValue {
        let (name, secret) = (&self.cookie_name, self.cookie.reveal());
        let cookie = format!("{name}={secret}; HttpOnly; SameSite=Strict; Path=/");
        let mut header = plain_header(&cookie);
        header.set_sensitive(true);
        header
    }

    /// Whether a request comes from the page: it has the cookie and the token.
    pub(crate) fn is_in(&self, headers: &HeaderMap) -> bool {
        self.has_cookie(headers) && self.has_token(headers)
    }

    /// Whether a request may save results: it has the cookie, and `saving` from its path is the secret for that.
    pub(crate) fn may_save(&self, headers: &HeaderMap, saving: &str) -> bool {
        self.has_cookie(headers) && self.saving.equals(saving.as_bytes())
    }

    pub(crate) fn has_token(&self, headers: &HeaderMap) -> bool {
        gate::single(headers, &TOKEN).is_some_and(|token| self.token.equals(token.as_bytes()))
    }

    /// Whether a request has the cookie, perhaps beside others of its name that other servers of the host have set.
    pub(crate) fn has_cookie(&self, headers: &HeaderMap) -> bool {
        headers
            .get_all(COOKIE)
            .iter()
            .flat_map(|header| header.as_bytes().split(|&byte| byte == b';'))
            .filter_map(|pair| {
                pair.trim_ascii().strip_prefix(self.cookie_name.as_bytes())?.strip_prefix(b"=")
            })
            .any(|value| self.cookie.equals(value))
    }
}

/// 256 random bits in hexadecimal.
fn random() -> Secret {
    Secret::new(random_hex::<SECRET_BYTES>())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cookie_of(session: &Session) -> String {
        let header = session.set_cookie();
        header.to_str().unwrap().split(';').next().unwrap().to_owned()
    }

    fn headers(cookie: &str, token: &str) -> HeaderMap {
        HeaderMap::from_iter([
            (COOKIE, HeaderValue::from_str(cookie).unwrap()),
            (TOKEN, HeaderValue::from_str(token).unwrap()),
        ])
    }

    #[test]
    fn only_the_whole_cookie_of_this_run_and_port_counts() {
        let session = Session::new(1);
        let cookie = cookie_of(&session);
        let has = |session: &Session, cookie: &str| session.has_cookie(&headers(cookie, ""));
        assert!(has(&session, &cookie));
        assert!(has(&session, &format!("theme=dark; {cookie}")));
        assert!(has(&session, &format!("seedance_session_1=tossed; {cookie}")));
        assert!(!has(&session, &cookie[..cookie.len() - 1]));
        assert!(!has(&session, &format!("{cookie}0")));
        assert!(!has(&session, "seedance_session_1="));
        assert!(!has(&session, &cookie_of(&Session::new(1))));
        assert!(!has(&Session::new(2), &cookie));
    }

    #[test]
    fn calls_need_cookie_and_token() {
        let (session, other) = (Session::new(1), Session::new(1));
        let (cookie, token) = (cookie_of(&session), session.token.reveal());
        assert!(session.is_in(&headers(&cookie, token)));
        assert!(!session.is_in(&headers(&cookie, "")));
        assert!(!session.is_in(&headers(&cookie, other.token.reveal())));
        assert!(!session.is_in(&headers("", token)));
        let mut two = headers(&cookie, token);
        two.append(TOKEN, HeaderValue::from_static("x"));
        assert!(!session.is_in(&two));
    }
}
