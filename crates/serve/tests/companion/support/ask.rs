//! A client that sends bytes as they are: it adds, corrects and leaves out no header.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::time::Duration;

use serde_json::Value;

/// A request, not yet sent.
#[derive(Clone, Debug)]
pub(crate) struct Ask {
    port: u16,
    line: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
}

/// An answer, read to its end.
#[derive(Debug)]
pub(crate) struct Heard {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Ask {
    /// A request without any header, not even a host.
    pub(crate) fn bare(port: u16, method: &str, target: &str) -> Self {
        Self {
            port,
            line: format!("{method} {target} HTTP/1.1"),
            headers: Vec::new(),
            body: Vec::new(),
        }
    }

    pub(crate) fn get(port: u16, target: &str) -> Self {
        Self::bare(port, "GET", target).header("Host", &format!("127.0.0.1:{port}"))
    }

    pub(crate) fn post(port: u16, target: &str, body: impl Into<Vec<u8>>) -> Self {
        let mut ask = Self::bare(port, "POST", target).header("Host", &format!("127.0.0.1:{port}"));
        ask.body = body.into();
        ask.header("Content-Type", "application/json")
    }

    /// Adds a header, beside any others of that name.
    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Replaces all headers of that name.
    pub(crate) fn set(mut self, name: &str, value: &str) -> Self {
        self.headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        self.header(name, value)
    }

    /// The same for another target, by GET.
    pub(crate) fn to(&self, target: &str) -> Self {
        Self { line: format!("GET {target} HTTP/1.1"), ..self.clone() }
    }

    pub(crate) fn send(self) -> Heard {
        Heard::read(&mut self.start())
    }

    /// Sends, and leaves reading to the caller.
    pub(crate) fn start(self) -> TcpStream {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        let mut head = format!("{}\r\nConnection: close\r\n", self.line);
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        let chunked = self.headers.iter().any(|(name, _)| name == "Transfer-Encoding");
        if !self.body.is_empty() && !chunked {
            head.push_str(&format!("Content-Length: {}\r\n", self.body.len()));
        }
        head.push_str("\r\n");
        stream.write_all(head.as_bytes()).unwrap();
        // A server that refuses a body may close before it has read it all; its answer is what counts.
        let _ = stream.write_all(&self.body);
        stream
    }
}

impl Heard {
    pub(crate) fn read(stream: &mut TcpStream) -> Self {
        let mut bytes = Vec::new();
        let mut chunk = [0; 65_536];
        while let Ok(length @ 1..) = stream.read(&mut chunk) {
            bytes.extend_from_slice(&chunk[..length]);
        }
        Self::parse(&bytes)
    }

    fn parse(bytes: &[u8]) -> Self {
        let end = bytes
            .windows(4)
            .position(|window| window == b"\r\n\r\n")
            .expect("an answer has a head");
        let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
        let mut lines = head.split("\r\n");
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let headers: Vec<_> = lines
            .map(|line| line.split_once(": ").expect("a header has a value"))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
            .collect();
        let mut heard = Self { status, headers, body: bytes[end + 4..].to_vec() };
        if heard.header("transfer-encoding") == Some("chunked") {
            heard.body = unchunk(&heard.body);
        }
        heard
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("no JSON in {self:?}"))
    }

    /// Status and kind of one of the companion's own errors, which have sentences in both languages.
    pub(crate) fn refusal(&self) -> (u16, String) {
        let json = self.json();
        let error = &json["error"];
        assert!(json["code"].is_i64(), "{json}");
        let msg = &json["msg"];
        assert!([&error["message"]["en"], &error["message"]["zh"]].contains(&msg), "{json}");
        for language in ["en", "zh"] {
            assert!(!error["message"][language].as_str().unwrap().is_empty(), "{json}");
        }
        (self.status, error["kind"].as_str().unwrap().to_owned())
    }

    /// [`Heard::refusal`], and the charge.
    pub(crate) fn charged_refusal(&self) -> (u16, String, String) {
        let (status, kind) = self.refusal();
        (status, kind, self.json()["error"]["charge"].as_str().unwrap_or("absent").to_owned())
    }
}

fn unchunk(mut rest: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    while let Some(end) = rest.windows(2).position(|window| window == b"\r\n") {
        let length = usize::from_str_radix(std::str::from_utf8(&rest[..end]).unwrap(), 16).unwrap();
        if length == 0 || rest.len() < end + 2 + length {
            break;
        }
        body.extend_from_slice(&rest[end + 2..end + 2 + length]);
        rest = &rest[end + 4 + length..];
    }
    body
}
