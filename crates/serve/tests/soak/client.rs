//! Scripts as they are: they retry after anything that looks like a fault, hang up, read slowly and ask twice at once.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, Shutdown, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use fastrand::Rng;
use serde_json::{Value, json};

use super::gateway::{FAULTS, SLOWEST, UNHARMED};

const PATH: &str = "/api/open-api/v1/seedance/videos";
/// The most tries for one request; real scripts make fewer.
const MOST_TRIES: u8 = 6;
/// Longer than the companion takes to report a silent gateway.
const PATIENCE: Duration = Duration::from_secs(10);

/// One script, which makes one request after the other.
pub struct Client {
    number: u64,
    port: u16,
    rng: Rng,
    told: Told,
}

/// What scripts meant to be made, and what they were told.
#[derive(Default)]
pub struct Told {
    /// How many tasks each request may make: one, and one more for each confirmation.
    pub meant: BTreeMap<String, usize>,
    /// The tasks that scripts were told, each with its request.
    pub tasks: Vec<(String, String)>,
    pub repeats: usize,
}

impl Told {
    pub fn together(all: impl IntoIterator<Item = Self>) -> Self {
        all.into_iter().fold(Self::default(), |mut sum, told| {
            sum.meant.extend(told.meant);
            sum.tasks.extend(told.tasks);
            sum.repeats += told.repeats;
            sum
        })
    }
}

/// How one request is made.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Manner {
    Plain,
    /// With an attempt ID, the same at each try.
    Named,
    /// Hangs up, then tries again.
    Hasty,
    /// With an attempt ID, twice at the same time.
    Twin,
    /// Reads a few bytes at a time.
    SlowReader,
    /// Sends only a part of the body at first, then all of it.
    HalfSender,
}

const MANNERS: [Manner; 6] = [
    Manner::Plain,
    Manner::Named,
    Manner::Hasty,
    Manner::Twin,
    Manner::SlowReader,
    Manner::HalfSender,
];

struct Heard {
    status: u16,
    json: Value,
}

impl Heard {
    /// The text at this place of the answer.
    fn at(&self, pointer: &str) -> Option<&str> {
        self.json.pointer(pointer)?.as_str()
    }
}

impl Client {
    pub fn new(number: u64, seed: u64, port: u16) -> Self {
        let rng = Rng::with_seed(seed.wrapping_add(number + 1));
        Self { number, port, rng, told: Told::default() }
    }

    pub fn work(mut self, is_over: &AtomicBool) -> Told {
        let mut count = 0;
        while !is_over.load(Ordering::Relaxed) {
            // More than half of the requests meet no fault.
            let spoiled = self.rng.bool().then(|| self.rng.choice(FAULTS)).flatten();
            let fault = spoiled.map_or(UNHARMED, |(name, _)| name);
            let wish = format!("request {}-{count} {fault}", self.number);
            self.make(&wish);
            count += 1;
            thread::sleep(Duration::from_millis(self.rng.u64(0..40)));
        }
        self.told
    }

    fn make(&mut self, wish: &str) {
        self.told.meant.insert(wish.to_owned(), 1);
        let body =
            json!({ "model": "seedance2.0-mini", "prompt": wish, "duration": 5 }).to_string();
        let manner = self.rng.choice(MANNERS).unwrap_or(Manner::Plain);
        let is_named = matches!(manner, Manner::Named | Manner::Twin);
        let mut id = is_named.then(|| self.uuid());
        match manner {
            Manner::Hasty => {
                let stream = self.send(&body, None);
                // Not after an answer may have come: nobody can know then whether it was told.
                if wish.ends_with(SLOWEST) {
                    thread::sleep(Duration::from_millis(self.rng.u64(0..300)));
                }
                drop(stream);
            }
            Manner::HalfSender => drop(self.send_part(&body)),
            Manner::Twin => {
                let twin = self.send(&body, id.as_deref());
                self.try_until_told(wish, &body, &mut id, false);
                if let Some(heard) = twin.and_then(|stream| hear(stream, false)) {
                    self.note(wish, &heard);
                }
                return;
            }
            Manner::Plain | Manner::Named | Manner::SlowReader => {}
        }
        self.try_until_told(wish, &body, &mut id, manner == Manner::SlowReader);
    }

    /// Retries after every fault, in the worst of manners: at once, and whatever the status was.
    fn try_until_told(&mut self, wish: &str, body: &str, id: &mut Option<String>, is_slow: bool) {
        for _ in 0..MOST_TRIES {
            let heard = self.send(body, id.as_deref()).and_then(|stream| hear(stream, is_slow));
            let Some(heard) = heard else {
                // The companion was killed, or is just starting.
                thread::sleep(Duration::from_millis(self.rng.u64(50..400)));
                continue;
            };
            if self.note(wish, &heard) {
                return;
            }
            if heard.at("/error/kind") == Some("possible_repeat") {
                self.told.repeats += 1;
                if self.rng.bool() {
                    return;
                }
                // Stands for a person who looked at the console and confirms.
                *self.told.meant.entry(wish.to_owned()).or_default() += 1;
                *id = Some(self.uuid());
            }
            thread::sleep(Duration::from_millis(self.rng.u64(0..100)));
        }
    }

    /// Notes the task that was told, if any; returns whether there was one.
    fn note(&mut self, wish: &str, heard: &Heard) -> bool {
        let task = heard.at("/data/task_id");
        if let Some(task) = task.filter(|_| heard.status == 200) {
            self.told.tasks.push((wish.to_owned(), task.to_owned()));
            return true;
        }
        false
    }

    fn send(&self, body: &str, id: Option<&str>) -> Option<TcpStream> {
        let id = id.map_or_else(String::new, |id| format!("Seedance-Attempt: {id}\r\n"));
        self.write(&self.head(body, &id), body)
    }

    fn send_part(&self, body: &str) -> Option<TcpStream> {
        let (part, _) = body.split_at(body.len() / 2);
        self.write(&self.head(body, ""), part)
    }

    fn head(&self, body: &str, more: &str) -> String {
        format!(
            "POST {PATH} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\nAuthorization: Bearer sk_soak_{}\r\n\
             Content-Type: application/json\r\nContent-Length: {}\r\n{more}\r\n",
            self.port,
            self.number,
            body.len()
        )
    }

    fn write(&self, head: &str, body: &str) -> Option<TcpStream> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).ok()?;
        stream.write_all(head.as_bytes()).ok()?;
        stream.write_all(body.as_bytes()).ok()?;
        Some(stream)
    }

    fn uuid(&mut self) -> String {
        let mut part = |bits: u32| self.rng.u64(..1 << bits);
        let (a, b, c, d, e) = (part(32), part(16), part(16), part(16), part(48));
        format!("{a:08x}-{b:04x}-{c:04x}-{d:04x}-{e:012x}")
    }
}

/// The answer, if it is whole.
fn hear(mut stream: TcpStream, is_slow: bool) -> Option<Heard> {
    stream.set_read_timeout(Some(PATIENCE)).ok()?;
    let mut bytes = Vec::new();
    if is_slow {
        while (&stream).take(64).read_to_end(&mut bytes).ok()? > 0 {
            thread::sleep(Duration::from_millis(20));
        }
    } else {
        stream.read_to_end(&mut bytes).ok()?;
    }
    let _ = stream.shutdown(Shutdown::Both);
    let text = String::from_utf8(bytes).ok()?;
    let (head, body) = text.split_once("\r\n\r\n")?;
    Some(Heard {
        status: head.split(' ').nth(1)?.parse().ok()?,
        json: serde_json::from_str(body).ok()?,
    })
}
