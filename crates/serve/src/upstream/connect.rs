//! How connections are made: the TLS settings, and the addresses that results may come from.

use std::error::Error;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::http::Uri;
use hyper::rt::{Read, Write};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::dns::Name;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use tokio::net::lookup_host;
use tower::{BoxError, Service, service_fn};

use crate::error::ServeError;
use crate::origin::literal;
use crate::upstream::public_address::is_public;

/// The time limit for name look-up, TCP and TLS together. If it runs out, nothing was sent.
pub(super) const CONNECT_TIME: Duration = Duration::from_secs(10);

pub(super) type ApiConnector = HttpsConnector<HttpConnector>;

/// Connects to the API's origin, whose scheme was checked when it was parsed.
pub(super) fn to_api(trust: &ClientConfig) -> ApiConnector {
    let mut tcp = HttpConnector::new();
    tcp.enforce_http(false);
    HttpsConnectorBuilder::new()
        .with_tls_config(trust.clone())
        .https_or_http()
        .enable_http1()
        .wrap_connector(tcp)
}

/// Connects to the storage that a task's result names: over https, and to public addresses only.
pub(super) fn to_results(
    trust: &ClientConfig,
) -> impl Service<Uri, Response: Read + Write + Send + Unpin + 'static, Error = BoxError, Future: Send>
+ Send
+ use<> {
    let mut tcp = HttpConnector::new_with_resolver(service_fn(public_only));
    tcp.enforce_http(false);
    HttpsConnectorBuilder::new()
        .with_tls_config(trust.clone())
        .https_only()
        .enable_http1()
        .wrap_connector(tcp)
}

/// The TLS settings. The trusted certificate authorities are those of the web and those in `ca_file`.
pub(super) fn trust(ca_file: Option<&Path>) -> Result<ClientConfig, ServeError> {
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    if let Some(path) = ca_file {
        let text = std::fs::read(path).map_err(ServeError::unreadable(path))?;
        let name = path.display();
        add(&mut roots, &text).ok_or_else(|| {
            ServeError::new(words!(
                "{name} does not contain valid certificates; --ca-file needs a PEM file of certificate authorities",
                "{name} 中没有有效的证书；--ca-file 须为含证书机构证书的 PEM 文件"
            ))
        })?;
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    #[expect(clippy::expect_used, reason = "ring supports the default versions of TLS")]
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions of TLS");
    Ok(config.with_root_certificates(roots).with_no_client_auth())
}

/// Adds the certificates in a PEM text; `None` if there are none, or an invalid one.
fn add(roots: &mut RootCertStore, pem: &[u8]) -> Option<()> {
    let before = roots.len();
    for certificate in CertificateDer::pem_slice_iter(pem) {
        roots.add(certificate.ok()?).ok()?;
    }
    (roots.len() > before).then_some(())
}

/// Resolves a name, and refuses it unless all its addresses are public. The connection is made to the addresses returned here, so
/// the name cannot point elsewhere a moment later.
async fn public_only(name: Name) -> Result<std::vec::IntoIter<SocketAddr>, BoxError> {
    let found: Vec<_> = lookup_host((name.as_str(), 0)).await?.collect();
    // One private address among public ones is an attack, not an accident.
    match found.iter().all(|address| is_public(address.ip())) {
        true => Ok(found.into_iter()),
        false => Err(NotPublic.into()),
    }
}

/// The error for a name that leads to this machine or the networks around it.
#[derive(Debug, thiserror::Error)]
#[error("the name leads to an address that is not public")]
struct NotPublic;

/// Whether [`NotPublic`] is among the causes of this error.
pub(super) fn is_not_public(error: &(dyn Error + 'static)) -> bool {
    error.is::<NotPublic>() || error.source().is_some_and(is_not_public)
}

/// Whether a result may be fetched: over https, without credentials, not from a private IP address. Names are judged later.
pub(super) fn may_fetch(result: &Uri) -> bool {
    result.scheme_str() == Some("https")
        && result.authority().is_some_and(|authority| {
            !authority.as_str().contains('@') && literal(authority).is_none_or(is_public)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_https_without_credentials_and_not_at_private_literals() {
        for bad in [
            "http://cdn.example/v.mp4",
            "https://10.0.0.1/v.mp4",
            "https://[::1]/v.mp4",
            "https://169.254.169.254/",
            "https://me@cdn.example/v.mp4",
            "/v.mp4",
        ] {
            assert!(!may_fetch(&bad.parse().unwrap()), "{bad}");
        }
        assert!(may_fetch(&Uri::from_static("https://cdn.example/v.mp4?sign=1")));
    }

    #[tokio::test]
    async fn names_that_lead_home_do_not_resolve() {
        // The second and third are spellings that some resolvers read as 127.0.0.1.
        for name in ["localhost", "2130706433", "0x7f.1"] {
            let name: Name = name.parse().unwrap();
            assert!(public_only(name).await.unwrap_err().is::<NotPublic>());
        }
    }
}
