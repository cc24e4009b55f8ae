//! Answers that come late: after the companion slept, or after it gave up waiting.

use std::thread;
use std::time::{Duration, Instant};

use crate::support::desk::text;
use crate::support::running::{Running, command, folder};
use crate::support::{ATTEMPT, Ask, CANARY, CREATE, CREATED, DRAFT, Gateway, Heard, Reply};

fn start(gateway: &Gateway, journal: &std::path::Path) -> Running {
    let line = [
        "--port=0",
        "--answer-time=1",
        "--api-origin",
        &gateway.origin(),
        "--journal",
        text(journal),
    ];
    Running::of(command(&line, Some(CANARY)))
}

#[test]
fn an_answer_that_came_while_the_process_was_stopped_is_read() {
    let gateway = Gateway::always(Reply::json(CREATED).after(300));
    for _ in 0..3 {
        let (_folder, journal) = folder();
        let calls = gateway.calls();
        let running = start(&gateway, &journal);
        let mut waiting = running.create(DRAFT).start();
        gateway.wait_for_calls(calls + 1);
        running.signal("-STOP");
        thread::sleep(Duration::from_millis(2_000));
        running.signal("-CONT");
        let heard = Heard::read(&mut waiting);
        assert_eq!((heard.status, heard.text()), (200, CREATED));
        running.end_by("-INT");
    }
}

/// As on a machine that lets the process run only now and then: it is stopped even during its last look at the socket.
#[test]
fn an_answer_that_came_while_the_process_was_starved_is_read() {
    let gateway = Gateway::always(Reply::json(CREATED).after(300));
    for moment in [0, 20] {
        let (_folder, journal) = folder();
        let calls = gateway.calls();
        let running = start(&gateway, &journal);
        let mut waiting = running.create(DRAFT).start();
        gateway.wait_for_calls(calls + 1);
        for _ in 0..3 {
            running.signal("-STOP");
            thread::sleep(Duration::from_millis(1_200));
            running.signal("-CONT");
            thread::sleep(Duration::from_millis(moment));
        }
        let heard = Heard::read(&mut waiting);
        assert_eq!((heard.status, heard.text()), (200, CREATED), "{moment} ms");
        running.end_by("-INT");
    }
}

#[test]
fn an_answer_after_the_time_is_journalled_and_given_to_whoever_asks_again() {
    let (_folder, journal) = folder();
    let gateway = Gateway::always(Reply::json(CREATED).after(3_000));
    let running = start(&gateway, &journal);
    let create = || {
        Ask::post(running.port, CREATE, DRAFT).header("Authorization", "Bearer sk_of_the_script")
    };
    let lost = create().send();
    assert_eq!(lost.charged_refusal(), (409, "lost_answer".to_owned(), "possible".to_owned()));
    let begun = Instant::now();
    let again = loop {
        let again = create().send();
        if again.status == 200 {
            break again;
        }
        assert_eq!(again.refusal(), (409, "possible_repeat".to_owned()));
        assert!(begun.elapsed() < Duration::from_secs(20), "it comes");
        thread::sleep(Duration::from_millis(50));
    };
    assert_eq!((again.text(), again.header("seedance-replayed")), (CREATED, Some("true")));
    running.end_by("-KILL");
    // It is on disk as well.
    let running = start(&gateway, &journal);
    let attempt = lost.header("seedance-attempt").unwrap();
    let told = running.get(&format!("/api/companion/attempts/{attempt}")).json();
    assert_eq!(
        (&told["state"], &told["answer"]["data"]["task_id"]),
        (&"answered".into(), &"vid_1".into())
    );
    assert_ne!(attempt, ATTEMPT);
    running.end_by("-INT");
    assert_eq!(gateway.calls(), 1);
}

/// It does not decide what became of the task, but it may name it.
#[test]
fn an_error_after_the_time_is_journalled_too() {
    for (reply, state) in [
        (Reply::Json(500, r#"{"code":-1,"data":{"task_id":"vid_late"}}"#.to_owned()), "answered"),
        (Reply::raw("HTTP/1.1 504 X\r\nContent-Length: 15\r\n\r\n<p>vid_late</p>"), "failed"),
    ] {
        let (_folder, journal) = folder();
        let running = start(&Gateway::always(reply.after(2_500)), &journal);
        assert_eq!(running.create(DRAFT).send().refusal().1, "lost_answer");
        let begun = Instant::now();
        loop {
            let told = running.get(&format!("/api/companion/attempts/{ATTEMPT}"));
            if told.text().contains("vid_late") {
                assert_eq!(told.json()["state"], state);
                break;
            }
            assert!(begun.elapsed() < Duration::from_secs(20), "{}", told.text());
            thread::sleep(Duration::from_millis(50));
        }
        assert!(std::fs::read_to_string(&journal).unwrap().contains("vid_late"));
        assert_eq!(running.create(DRAFT).send().header("seedance-replayed"), Some("true"));
    }
}
