//! How connections are made: the TLS settings, and the addresses that results may come from: all except those of this machine and
//! the networks around it.

use std::error::Error;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::Body;
use axum::http::header::HOST;
use axum::http::{Request, Uri};
use hyper::client::conn::http1::{self, SendRequest};
use hyper_rustls::HttpsConnectorBuilder;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::dns::Name;
use hyper_util::rt::TokioIo;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use tokio::io::AsyncWrite;
use tokio::net::lookup_host;
use tokio::time::timeout;
use tower::{BoxError, ServiceExt, service_fn};

use crate::error::ServeError;
use crate::origin::literal;
use crate::text::plain_header;

/// The time limit for name look-up, TCP and TLS together. If it runs out, nothing was sent.
const CONNECT_TIME: Duration = Duration::from_secs(10);
/// The most headers of a response. The usual 100 may not be enough when proxies on the way add their own.
const MAX_HEADERS: usize = 4096;

/// Which addresses a name may lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reach {
    Anywhere,
    PublicOnly,
}

/// Connects to where a request leads, and prepares it to be sent there. Schemes and addresses without a name were checked before.
pub(super) async fn connect(
    trust: &ClientConfig,
    reach: Reach,
    request: &mut Request<Body>,
) -> Result<SendRequest<Body>, BoxError> {
    let mut tcp = HttpConnector::new_with_resolver(service_fn(move |name| resolve(name, reach)));
    tcp.enforce_http(false);
    let connector = HttpsConnectorBuilder::new()
        .with_tls_config(trust.clone())
        .https_or_http()
        .enable_http1()
        .wrap_connector(tcp);
    let connecting = timeout(CONNECT_TIME, connector.oneshot(request.uri().clone())).await;
    let stream = connecting.map_err(|_| "connecting took too long")??;
    let (reader, writer) = tokio::io::split(TokioIo::new(stream));
    let (sender, connection) = http1::Builder::new()
        .max_headers(MAX_HEADERS)
        .ignore_invalid_headers_in_responses(true)
        .allow_obsolete_multiline_headers_in_responses(true)
        .allow_spaces_after_header_name_in_responses(true)
        .handshake(TokioIo::new(tokio::io::join(reader, WritesOn(writer))))
        .await?;
    // The result is not needed here: whoever waits for the response gets the error too.
    tokio::spawn(async move { drop(connection.await) });
    // Without a proxy, HTTP/1.1 wants the host in a header and the path alone in the request line. An `Authority` is visible ASCII.
    let uri = std::mem::take(request.uri_mut()).into_parts();
    if let Some(host) = uri.authority {
        request.headers_mut().insert(HOST, plain_header(host.as_str()));
    }
    *request.uri_mut() = uri.path_and_query.map(Uri::from).unwrap_or_default();
    Ok(sender)
}

/// The TLS settings. The trusted certificate authorities are those of the web and those in `ca_file`.
pub(super) fn trust(ca_file: Option<&Path>) -> Result<ClientConfig, ServeError> {
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    if let Some(path) = ca_file {
        let text = std::fs::read(path).map_err(ServeError::unreadable(path))?;
        let certificates = CertificateDer::pem_slice_iter(&text).flatten();
        if roots.add_parsable_certificates(certificates).0 == 0 {
            let name = path.display();
            return Err(ServeError::new(words!(
                "{name} does not contain valid certificates; --ca-file needs a PEM file of certificate authorities",
                "{name} 中没有有效的证书；--ca-file 须为含证书机构证书的 PEM 文件"
            )));
        }
    }
    // Named, since another crate of the same program may bring a second provider.
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    #[expect(clippy::expect_used, reason = "ring supports the default versions of TLS")]
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("versions of TLS");
    Ok(config.with_root_certificates(roots).with_no_client_auth())
}

/// Resolves a name; if it may lead to public addresses only, all of them must be. The connection is made to the addresses returned
/// here, so the name cannot point elsewhere a moment later.
async fn resolve(name: Name, reach: Reach) -> Result<std::vec::IntoIter<SocketAddr>, BoxError> {
    let found: Vec<_> = lookup_host((name.as_str(), 0)).await?.collect();
    // One private address among public ones is an attack, not an accident.
    if reach == Reach::PublicOnly && !found.iter().all(|address| is_public(address.ip())) {
        return Err(NotPublic.into());
    }
    Ok(found.into_iter())
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

/// Whether an address is on the public network. IPv6 addresses that reach IPv4 ones through a gateway (NAT64, Teredo, 6to4,
/// translated) do not count, because nobody knows where the gateway leads.
///
/// 198.18.0.0/15 counts as public on purpose: local proxies resolve every name to an address in this range and pass the
/// connection on.
fn is_public(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let shared = a == 100 && b & 0b1100_0000 == 64;
    let protocols = [a, b, c] == [192, 0, 0];
    !(a == 0
        || address.is_loopback()
        || address.is_private()
        || address.is_link_local()
        || address.is_documentation()
        || address.is_multicast()
        || shared
        || protocols
        || a >= 240)
}

/// Only 2000::/3 is allocated for the public network, and parts of it serve other purposes.
fn is_public_v6(address: Ipv6Addr) -> bool {
    let [first, second, ..] = address.segments();
    let given_out = first & 0xe000 == 0x2000;
    // 2001::/23, which includes Teredo.
    let protocols = first == 0x2001 && second < 0x0200;
    let documentation = [first, second] == [0x2001, 0x0db8] || first == 0x3fff && second < 0x1000;
    let six_to_four = first == 0x2002;
    given_out && !(protocols || documentation || six_to_four)
}

/// The sending half of a connection. Writes that fail seem to succeed, so that the response is still read: a server may refuse a
/// large body before all of it has arrived.
struct WritesOn<W>(W);

impl<W: AsyncWrite + Unpin> AsyncWrite for WritesOn<W> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let writing = Pin::new(&mut self.0).poll_write(context, bytes);
        writing.map(|written| Ok(written.unwrap_or(bytes.len())))
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(context).map(|_| Ok(()))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(context).map(|_| Ok(()))
    }
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
            assert!(resolve(name, Reach::PublicOnly).await.unwrap_err().is::<NotPublic>());
        }
    }

    #[test]
    fn this_machine_and_the_networks_around_it_are_not_public() {
        for text in [
            "127.0.0.1",
            "127.255.0.1",
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "100.127.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "203.0.113.9",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "fec0::1",
            "ff02::1",
            "2001:db8::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::ffff:0.0.0.1",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b::a9fe:a9fe",
            "64:ff9b::101:101",
            "64:ff9b:1::101:101",
            "::ffff:0:127.0.0.1",
            "::ffff:0:1.1.1.1",
            "::1.1.1.1",
            "2001:0:4136:e378:8000:63bf:3fff:fdd2",
            "2001:10::1",
            "2002:7f00:1::",
            "2002:101:101::",
            "3fff:123::1",
            "100::1",
            "5f00::1",
        ] {
            assert!(!is_public(text.parse().unwrap()), "{text}");
        }
    }

    #[test]
    fn the_public_network_is() {
        for text in [
            "1.1.1.1",
            "47.95.85.22",
            "172.15.0.1",
            "172.32.0.1",
            "100.63.0.1",
            "100.128.0.1",
            "198.18.0.1",
            "169.253.0.1",
            "2400:3200::1",
            "2606:4700::1111",
            "::ffff:1.1.1.1",
            "2001:200::1",
            "3fff:1000::1",
        ] {
            assert!(is_public(text.parse().unwrap()), "{text}");
        }
    }
}
