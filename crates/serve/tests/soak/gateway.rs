//! A fake API: makes tasks, counts them, and spoils its answers as the prompt of a request says.

use std::collections::HashMap;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::Outcome;

/// The faults of the first call for a request; its prompt ends with the name of one.
pub const FAULTS: [(&str, Fault); 15] = [
    (UNHARMED, Fault::None),
    ("slow", Fault::Slow),
    ("trickle", Fault::Trickle),
    ("cut", Fault::Cut),
    ("half", Fault::Half),
    (SLOWEST, Fault::Late),
    ("open", Fault::LeftOpen),
    ("chunks", Fault::ChunksWithoutEnd),
    ("mark", Fault::ByteOrderMark),
    ("moved", Fault::Redirect),
    ("broken", Fault::MadeAndFailed),
    ("page", Fault::Page),
    ("head", Fault::BadHead),
    ("busy", Fault::Busy),
    ("refused", Fault::RefusedAtOnce),
];

/// No fault at all.
pub const UNHARMED: &str = "none";
/// The fault whose answer takes seconds.
pub const SLOWEST: &str = "late";

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    None,
    Slow,
    Trickle,
    Cut,
    Half,
    Late,
    LeftOpen,
    ChunksWithoutEnd,
    ByteOrderMark,
    Redirect,
    MadeAndFailed,
    Page,
    BadHead,
    Busy,
    RefusedAtOnce,
}

/// A task that was made.
#[derive(Clone)]
pub struct Made {
    pub wish: String,
    pub id: String,
    pub called: Instant,
    /// When it was completely written, if the answer names the task.
    pub answered: Option<Instant>,
}

#[derive(Default)]
struct State {
    made: Vec<Made>,
    calls_for: HashMap<String, usize>,
}

pub struct Gateway {
    port: u16,
    state: Arc<Mutex<State>>,
    calls: Arc<AtomicUsize>,
}

impl Gateway {
    pub fn start() -> Outcome<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let gateway = Self {
            port: listener.local_addr()?.port(),
            state: Arc::default(),
            calls: Arc::default(),
        };
        let (state, calls) = (Arc::clone(&gateway.state), Arc::clone(&gateway.calls));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (state, calls) = (Arc::clone(&state), Arc::clone(&calls));
                // A call that breaks off is the companion's business.
                thread::spawn(move || serve(stream, &state, &calls));
            }
        });
        Ok(gateway)
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    pub fn calls(&self) -> usize {
        self.calls.load(Ordering::Relaxed)
    }

    pub fn made(&self) -> Vec<Made> {
        lock(&self.state).made.clone()
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

fn serve(mut stream: TcpStream, state: &Mutex<State>, calls: &AtomicUsize) -> Option<()> {
    let called = Instant::now();
    let body = read(&mut stream)?;
    calls.fetch_add(1, Ordering::Relaxed);
    let wish = body.get("prompt")?.as_str()?.to_owned();
    let named = wish.rsplit(' ').next()?;
    let planned = FAULTS.iter().find(|(name, _)| *name == named)?.1;
    let (fault, made) = {
        let mut state = lock(state);
        let count = state.calls_for.entry(wish.clone()).or_default();
        *count += 1;
        let fault = if *count == 1 { planned } else { Fault::None };
        let is_made = !matches!(fault, Fault::Busy | Fault::RefusedAtOnce);
        let at = state.made.len();
        let id = format!("task_{at}");
        if is_made {
            state.made.push(Made { wish, id: id.clone(), called, answered: None });
        }
        (fault, is_made.then_some((at, id)))
    };
    let id = made.as_ref().map_or("", |(_, id)| id);
    let is_answered = answer(&mut stream, fault, id).ok()?;
    if let (true, Some((at, _))) = (is_answered, made) {
        lock(state).made.get_mut(at)?.answered = Some(Instant::now());
    }
    let _ = stream.shutdown(Shutdown::Both);
    Some(())
}

/// Writes the answer; returns whether it contains the whole task ID.
fn answer(stream: &mut TcpStream, fault: Fault, id: &str) -> std::io::Result<bool> {
    let json = format!(
        "{{\"code\":20000,\"msg\":\"ok\",\"data\":{{\"task_id\":\"{id}\",\"status\":\"queued\"}}}}"
    );
    let with = |status: &str, headers: &str, body: &str| {
        format!(
            "HTTP/1.1 {status}\r\nContent-Type: application/json\r\n{headers}Content-Length: {}\r\n\r\n{body}",
            body.len()
        )
    };
    let whole = with("200 OK", "", &json);
    let pause = |millis| thread::sleep(Duration::from_millis(millis));
    let (text, names_it) = match fault {
        Fault::None => (whole, true),
        Fault::Slow => {
            pause(400);
            (whole, true)
        }
        Fault::Late => {
            pause(2_500);
            (whole, true)
        }
        Fault::Trickle => {
            for byte in whole.bytes() {
                stream.write_all(&[byte])?;
                pause(2);
            }
            (String::new(), true)
        }
        Fault::Cut => (String::new(), false),
        Fault::Half => {
            let (half, _) = whole.split_at(whole.len() - json.len() + 12);
            (half.to_owned(), false)
        }
        Fault::LeftOpen => {
            stream.write_all(format!("HTTP/1.1 200 OK\r\n\r\n{json}").as_bytes())?;
            pause(3_000);
            (String::new(), true)
        }
        Fault::ChunksWithoutEnd => {
            let length = json.len();
            let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked";
            (format!("{head}\r\n\r\n{length:x}\r\n{json}\r\n"), true)
        }
        Fault::ByteOrderMark => (with("200 OK", "", &format!("\u{feff}{json}")), true),
        Fault::Redirect => (with("301 Moved", "Location: /x\r\n", &json), true),
        Fault::MadeAndFailed => (with("500 Fault", "", "{\"code\":-1}"), false),
        Fault::Page => (with("502 Bad Gateway", "", "<h1>bad gateway</h1>"), false),
        Fault::BadHead => (with("200 OK", "X-A: 1\r\n 2\r\nnonsense\r\n", &json), true),
        Fault::Busy => (with("429 Busy", "Retry-After: 1\r\n", "{\"code\":20002}"), false),
        Fault::RefusedAtOnce => (with("401 Unauthorized", "", "{\"code\":20001}"), false),
    };
    stream.write_all(text.as_bytes())?;
    Ok(names_it)
}

/// The body of one call.
fn read(stream: &mut TcpStream) -> Option<Value> {
    stream.set_read_timeout(Some(Duration::from_secs(20))).ok()?;
    let mut bytes = Vec::new();
    let mut chunk = [0; 16_384];
    loop {
        let length = stream.read(&mut chunk).ok().filter(|&length| length > 0)?;
        bytes.extend_from_slice(chunk.get(..length)?);
        if let Some(head) = bytes.windows(4).position(|window| window == b"\r\n\r\n")
            && let Ok(body) = serde_json::from_slice(bytes.get(head + 4..)?)
        {
            return Some(body);
        }
    }
}
