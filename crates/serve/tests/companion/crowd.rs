//! Many clients at once, some of them hostile: nobody is locked out, and memory stays bounded.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use socket2::{Domain, Socket, Type};

use crate::support::desk::folder_of;
use crate::support::running::{Running, folder};
use crate::support::{ATTEMPT, Ask, CANARY, CREATE, CREATED, DRAFT, Gateway, Reply};

/// As many as the companion serves.
const SEATS: usize = 256;
/// The limit that README and docs/security.md promise.
const MOST_MEMORY: u64 = 512 * 1024 * 1024;

/// Far less than any time-out, yet enough on a busy machine.
const PATIENCE: Duration = Duration::from_secs(10);

fn running(gateway: &Gateway) -> (tempfile::TempDir, Running) {
    let (folder, journal) = folder();
    let running = Running::start(gateway, &journal, Some(CANARY));
    (folder, running)
}

fn is_served_soon(running: &Running) {
    let begun = Instant::now();
    assert_eq!(running.get("/api/companion").status, 200);
    assert!(begun.elapsed() < PATIENCE, "{:?}", begun.elapsed());
}

#[test]
fn idle_connections_give_way() {
    let gateway = Gateway::always(Reply::json(CREATED));
    let (_folder, running) = running(&gateway);
    let ask = format!("GET /nothing HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", running.port);
    let idle: Vec<_> = (0..SEATS + 10)
        .map(|_| {
            let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, running.port)).unwrap();
            stream.write_all(ask.as_bytes()).unwrap();
            assert!(stream.read(&mut [0; 4096]).unwrap() > 0);
            stream
        })
        .collect();
    is_served_soon(&running);
    assert_eq!(running.create(DRAFT).send().text(), CREATED);
    drop(idle);
}

/// Clients without a token, and with made-up ones, that never read their answers.
#[test]
fn answers_that_nobody_reads_lock_nobody_out() {
    let long = format!("{{\"a\":\"{}\"}}", "x".repeat(100_000));
    let gateway = Gateway::always(Reply::json(&long));
    let (_folder, running) = running(&gateway);
    let looks = format!("{}/css/tokens.css", folder_of(&running.link));
    let host = format!("Host: 127.0.0.1:{}", running.port);
    let unread: Vec<_> = (0..SEATS + 40)
        .map(|index| {
            // A small window, which is soon full.
            let socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
            socket.set_recv_buffer_size(4096).unwrap();
            let address = std::net::SocketAddr::from((Ipv4Addr::LOCALHOST, running.port));
            socket.connect(&address.into()).unwrap();
            let mut stream = TcpStream::from(socket);
            stream.set_write_timeout(Some(Duration::from_millis(100))).unwrap();
            let ask = match index % 2 {
                0 => format!("GET {looks} HTTP/1.1\r\n{host}\r\n\r\n"),
                _ => format!(
                    "GET /api/open-api/v1/videos/v HTTP/1.1\r\n{host}\r\nAuthorization: Bearer t{index}\r\n\r\n"
                ),
            };
            // As much as the companion takes; the rest is not needed.
            let _ = stream.write_all(ask.repeat(40).as_bytes());
            stream
        })
        .collect();
    for _ in 0..5 {
        is_served_soon(&running);
        thread::sleep(Duration::from_millis(200));
    }
    drop(unread);
}

fn peak_memory(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    peak.trim().trim_end_matches(" kB").parse::<u64>().unwrap() * 1024
}

/// Bodies with as many mistakes as fit, from clients with made-up tokens.
#[test]
fn bodies_made_to_be_hard_take_neither_the_memory_nor_the_page_s_turn() {
    let gateway = Gateway::always(Reply::json(CREATED).after(2_000));
    let (_folder, running) = running(&gateway);
    let list = |length: usize| {
        let head = r#"{"model":"seedance2.0-md","prompt":"x","duration":5,"images":[""#;
        let items = "1,".repeat((length - head.len()) / 2);
        format!("{}{}1]}}", head.trim_end_matches('"'), items.get(..items.len() - 8).unwrap())
    };
    let post = |index: usize, body: &str| {
        Ask::post(running.port, CREATE, body).header("Authorization", &format!("Bearer t{index}"))
    };
    assert_eq!(post(0, &list(2_100_000)).send().refusal(), (413, "body_too_large".to_owned()));
    let hard = list(128 * 1024);
    let heard = post(0, &hard).send();
    assert_eq!(heard.status, 422);
    assert!(heard.body.len() < 1024 * 1024, "{} B", heard.body.len());
    let waiting: Vec<_> = (0..60).map(|index| post(index, &hard).start()).collect();
    for count in 1..=3 {
        let attempt = format!("{count}{}", &ATTEMPT[1..]);
        let begun = Instant::now();
        let heard = running.create(DRAFT).set("Seedance-Attempt", &attempt).send();
        assert_eq!(heard.text(), CREATED);
        assert!(begun.elapsed() < PATIENCE, "{:?}", begun.elapsed());
        is_served_soon(&running);
    }
    drop(waiting);
    let peak = peak_memory(running.id());
    assert!(peak < MOST_MEMORY, "{} MiB", peak / 1024 / 1024);
}
