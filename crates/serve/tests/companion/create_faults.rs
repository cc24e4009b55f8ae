//! A create in foul weather: whatever breaks, a create is sent at most once, and what is unknown is called unknown.

use std::thread;
use std::time::Duration;

use crate::support::gateway::closed_port;
use crate::support::{ATTEMPT, CREATED, DRAFT, Desk, Gateway, Reply};

/// A create of [`DRAFT`] while the gateway does this, and its repeat, answered from the journal.
fn fate(reply: Reply) -> (u16, String, String) {
    let gateway = Gateway::always(reply);
    let desk = Desk::with(&gateway.origin(), &["--answer-time", "1"]);
    let fate = desk.create(ATTEMPT, DRAFT).send().charged_refusal();
    let again = desk.create(ATTEMPT, DRAFT).send();
    assert_eq!(again.header("seedance-replayed"), Some("true"));
    assert_eq!(again.charged_refusal(), fate);
    let told = desk.get(&format!("/api/companion/attempts/{ATTEMPT}")).send().json();
    assert_eq!(
        (&told["state"], &told["answer"]["error"]["kind"]),
        (&"failed".into(), &fate.1.as_str().into())
    );
    assert_eq!(gateway.calls(), 1, "never sent twice");
    fate
}

/// The create is refused for this reason, and may have been charged.
fn stays_open(reply: Reply, kind: &str) {
    assert_eq!(fate(reply.clone()), (409, kind.to_owned(), "possible".to_owned()), "{reply:?}");
}

#[test]
fn an_answer_that_never_comes_is_lost() {
    stays_open(Reply::Cut, "lost_answer");
    stays_open(Reply::json(CREATED).after(3_000), "lost_answer");
}

#[test]
fn an_answer_that_breaks_off_is_lost() {
    stays_open(Reply::raw("HTTP/1.1 200 OK\r\nContent-Le"), "lost_answer");
    stays_open(
        Reply::raw("HTTP/1.1 200 OK\r\nContent-Length: 70\r\n\r\n{\"code\":20000"),
        "lost_answer",
    );
    stays_open(
        Reply::raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"cod"),
        "lost_answer",
    );
    stays_open(Reply::raw("nonsense\r\n\r\n"), "lost_answer");
}

#[test]
fn an_answer_that_may_not_be_passed_on_leaves_the_charge_open() {
    stays_open(
        Reply::raw("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<h1>hello</h1>"),
        "upstream_not_json",
    );
    stays_open(
        Reply::raw("HTTP/1.1 502 Bad\r\nContent-Type: text/html\r\nContent-Length: 3\r\n\r\nbad"),
        "upstream_not_json",
    );
    stays_open(
        Reply::raw("HTTP/1.1 307 Go\r\nLocation: http://10.0.0.1/\r\nContent-Length: 0\r\n\r\n"),
        "upstream_redirect",
    );
    stays_open(
        Reply::Flood(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{".to_owned(),
            100_000_000,
        ),
        "upstream_too_large",
    );
}

/// A refusal by its status, but it speaks of a task that cannot be told for certain.
#[test]
fn a_refusal_that_speaks_of_a_task_leaves_the_charge_open() {
    let refused = |body: &str, length: usize| {
        Reply::raw(&format!("HTTP/1.1 400 Bad\r\nContent-Length: {length}\r\n\r\n{body}"))
    };
    let two = r#"{"data":{"task_id":"vid_1"},"x":{"task_id":"vid_2"}},"#;
    stays_open(refused(two, two.len()), "upstream_not_json");
    for cut in [r#"{"code":40003,"data":{"task_id":"vid_"#, r#"{"code":40003,"data":{"task_id":""#]
    {
        stays_open(refused(cut, 90), "lost_answer");
    }
}

#[test]
fn a_gateway_that_is_not_there_cannot_have_charged() {
    let desk = Desk::with(&format!("http://127.0.0.1:{}", closed_port()), &[]);
    let heard = desk.create(ATTEMPT, DRAFT).send();
    assert_eq!(
        heard.charged_refusal(),
        (502, "upstream_unreachable".to_owned(), "none".to_owned())
    );
    let cause = heard.json()["error"]["upstream"]["cause"].as_str().unwrap().to_owned();
    assert!(cause.contains("refused"), "{cause}");
}

#[test]
fn a_tab_that_closes_does_not_lose_the_answer() {
    let gateway = Gateway::always(Reply::json(CREATED).after(400));
    let desk = Desk::before(&gateway);
    let stream = desk.create(ATTEMPT, DRAFT).start();
    gateway.wait_for_calls(1);
    drop(stream);
    thread::sleep(Duration::from_millis(800));
    let told = desk.get(&format!("/api/companion/attempts/{ATTEMPT}")).send().json();
    assert_eq!(
        (&told["state"], &told["answer"]["data"]["task_id"]),
        (&"answered".into(), &"vid_1".into())
    );
    assert_eq!(gateway.calls(), 1);
}

#[test]
fn a_stopping_companion_waits_for_the_answer_and_remembers_it() {
    let gateway = Gateway::always(Reply::json(CREATED).after(700));
    let desk = Desk::before(&gateway);
    let stream = desk.create(ATTEMPT, DRAFT).start();
    gateway.wait_for_calls(1);
    drop(stream);
    let folder = desk.stop();
    let desk = Desk::in_folder(folder, &gateway.origin(), &[]);
    let again = desk.create(ATTEMPT, DRAFT).send();
    assert_eq!(
        (again.status, again.text(), again.header("seedance-replayed")),
        (200, CREATED, Some("true"))
    );
    assert_eq!(gateway.calls(), 1);
}
