//! Who may use the page: one-time link, session cookie, and how both are compared.

use std::fmt;
use std::sync::Mutex;

use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

const SECRET_BYTES: usize = 32;

/// The secrets of one run of the companion; a new run knows no old cookie.
#[derive(Debug)]
pub(crate) struct Session {
    cookie_name: String,
    cookie: Secret,
    /// The token of the link that was printed last, until somebody uses it.
    link: Mutex<Option<Secret>>,
}

impl Session {
    pub(crate) fn new(port: u16) -> Self {
        // Browsers share cookies between the ports of a host, so the port is part of the name.
        let cookie_name = format!("seedance_session_{port}");
        Self {
            cookie_name,
            cookie: Secret::random(),
            link: Mutex::new(None),
        }
    }

    /// A fresh token for a link; the one before stops working.
    pub(crate) fn new_link_token(&self) -> String {
        let secret = Secret::random();
        let token = secret.0.as_str().to_owned();
        *self.link.lock().expect("no panic holds this lock") = Some(secret);
        token
    }

    /// Trades the token of a link for the cookie, once.
    pub(crate) fn exchange(&self, token: &str) -> Option<HeaderValue> {
        let mut link = self.link.lock().expect("no panic holds this lock");
        if !link
            .as_ref()
            .is_some_and(|secret| secret.equals(token.as_bytes()))
        {
            return None;
        }
        *link = None;
        let cookie = format!(
            "{}={}; HttpOnly; SameSite=Strict; Path=/",
            self.cookie_name,
            self.cookie.0.as_str()
        );
        let mut header = HeaderValue::from_str(&cookie).expect("name and secret are plain ASCII");
        header.set_sensitive(true);
        Some(header)
    }

    /// Whether a request brings the cookie along.
    pub(crate) fn is_in(&self, headers: &HeaderMap) -> bool {
        headers
            .get_all(COOKIE)
            .iter()
            .flat_map(|header| header.as_bytes().split(|&byte| byte == b';'))
            .filter_map(|pair| {
                pair.trim_ascii()
                    .strip_prefix(self.cookie_name.as_bytes())?
                    .strip_prefix(b"=")
            })
            .any(|value| self.cookie.equals(value))
    }
}

/// 256 random bits in hexadecimal.
struct Secret(Zeroizing<String>);

impl Secret {
    fn random() -> Self {
        let mut bytes = Zeroizing::new([0; SECRET_BYTES]);
        getrandom::fill(bytes.as_mut_slice()).expect("the system gives random bytes");
        Self(Zeroizing::new(
            bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
        ))
    }

    /// Takes the same time wherever the first difference is.
    fn equals(&self, other: &[u8]) -> bool {
        self.0.as_bytes().ct_eq(other).into()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret([redacted])")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cookie_of(session: &Session) -> String {
        let token = session.new_link_token();
        let header = session.exchange(&token).unwrap();
        header
            .to_str()
            .unwrap()
            .split(';')
            .next()
            .unwrap()
            .to_owned()
    }

    fn is_in(session: &Session, cookie: &str) -> bool {
        let headers = HeaderMap::from_iter([(COOKIE, HeaderValue::from_str(cookie).unwrap())]);
        session.is_in(&headers)
    }

    #[test]
    fn a_link_works_once_and_only_the_last_one() {
        let session = Session::new(1);
        let first = session.new_link_token();
        let second = session.new_link_token();
        assert_eq!(second.len(), 2 * SECRET_BYTES);
        assert!(session.exchange(&first).is_none());
        assert!(session.exchange("").is_none());
        assert!(session.exchange(&second).is_some());
        assert!(session.exchange(&second).is_none());
    }

    #[test]
    fn only_the_whole_cookie_of_this_run_and_port_opens_the_session() {
        let session = Session::new(1);
        let cookie = cookie_of(&session);
        assert!(is_in(&session, &cookie));
        assert!(is_in(&session, &format!("theme=dark; {cookie}")));
        assert!(!is_in(&session, &cookie[..cookie.len() - 1]));
        assert!(!is_in(&session, &format!("{cookie}0")));
        assert!(!is_in(&session, "seedance_session_1="));
        assert!(!is_in(&session, &cookie_of(&Session::new(1))));
        assert!(!is_in(&Session::new(2), &cookie));
    }
}
