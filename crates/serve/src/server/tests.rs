use std::io::{Read, Write};

use clap::Parser;
use tokio::io::AsyncWriteExt;

use super::*;
use crate::journal::tests::SlowDisk;

#[derive(Debug, Parser)]
struct Line {
    #[command(flatten)]
    options: Options,
}

/// A companion with these options that does not serve yet.
async fn companion(folder: &tempfile::TempDir, more: &[&str]) -> Companion {
    let journal = folder.path().join("journal");
    let line = ["serve", "--quiet", "--port=0", "--journal"].into_iter();
    let line = line.chain(journal.to_str()).chain(more.iter().copied());
    let options = Line::parse_from(line).options;
    Companion::bind(&options).await.unwrap()
}

#[tokio::test]
async fn a_name_that_no_route_bills_under_is_warned_of_in_both_languages() {
    let folder = tempfile::tempdir().unwrap();
    let book = folder.path().join("book.json");
    std::fs::write(&book, r#"{"currency":"USD","prices":{"seedance2.0-mini-720":"1"}}"#).unwrap();
    let companion = companion(&folder, &["--prices", book.to_str().unwrap()]).await;
    let Words { en, zh } = &companion.warnings[0];
    let start = "price book: unknown billing name `seedance2.0-mini-720`; did you mean ";
    assert!(en.starts_with(start), "{en}");
    let start = "价格表：没有线路使用计费模型名 `seedance2.0-mini-720`，是否想写 ";
    assert!(zh.starts_with(start), "{zh}");
}

/// The clock is paused: it advances whenever all tasks are idle.
#[tokio::test(start_paused = true)]
async fn a_client_that_takes_nothing_of_its_answers_is_hung_up_on() {
    let folder = tempfile::tempdir().unwrap();
    let companion = companion(&folder, &[]).await;
    let (port, looks) = (companion.port(), companion.app.folder.path(pages::FRONT));
    tokio::spawn(companion.serve(std::future::pending()));
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.unwrap();
    let ask = format!("GET {looks}css/tokens.css HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n");
    // Fills the buffers of both sides, then waits for the companion to hang up.
    let asking = async { while stream.write_all(ask.as_bytes()).await.is_ok() {} };
    assert!(timeout(2 * WRITE_TIME, asking).await.is_ok());
}

/// The status of the answer to a script's request.
fn ask(port: u16, line: &str, body: &str) -> u16 {
    let mut stream = std::net::TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap();
    let length = body.len();
    let request = format!(
        "{line} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAuthorization: Bearer sk_script\r\nConnection: close\r\n\
         Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
    );
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let status = answer.split(' ').nth(1).unwrap();
    status.parse().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slow_disk_stalls_only_who_waits_for_it() {
    const CREATE: &str = "POST /api/open-api/v1/seedance/videos";
    let gateway = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let origin = format!("http://{}", gateway.local_addr().unwrap());
    let (called, calls) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        for stream in gateway.incoming() {
            let (mut stream, mut call) = (stream.unwrap(), [0; 4096]);
            let length = stream.read(&mut call).unwrap();
            let call = String::from_utf8_lossy(&call[..length]);
            called.send(call.starts_with(CREATE)).unwrap();
            let answer = r#"{"code":20000,"data":{"task_id":"vid_1","status":"queued"}}"#;
            let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", answer.len());
            stream.write_all((head + answer).as_bytes()).unwrap();
        }
    });
    let folder = tempfile::tempdir().unwrap();
    let mut companion = companion(&folder, &["--api-origin", &origin]).await;
    let (journal, disk) = SlowDisk::with_journal();
    let app = Arc::get_mut(&mut companion.app).unwrap();
    app.journal = journal;
    let port = companion.port();
    tokio::spawn(companion.serve(std::future::pending()));
    let create = move |duration: u8| {
        let body =
            format!(r#"{{"model":"seedance2.0-mini","prompt":"rain","duration":{duration}}}"#);
        ask(port, CREATE, &body)
    };
    // More than the runtime has threads.
    let creates: Vec<_> =
        (4..10).map(|duration| std::thread::spawn(move || create(duration))).collect();
    let task = || ask(port, "GET /api/open-api/v1/videos/vid_1", "");
    for _ in 0..20 {
        assert_eq!((task(), create(99)), (200, 422));
    }
    let only_queries = calls.try_iter().all(|is_create| !is_create);
    assert!(only_queries && creates.iter().all(|create| !create.is_finished()));
    // Each create writes two lines: its beginning and its end.
    (0..2 * creates.len()).for_each(|_| disk.take());
    for create in creates {
        assert_eq!(create.join().unwrap(), 200);
    }
}
