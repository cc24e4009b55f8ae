//! The same request again: not sent by itself if the first may have been charged, and sent if it certainly was not.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use serde_json::Value;

use crate::support::desk::text;
use crate::support::running::{Running, command, folder};
use crate::support::{ATTEMPT, Ask, CANARY, CREATE, CREATED, DRAFT, Desk, Gateway, Heard, Reply};

const TOKEN: &str = "Bearer sk_of_the_script";

fn create(port: u16) -> Ask {
    Ask::post(port, CREATE, DRAFT).header("Authorization", TOKEN)
}

/// A gateway that gives these answers in turn, and then makes tasks.
fn in_turn(replies: &'static [fn() -> Reply]) -> Gateway {
    let next = AtomicUsize::new(0);
    Gateway::start(move |_| {
        let at = next.fetch_add(1, Ordering::SeqCst);
        replies.get(at).map_or_else(|| Reply::json(CREATED), |reply| reply())
    })
}

/// What a client sees that retries after the usual statuses.
fn as_clients_do(port: u16) -> (usize, Heard) {
    for tries in 1..=3 {
        let heard = create(port).send();
        if heard.status < 500 && heard.status != 429 && heard.status != 408 {
            return (tries, heard);
        }
    }
    panic!("it goes on trying");
}

#[test]
fn a_retry_after_a_lost_answer_is_refused_and_told_how_to_go_on() {
    let (_folder, journal) = folder();
    let gateway = in_turn(&[|| Reply::Cut]);
    let running = Running::start(&gateway, &journal, Some(CANARY));
    let (tries, lost) = as_clients_do(running.port);
    assert_eq!(tries, 1);
    assert_eq!(lost.charged_refusal(), (409, "lost_answer".to_owned(), "possible".to_owned()));
    // A client that retries after any status.
    let repeat = create(running.port).send();
    assert_eq!(repeat.charged_refusal(), (409, "possible_repeat".to_owned(), "none".to_owned()));
    let json = repeat.json();
    let earlier = &json["error"]["repeats"];
    assert_eq!(earlier["attempt"].as_str(), lost.header("seedance-attempt"), "{json}");
    assert!(earlier["draft"].as_str().unwrap().starts_with("sha256:"));
    assert!(earlier["at"].as_u64().unwrap() > 1_700_000_000);
    let msg = json["msg"].as_str().unwrap();
    assert!(msg.contains("console") && msg.contains("s ago"), "{msg}");
    // The message names the header to confirm with.
    let (_, header) = msg.split_once("Seedance-Attempt: ").unwrap();
    let confirmed =
        create(running.port).header("Seedance-Attempt", header.trim_end_matches('.')).send();
    assert_eq!((confirmed.status, gateway.calls()), (200, 2));
    running.end_by("-INT");
}

#[test]
fn a_restart_does_not_make_a_repeat_forgotten() {
    let (_folder, journal) = folder();
    let gateway = in_turn(&[|| Reply::json(CREATED).after(60_000)]);
    let running = Running::start(&gateway, &journal, Some(CANARY));
    let _waiting = create(running.port).start();
    gateway.wait_for_calls(1);
    running.end_by("-KILL");
    let running = Running::start(&gateway, &journal, Some(CANARY));
    assert_eq!(create(running.port).send().refusal(), (409, "possible_repeat".to_owned()));
    running.end_by("-INT");
    assert_eq!(gateway.calls(), 1);
}

/// The client may have been cut off before it heard, so its retry must not make a second task.
#[test]
fn after_a_restart_the_same_request_gets_the_task_that_was_made() {
    let (_folder, journal) = folder();
    let gateway = Gateway::always(Reply::json(CREATED));
    let running = Running::start(&gateway, &journal, Some(CANARY));
    create(running.port).send();
    running.end_by("-KILL");
    let running = Running::start(&gateway, &journal, Some(CANARY));
    let again = create(running.port).send();
    assert_eq!((again.text(), again.header("seedance-replayed")), (CREATED, Some("true")));
    assert_eq!(gateway.calls(), 1);
    assert_eq!(create(running.port).send().status, 200);
    assert_eq!(gateway.calls(), 2, "the one that was told is over");
    running.end_by("-INT");
}

