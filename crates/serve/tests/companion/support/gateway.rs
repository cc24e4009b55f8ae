//! A fake API: counts every call, keeps what it saw, and answers as it is told.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// A call as it came over the wire.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) line: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
}

impl Seen {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    pub(crate) fn path(&self) -> &str {
        self.line.split(' ').nth(1).unwrap()
    }
}

/// How the gateway answers one call.
#[derive(Clone, Debug)]
pub(crate) enum Reply {
    /// A whole JSON answer.
    Json(u16, String),
    /// These bytes, then the connection is closed.
    Raw(Vec<u8>),
    /// This head, then this many bytes of filling, as far as they are read.
    Flood(String, usize),
    /// No answer: the connection is closed.
    Cut,
    /// Nothing for this long, then the other reply.
    After(Duration, Box<Reply>),
    /// The other reply, then the connection stays open for this long.
    ThenWait(Box<Reply>, Duration),
    /// The other reply, then the connection is reset.
    ThenReset(Box<Reply>),
}

impl Reply {
    pub(crate) fn json(text: &str) -> Self {
        Self::Json(200, text.to_owned())
    }

    pub(crate) fn raw(text: &str) -> Self {
        Self::Raw(text.as_bytes().to_vec())
    }

    pub(crate) fn after(self, millis: u64) -> Self {
        Self::After(Duration::from_millis(millis), Box::new(self))
    }
}

/// A listening gateway; it lives as long as the test's process.
#[derive(Clone)]
pub(crate) struct Gateway {
    pub(crate) port: u16,
    seen: Arc<Mutex<Vec<Seen>>>,
    connections: Arc<AtomicUsize>,
}

impl Gateway {
    /// Answers every call with what `answer` makes of it.
    pub(crate) fn start(answer: impl Fn(&Seen) -> Reply + Send + Sync + 'static) -> Self {
        Self::reading(read, answer)
    }

    /// The same, without waiting for a body.
    pub(crate) fn at_the_head(answer: impl Fn(&Seen) -> Reply + Send + Sync + 'static) -> Self {
        Self::reading(read_head, answer)
    }

    fn reading(
        read: fn(&mut TcpStream) -> Option<Seen>,
        answer: impl Fn(&Seen) -> Reply + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let gateway = Self {
            port: listener.local_addr().unwrap().port(),
            seen: Arc::default(),
            connections: Arc::default(),
        };
        let (answer, seen) = (Arc::new(answer), Arc::clone(&gateway.seen));
        let connections = Arc::clone(&gateway.connections);
        thread::spawn(move || {
            for stream in listener.incoming() {
                connections.fetch_add(1, Ordering::SeqCst);
                let (answer, seen) = (Arc::clone(&answer), Arc::clone(&seen));
                thread::spawn(move || serve(stream.unwrap(), read, &seen, &*answer));
            }
        });
        gateway
    }

    pub(crate) fn always(reply: Reply) -> Self {
        Self::start(move |_| reply.clone())
    }

    pub(crate) fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    pub(crate) fn calls(&self) -> usize {
        self.seen.lock().unwrap().len()
    }

    /// The connections, with or without a whole call on them.
    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    /// Waits until this many calls have come.
    pub(crate) fn wait_for_calls(&self, count: usize) {
        let begun = Instant::now();
        while self.calls() < count {
            assert!(
                begun.elapsed() < Duration::from_secs(20),
                "{} of {count} calls came",
                self.calls()
            );
            thread::sleep(Duration::from_millis(5));
        }
    }
}

/// A loopback port where nobody listens.
pub(crate) fn closed_port() -> u16 {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port()
}

fn serve(
    mut stream: TcpStream,
    read: fn(&mut TcpStream) -> Option<Seen>,
    seen: &Mutex<Vec<Seen>>,
    answer: &dyn Fn(&Seen) -> Reply,
) {
    let Some(call) = read(&mut stream) else {
        return;
    };
    seen.lock().unwrap().push(call.clone());
    let reply = answer(&call);
    let is_reset = matches!(reply, Reply::ThenReset(_));
    give(&mut stream, reply);
    if !is_reset {
        let _ = stream.shutdown(Shutdown::Both);
    }
}

fn give(stream: &mut TcpStream, reply: Reply) {
    match reply {
        Reply::Json(status, text) => {
            let head = format!(
                "HTTP/1.1 {status} Status\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
                text.len()
            );
            let _ = stream.write_all(&[head.as_bytes(), text.as_bytes()].concat());
        }
        Reply::Raw(bytes) => drop(stream.write_all(&bytes)),
        Reply::Flood(head, length) => {
            let filling = vec![b' '; 65_536];
            let mut sent = stream.write_all(head.as_bytes());
            for _ in 0..length / filling.len() {
                sent = sent.and_then(|()| stream.write_all(&filling));
            }
        }
        Reply::Cut => {}
        Reply::After(wait, reply) => {
            thread::sleep(wait);
            give(stream, *reply);
        }
        Reply::ThenWait(reply, wait) => {
            give(stream, *reply);
            thread::sleep(wait);
        }
        Reply::ThenReset(reply) => {
            give(stream, *reply);
            // The client must read what was sent before the reset can overtake it.
            thread::sleep(Duration::from_millis(100));
            socket2::SockRef::from(&*stream).set_linger(Some(Duration::ZERO)).unwrap();
        }
    }
}

/// One call with its whole body; `None` if the connection ends first.
fn read(stream: &mut TcpStream) -> Option<Seen> {
    let mut call = read_head(stream)?;
    if let Some(length) =
        call.header("content-length").map(|length| length.parse::<usize>().unwrap())
    {
        while call.body.len() < length {
            more(stream, &mut call.body)?;
        }
    } else if call.header("transfer-encoding").is_some() {
        while !call.body.ends_with(b"0\r\n\r\n") {
            more(stream, &mut call.body)?;
        }
    }
    Some(call)
}

/// One call with the part of its body that came along with its head.
fn read_head(stream: &mut TcpStream) -> Option<Seen> {
    let mut bytes = Vec::new();
    let head = loop {
        more(stream, &mut bytes)?;
        if let Some(end) = bytes.windows(4).position(|window| window == b"\r\n\r\n") {
            break end;
        }
    };
    let text = String::from_utf8(bytes[..head].to_vec()).ok()?;
    let (line, headers) = text.split_once("\r\n")?;
    let headers = headers.split("\r\n").filter_map(|header| header.split_once(": "));
    let headers =
        headers.map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned())).collect();
    Some(Seen { line: line.to_owned(), headers, body: bytes.split_off(head + 4) })
}

fn more(stream: &mut TcpStream, bytes: &mut Vec<u8>) -> Option<()> {
    let mut chunk = [0; 65_536];
    let length = stream.read(&mut chunk).ok().filter(|&length| length > 0)?;
    bytes.extend_from_slice(&chunk[..length]);
    Some(())
}
