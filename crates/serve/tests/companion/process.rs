//! The companion as a process: how it starts, how it ends, and what a kill leaves behind.

use std::io::Write;
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

use clap::Parser;
use seedance_serve::Companion;

use crate::support::desk::{Line, text};
use crate::support::running::{KEY_VARIABLE, Running, command, folder, refusal_to_start};
use crate::support::{ATTEMPT, Ask, CANARY, CREATED, DRAFT, Gateway, Heard, Reply};

const TASK: &str = "/api/open-api/v1/videos/vid_1";

#[test]
fn a_kill_in_the_middle_of_a_create_leaves_it_unknown_and_unrepeated() {
    let (_folder, journal) = folder();
    let gateway = Gateway::always(Reply::json(CREATED).after(1_000));
    let running = Running::start(&gateway, &journal, Some(CANARY));
    let _waiting = running.create(DRAFT).start();
    gateway.wait_for_calls(1);
    running.end_by("-KILL");
    let running = Running::start(&gateway, &journal, Some(CANARY));
    let told = running.get(&format!("/api/companion/attempts/{ATTEMPT}")).json();
    assert_eq!(
        (&told["state"], &told["answer"]["error"]["kind"]),
        (&"failed".into(), &"lost_answer".into())
    );
    let again = running.create(DRAFT).send();
    assert_eq!(again.charged_refusal(), (409, "lost_answer".to_owned(), "possible".to_owned()));
    running.end_by("-INT");
    assert_eq!(gateway.calls(), 1);
}

#[test]
fn a_cookie_from_before_a_restart_opens_nothing() {
    let (_folder, journal) = folder();
    let gateway = Gateway::always(Reply::json(CREATED));
    let first = Running::start(&gateway, &journal, Some(CANARY));
    let (pass, port) = (first.pass.clone(), first.port.to_string());
    first.end_by("-KILL");
    let line = ["--port", &port, "--api-origin", &gateway.origin(), "--journal", text(&journal)];
    let second = Running::of(command(&line, Some(CANARY)));
    let heard = pass.on(Ask::get(second.port, "/api/companion")).send();
    assert_eq!(heard.refusal(), (401, "no_session".to_owned()));
    second.end_by("-INT");
}

#[test]
fn stopping_waits_for_a_create_and_a_second_signal_does_not() {
    let (_folder, journal) = folder();
    // Longer than a stopping companion waits for connections.
    let gateway = Gateway::always(Reply::json(CREATED).after(6_500));
    let running = Running::start(&gateway, &journal, Some(CANARY));
    let mut waiting = running.create(DRAFT).start();
    gateway.wait_for_calls(1);
    // One press of Ctrl-C that a wrapper passes on as well.
    running.signal("-INT");
    running.signal("-INT");
    assert_eq!(Heard::read(&mut waiting).text(), CREATED);
    assert_eq!(running.end().0, Some(0));
    let slow = Gateway::always(Reply::json(CREATED).after(60_000));
    let running = Running::start(&slow, &journal.with_extension("2"), Some(CANARY));
    let _waiting = running.create(DRAFT).start();
    slow.wait_for_calls(1);
    let begun = Instant::now();
    running.signal("-INT");
    thread::sleep(Duration::from_millis(600));
    assert_eq!(running.end_by("-INT").0, Some(130));
    assert!(begun.elapsed() < Duration::from_secs(10));
}

/// A create with only part of its body; [`send_the_rest`] completes it.
fn half_a_create(running: &Running, attempt: &str) -> TcpStream {
    let begin = format!("{:x}\r\n{}", DRAFT.len(), &DRAFT[..9]);
    running
        .create(&begin)
        .set("Seedance-Attempt", attempt)
        .header("Transfer-Encoding", "chunked")
        .start()
}

fn send_the_rest(stream: &mut TcpStream) {
    write!(stream, "{}\r\n0\r\n\r\n", &DRAFT[9..]).unwrap();
}

#[test]
fn a_create_whose_body_is_late_is_waited_for_or_refused_and_never_cut_off() {
    let (_folder, journal) = folder();
    let gateway = Gateway::always(Reply::json(CREATED).after(6_000));
    let running = Running::start(&gateway, &journal, Some(CANARY));
    let mut late = half_a_create(&running, ATTEMPT);
    let mut too_late = half_a_create(&running, "1f8fad5b-d9cb-469f-a165-70867728950e");
    // The companion must have read both heads before it is told to stop.
    thread::sleep(Duration::from_millis(300));
    running.signal("-TERM");
    thread::sleep(Duration::from_secs(3));
    send_the_rest(&mut late);
    thread::sleep(Duration::from_secs(3));
    send_the_rest(&mut too_late);
    assert_eq!(
        Heard::read(&mut too_late).charged_refusal(),
        (503, "stopping".to_owned(), "none".to_owned())
    );
    assert_eq!(Heard::read(&mut late).text(), CREATED);
    assert_eq!(running.end().0, Some(0));
    assert_eq!(gateway.calls(), 1);
    let journal = std::fs::read_to_string(journal).unwrap();
    assert_eq!(journal.lines().count(), 2, "begun and ended: {journal}");
}

#[test]
fn without_a_key_the_form_works_and_sending_says_why_not() {
    let (_folder, journal) = folder();
    let gateway = Gateway::always(Reply::json(CREATED));
    let running = Running::start(&gateway, &journal, None);
    assert_eq!(running.get("/api/companion").json()["has_key"], false);
    assert_eq!(running.create(DRAFT).send().refusal(), (503, "no_key".to_owned()));
    assert_eq!(running.get(TASK).refusal(), (503, "no_key".to_owned()));
    let (_, printed) = running.end_by("-INT");
    assert!(printed.contains("no API key"), "{printed}");
    assert_eq!(gateway.calls(), 0);
}