#[test]
fn only_the_same_body_of_the_same_key_within_the_window_is_a_repeat() {
    let gateway = in_turn(&[|| Reply::Cut]);
    let desk = Desk::before(&gateway);
    create(desk.port).send();
    let other_key = create(desk.port).set("Authorization", "Bearer sk_of_another");
    assert_eq!(other_key.send().status, 200);
    let other_body = Ask::post(desk.port, CREATE, DRAFT.replace("rain", "snow"));
    let other_body = other_body.header("Authorization", TOKEN);
    assert_eq!(other_body.send().status, 200);
    assert_eq!(create(desk.port).send().status, 409);
    assert_eq!(gateway.calls(), 3);

    let gateway = in_turn(&[|| Reply::Cut]);
    let desk = Desk::with(&gateway.origin(), &["--repeat-window", "1"]);
    create(desk.port).send();
    assert_eq!(create(desk.port).send().status, 409);
    thread::sleep(Duration::from_millis(2_100));
    assert_eq!(create(desk.port).send().status, 200);
}

#[test]
fn a_fault_of_the_api_may_have_made_a_task() {
    let gateway = in_turn(&[|| Reply::Json(500, "{\"code\":-1}".to_owned())]);
    let desk = Desk::before(&gateway);
    let (tries, heard) = as_clients_do(desk.port);
    assert_eq!((tries, gateway.calls()), (2, 1));
    assert_eq!(heard.refusal(), (409, "possible_repeat".to_owned()));
    // A response came: it is not called lost.
    let json = heard.json();
    let msg = json["msg"].as_str().unwrap();
    assert!(msg.contains("outcome is unknown") && !msg.contains("lost"), "{msg}");
}

