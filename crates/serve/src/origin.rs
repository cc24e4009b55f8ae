//! The origin of the API, the only one that calls are passed on to.

use std::fmt;
use std::net::IpAddr;
use std::str::FromStr;

use axum::http::Uri;
use axum::http::uri::{Authority, Scheme};

/// The production server, from the API's documentation.
pub(crate) const DEFAULT_API_ORIGIN: &str = "https://www.jimmyai.cn";

/// Scheme, host and port of an API: `https://…`, or `http://…` on this machine.
///
/// ```
/// use seedance_serve::ApiOrigin;
/// let origin: ApiOrigin = "https://www.jimmyai.cn/".parse()?;
/// assert_eq!(origin.to_string(), "https://www.jimmyai.cn");
/// assert!("http://www.jimmyai.cn".parse::<ApiOrigin>().is_err());
/// # Ok::<(), String>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiOrigin {
    scheme: Scheme,
    authority: Authority,
}

impl ApiOrigin {
    /// The URI of a path of this API.
    #[expect(clippy::expect_used, reason = "paths are matched by pattern before they get here")]
    pub(crate) fn join(&self, path: &str) -> Uri {
        format!("{self}{path}").parse().expect("scheme, authority and path")
    }

    /// Whether this origin is on loopback and the result is on this very origin. Such results may be fetched although they are
    /// not public: the test suites run without a network this way.
    pub(crate) fn is_loopback_home_of(&self, result: &Uri) -> bool {
        is_loopback(&self.authority)
            && result.scheme() == Some(&self.scheme)
            && result.authority() == Some(&self.authority)
    }
}

impl FromStr for ApiOrigin {
    /// What is wrong, and what to write instead.
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let refused = |reason| format!("`{text}` is not a valid API address: {reason}");
        let uri: Uri = text.parse().unwrap_or_default();
        // A port that is none would count as missing, and calls would go to the scheme's own.
        let has_bad_port = uri.authority().is_some_and(|authority| {
            authority.as_str() != authority.host()
                && authority.port_u16().is_none_or(|port| port == 0)
        });
        let is_bare = matches!(uri.path(), "" | "/")
            && uri.query().is_none()
            && !text.contains('@')
            && !has_bad_port;
        let (Some(scheme), Some(authority), true) = (uri.scheme(), uri.authority(), is_bare) else {
            return Err(refused("write it as `https://host` or `https://host:port`"));
        };
        let safe = *scheme == Scheme::HTTPS || (*scheme == Scheme::HTTP && is_loopback(authority));
        if !safe {
            return Err(refused("use https; http is allowed only for this computer"));
        }
        Ok(Self { scheme: scheme.clone(), authority: authority.clone() })
    }
}

impl fmt::Display for ApiOrigin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", self.scheme, self.authority)
    }
}

/// Whether the host is this machine. Names are not looked up: `localhost` is the only one that counts.
fn is_loopback(authority: &Authority) -> bool {
    authority.host() == "localhost"
        || literal(authority).is_some_and(|address| address.is_loopback())
}

/// The IP address, if the host is one.
pub(crate) fn literal(authority: &Authority) -> Option<IpAddr> {
    let host = authority.host();
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_https_or_on_this_machine() {
        for good in [
            "https://api.example",
            "https://api.example:8443",
            "http://127.0.0.1:9",
            "http://localhost:9",
            "http://[::1]:9",
        ] {
            assert_eq!(good.parse::<ApiOrigin>().unwrap().to_string(), good);
        }
        for bad in [
            "",
            "api.example",
            "http://api.example",
            "http://10.0.0.1",
            "http://localhost.example",
            "ftp://x",
            "https://a/b",
            "https://a?b",
            "https://me@a",
            "https://127.0.0.1:99999",
            "https://api.example:0",
            "https://api.example:",
            "http://[::1]:65536",
        ] {
            assert!(bad.parse::<ApiOrigin>().is_err(), "{bad}");
        }
    }

    #[test]
    fn only_a_loopback_gateway_is_home_to_its_own_results() {
        let gateway: ApiOrigin = "http://127.0.0.1:9000".parse().unwrap();
        assert!(gateway.is_loopback_home_of(&Uri::from_static("http://127.0.0.1:9000/v.mp4")));
        assert!(!gateway.is_loopback_home_of(&Uri::from_static("http://127.0.0.1:9001/v.mp4")));
        assert!(!gateway.is_loopback_home_of(&Uri::from_static("https://127.0.0.1:9000/v.mp4")));
        let public: ApiOrigin = "https://api.example".parse().unwrap();
        assert!(!public.is_loopback_home_of(&Uri::from_static("https://api.example/v.mp4")));
    }
}