/// A file size limit stands in for a full disk: nothing can be added to a file.
#[cfg(unix)]
#[test]
fn a_full_disk_sends_nothing() {
    let (_folder, journal) = folder();
    let gateway = Gateway::always(Reply::json(CREATED));
    let command = crate::support::running::by_shell(
        "ulimit -f 0; exec \"$0\" \"$@\"",
        &["--port=0", "--api-origin", &gateway.origin(), "--journal", text(&journal)],
        Some(CANARY),
    );
    let running = Running::of(command);
    for _ in 0..2 {
        assert_eq!(
            running.create(DRAFT).send().charged_refusal(),
            (507, "journal_failed".to_owned(), "none".to_owned())
        );
    }
    running.end_by("-INT");
    assert_eq!(gateway.calls(), 0);
}

#[test]
fn what_stands_in_the_way_of_starting_is_one_clear_line() {
    let (folder, journal) = folder();
    let gateway = Gateway::always(Reply::json(CREATED));
    let running = Running::start(&gateway, &journal, Some(CANARY));
    let port = running.port.to_string();
    let other = folder.path().join("other");
    let said = refusal_to_start(&["--port", &port, "--journal", text(&other)], None);
    assert_eq!(
        said,
        format!(
            "error: port {port} is taken: stop the program that uses it, or choose another with --port\n"
        )
    );
    let said = refusal_to_start(&["--port=0", "--journal", text(&journal)], None);
    assert!(said.contains("another companion") && said.contains("--journal"), "{said}");
    running.end_by("-INT");
    let said = refusal_to_start(&["--port=0", "--journal", text(&other)], Some("two words"));
    assert!(said.contains(KEY_VARIABLE) && !said.contains("two words"), "{said}");
    let said = refusal_to_start(&["--port=0", "--journal", text(folder.path())], None);
    assert!(said.contains("--journal"), "{said}");
    let said = refusal_to_start(
        &["--port=0", "--journal", text(&other), "--prices", "no-such-book.json"],
        None,
    );
    assert!(said.contains("no-such-book.json"), "{said}");
    let book = folder.path().join("book.json");
    std::fs::write(&book, r#"{ "currency": "USD", "prices": { "seedance2.0-md": "-1" } }"#)
        .unwrap();
    let said =
        refusal_to_start(&["--port=0", "--journal", text(&other), "--prices", text(&book)], None);
    assert!(said.contains("book.json") && said.contains("seedance2.0-md"), "{said}");
    let said =
        refusal_to_start(&["--port=0", "--journal", text(&other), "--ca-file", text(&book)], None);
    assert_eq!(
        said,
        format!(
            "error: {} does not contain valid certificates; --ca-file needs a PEM file of certificate authorities\n",
            book.display()
        )
    );
    let line = ["--port=0", "--journal", text(&other), "--ca-file", "no-such.pem"];
    let said = refusal_to_start(&line, None);
    assert!(said.starts_with("error: cannot read no-such.pem: "), "{said}");
}

/// The command line refuses this, but a program that uses this crate may do it.
#[tokio::test]
async fn a_limit_without_prices_is_refused_and_not_dropped() {
    let (_folder, journal) = folder();
    let mut options = Line::parse_from(["serve", "--port=0", "--journal", text(&journal)]).options;
    options.max_cost = Some("1".parse().unwrap());
    let error = Companion::bind(&options).await.unwrap_err();
    assert!(error.to_string().contains("--max-cost needs a price book"), "{error}");
}

#[cfg(unix)]
#[test]
fn a_key_file_that_others_can_read_is_refused() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, journal) = folder();
    let key = folder.path().join("key");
    std::fs::write(&key, CANARY).unwrap();
    for mode in [0o644, 0o640, 0o604, 0o620] {
        std::fs::set_permissions(&key, std::fs::Permissions::from_mode(mode)).unwrap();
        let said = refusal_to_start(
            &["--port=0", "--journal", text(&journal), "--key-file", text(&key)],
            None,
        );
        assert!(
            said.contains("chmod 600")
                && said.contains(&format!("{mode:o}"))
                && !said.contains("CANARY"),
            "{said}"
        );
    }
    let said = refusal_to_start(
        &["--port=0", "--journal", text(&journal), "--key-file", text(folder.path())],
        None,
    );
    assert!(said.contains("not a regular file"), "{said}");
    let pipe = folder.path().join("pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());
    let line = ["--port=0", "--journal", text(&journal), "--key-file"];
    let said = refusal_to_start(&[&line[..], &[text(&pipe)]].concat(), None);
    assert!(said.contains("not a regular file"), "{said}");
}

#[test]
fn options_that_could_harm_do_not_exist() {
    for line in [
        &["serve", "--api-origin", "http://www.jimmyai.cn"][..],
        &["serve", "--api-origin", "https://www.jimmyai.cn/v2"],
        &["serve", "--max-cost", "1"],
        &["serve", "--prices", "b", "--max-cost", "-1"],
        &["serve", "--allow-unknown"],
        &["serve", "--key", "sk_1"],
        &["serve", "--host", "0.0.0.0"],
        &["serve", "--bind", "0.0.0.0"],
        &["serve", "--cors", "*"],
        &["serve", "--answer-time", "0"],
    ] {
        assert!(Line::try_parse_from(line).is_err(), "{line:?}");
    }
}
