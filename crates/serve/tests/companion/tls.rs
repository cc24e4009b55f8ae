//! TLS: the key goes to a server that proves who it is, and to no other.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, Stream};

use crate::support::desk::text;
use crate::support::{ATTEMPT, CANARY, CREATED, DRAFT, Desk};

/// A gateway behind TLS with a certificate for this name; sends the head of every request to the receiver.
fn gateway(name: &str, certificate: &Path) -> (u16, Receiver<String>) {
    let CertifiedKey { cert, signing_key } =
        generate_simple_self_signed([name.to_owned()]).unwrap();
    std::fs::write(certificate, cert.pem()).unwrap();
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(signing_key.serialize_der()));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key)
        .unwrap();
    let config = Arc::new(config);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    let (tell, told) = channel();
    thread::spawn(move || {
        for stream in listener.incoming() {
            // A client that refuses the certificate closes the connection, which is what is tested.
            if let Some(head) = answer(stream.unwrap(), &config) {
                tell.send(head).unwrap();
            }
        }
    });
    (port, told)
}

fn answer(mut tcp: TcpStream, config: &Arc<ServerConfig>) -> Option<String> {
    let mut connection = ServerConnection::new(Arc::clone(config)).unwrap();
    let mut stream = Stream::new(&mut connection, &mut tcp);
    let mut request = Vec::new();
    while !request.ends_with(DRAFT.as_bytes()) {
        let mut chunk = [0; 4096];
        let length = stream.read(&mut chunk).ok().filter(|&length| length > 0)?;
        request.extend_from_slice(&chunk[..length]);
    }
    let length = CREATED.len();
    let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n");
    stream.write_all((head + CREATED).as_bytes()).ok()?;
    connection.send_close_notify();
    connection.complete_io(&mut tcp).ok()?;
    String::from_utf8(request).ok()
}

#[test]
fn a_server_that_an_added_authority_vouches_for_gets_the_call() {
    let folder = tempfile::tempdir().unwrap();
    let authority = folder.path().join("ca.pem");
    let (port, told) = gateway("localhost", &authority);
    let origin = format!("https://localhost:{port}");
    let desk = Desk::with(&origin, &["--ca-file", text(&authority)]);
    let heard = desk.create(ATTEMPT, DRAFT).send();
    assert_eq!((heard.status, heard.text()), (200, CREATED));
    let request = told.recv().unwrap();
    assert!(request.contains(&format!("authorization: Bearer {CANARY}\r\n")));
}

#[test]
fn a_server_that_nobody_vouches_for_gets_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (port, told) = gateway("localhost", &folder.path().join("ca.pem"));
    let desk = Desk::with(&format!("https://localhost:{port}"), &[]);
    let heard = desk.create(ATTEMPT, DRAFT).send();
    assert_eq!(
        heard.charged_refusal(),
        (502, "upstream_unreachable".to_owned(), "none".to_owned())
    );
    let cause = heard.json()["error"]["upstream"]["cause"].to_string();
    assert!(cause.contains("certificate"), "{cause}");
    assert!(told.try_recv().is_err());
}

#[test]
fn a_certificate_for_another_name_is_worth_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let authority = folder.path().join("ca.pem");
    let (port, told) = gateway("api.example", &authority);
    let origin = format!("https://localhost:{port}");
    let desk = Desk::with(&origin, &["--ca-file", text(&authority)]);
    let heard = desk.create(ATTEMPT, DRAFT).send();
    assert_eq!(
        heard.charged_refusal(),
        (502, "upstream_unreachable".to_owned(), "none".to_owned())
    );
    assert!(told.try_recv().is_err());
}