/// Wherever it names it.
#[test]
fn an_error_that_names_a_task_may_have_made_it() {
    for (status, answer) in [
        (400, r#"{"code":40003,"data":{"task_id":"vid_1"}}"#),
        (400, r#"{"error":{"message":"x","task_id":"vid_1"}}"#),
        (400, r#"{"code":20002,"data":[{"task_id":"vid_1"}]}"#),
        (400, r#"{"code":1,"data":{"task_id":"vid_1","task_id":null}}"#),
        (429, r#"{"code":1,"tasks":[{"task_id":"vid_1"},{"task_id":"vid_2"}]}"#),
        (200, r#"{"code":-1,"data":{"task":{"task_id":"vid_1"}}}"#),
    ] {
        let gateway = Gateway::always(Reply::Json(status, answer.to_owned()));
        let desk = Desk::before(&gateway);
        let heard = create(desk.port).send();
        assert_eq!((heard.status, heard.text()), (status, answer));
        let repeat = create(desk.port).send();
        assert_eq!((repeat.status, gateway.calls()), (409, 1), "{answer}");
        assert_eq!(repeat.refusal().1, "possible_repeat");
        // The client may have discarded the answer when it retried.
        let task = if answer.contains("vid_2") { Value::Null } else { "vid_1".into() };
        assert_eq!(repeat.json()["error"]["repeats"]["task_id"], task, "{answer}");
    }
}

/// Clients retry after these statuses by themselves, whatever the answer says.
#[test]
fn an_error_with_the_task_that_was_made_is_given_again() {
    for status in [408, 429, 500, 503] {
        let gateway = Gateway::always(Reply::Json(status, CREATED.to_owned()));
        let desk = Desk::before(&gateway);
        for replayed in [None, Some("true"), Some("true")] {
            let heard = create(desk.port).send();
            assert_eq!((heard.status, heard.text()), (status, CREATED));
            assert_eq!(heard.header("seedance-replayed"), replayed, "{status}");
        }
        assert_eq!(gateway.calls(), 1, "{status}");
    }
}

#[test]
fn what_surely_made_nothing_is_sent_again() {
    fn busy() -> Reply {
        Reply::Json(429, r#"{"code":20002,"msg":"busy"}"#.to_owned())
    }
    fn html() -> Reply {
        Reply::raw("HTTP/1.1 429 Busy\r\nContent-Type: text/html\r\nContent-Length: 4\r\n\r\nbusy")
    }
    for (header, value) in [("Seedance-Attempt", ATTEMPT), ("X-Nothing", "1")] {
        let gateway = in_turn(&[busy, html]);
        let desk = Desk::before(&gateway);
        for status in [429, 502, 200] {
            let heard = create(desk.port).header(header, value).send();
            assert_eq!((heard.status, heard.header("seedance-replayed")), (status, None));
        }
        assert_eq!(gateway.calls(), 3);
    }
}

#[test]
fn the_same_request_while_the_first_is_under_way_waits_for_its_answer() {
    let gateway = Gateway::always(Reply::json(CREATED).after(500));
    let desk = Desk::before(&gateway);
    let first = create(desk.port).start();
    gateway.wait_for_calls(1);
    let own = create(desk.port).header("Seedance-Attempt", ATTEMPT).start();
    gateway.wait_for_calls(2);
    let second = create(desk.port).send();
    let replayed = |heard: &Heard| heard.header("seedance-replayed").is_some();
    assert_eq!((second.status, replayed(&second)), (200, true));
    for mut stream in [first, own] {
        let heard = Heard::read(&mut stream);
        assert_eq!((heard.status, replayed(&heard)), (200, false));
    }
    assert_eq!(gateway.calls(), 2);
}

#[test]
fn who_waited_for_a_first_that_made_nothing_is_sent() {
    let gateway = in_turn(&[|| Reply::Json(429, "{}".to_owned()).after(400)]);
    let desk = Desk::before(&gateway);
    let mut first = create(desk.port).start();
    gateway.wait_for_calls(1);
    let second = create(desk.port).send();
    assert_eq!((second.status, second.header("seedance-replayed")), (200, None));
    assert_eq!(Heard::read(&mut first).status, 429);
    assert_eq!(gateway.calls(), 2);
}

#[test]
fn nothing_begins_for_who_hung_up_while_waiting_for_the_first() {
    let gateway = in_turn(&[|| Reply::Json(429, "{}".to_owned()).after(700)]);
    let desk = Desk::before(&gateway);
    let mut first = create(desk.port).start();
    gateway.wait_for_calls(1);
    let waiting = create(desk.port).start();
    thread::sleep(Duration::from_millis(200));
    drop(waiting);
    assert_eq!(Heard::read(&mut first).status, 429);
    thread::sleep(Duration::from_millis(500));
    assert_eq!(gateway.calls(), 1);
}

/// The client gave up first; its retry is the same request, not a second one.
#[test]
fn an_answer_that_nobody_heard_is_given_to_whoever_asks_again() {
    let gateway = Gateway::always(Reply::json(CREATED).after(300));
    let desk = Desk::before(&gateway);
    let hasty = create(desk.port).start();
    gateway.wait_for_calls(1);
    drop(hasty);
    thread::sleep(Duration::from_millis(800));
    let again = create(desk.port).send();
    assert_eq!((again.text(), again.header("seedance-replayed")), (CREATED, Some("true")));
    assert_eq!(gateway.calls(), 1);
    // Now the client has heard the answer, so the same request is a new one.
    assert_eq!(create(desk.port).send().header("seedance-replayed"), None);
    assert_eq!(gateway.calls(), 2);
}

#[test]
fn an_idempotency_key_counts_as_an_attempt() {
    let gateway = Gateway::always(Reply::json(CREATED));
    let desk = Desk::before(&gateway);
    let under = |key: &str| create(desk.port).header("Idempotency-Key", key).send();
    let first = under("order 17");
    let again = under("order 17");
    assert_eq!((again.status, again.header("seedance-replayed")), (200, Some("true")));
    assert_eq!(again.header("seedance-attempt"), first.header("seedance-attempt"));
    assert_eq!(under("order 18").header("seedance-replayed"), None);
    assert_eq!(
        under(ATTEMPT).header("seedance-attempt"),
        Some(ATTEMPT),
        "a UUID is taken as it is"
    );
    assert_eq!(gateway.calls(), 3);
    let other = Ask::post(desk.port, CREATE, DRAFT.replace("rain", "snow"))
        .header("Authorization", TOKEN)
        .header("Idempotency-Key", "order 17")
        .send();
    assert_eq!(other.refusal(), (409, "attempt_reused".to_owned()));
    for bad in ["", &"k".repeat(256)] {
        assert_eq!(under(bad).refusal(), (400, "bad_request".to_owned()));
    }
    assert_eq!(gateway.calls(), 3);
}

#[test]
fn an_attempt_of_one_key_is_not_answered_to_another() {
    let gateway = Gateway::always(Reply::json(CREATED));
    let desk = Desk::before(&gateway);
    let named = |token: &str| {
        let named = create(desk.port).header("Seedance-Attempt", ATTEMPT);
        named.set("Authorization", token).send()
    };
    assert_eq!(named(TOKEN).text(), CREATED);
    let refused = (409, "attempt_reused".to_owned(), "none".to_owned());
    assert_eq!(named("Bearer sk_of_another").charged_refusal(), refused);
    assert_eq!(named(TOKEN).header("seedance-replayed"), Some("true"));
    assert_eq!(gateway.calls(), 1);
}

#[test]
fn the_journal_tells_keys_apart_without_naming_them() {
    let (_folder, journal) = folder();
    let gateway = in_turn(&[|| Reply::Cut]);
    let line = ["--port=0", "--api-origin", &gateway.origin(), "--journal", text(&journal)];
    let running = Running::of(command(&line, Some(CANARY)));
    create(running.port).send();
    running.end_by("-INT");
    let kept = std::fs::read_to_string(journal).unwrap();
    let begun: Value = serde_json::from_str(kept.lines().next().unwrap()).unwrap();
    assert_eq!(begun["caller"].as_str().unwrap().len(), 8, "{begun}");
}
