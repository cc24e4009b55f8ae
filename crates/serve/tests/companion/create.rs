//! A create in fair weather: it is checked, written down, sent once, and remembered.

use std::thread;

use crate::support::{ATTEMPT, BAD_DRAFT, CANARY, CREATE, CREATED, DRAFT, Desk, Gateway, Reply};

#[test]
fn an_accepted_create_goes_out_once_and_byte_for_byte() {
    let gateway = Gateway::always(Reply::json(CREATED));
    let desk = Desk::before(&gateway);
    let heard = desk.create(ATTEMPT, DRAFT).send();
    assert_eq!((heard.status, heard.text()), (200, CREATED));
    assert_eq!(heard.header("seedance-attempt"), Some(ATTEMPT));
    assert_eq!(heard.header("seedance-replayed"), None);
    let seen = gateway.seen();
    assert_eq!(seen.len(), 1);
    assert_eq!(seen[0].line, format!("POST {CREATE} HTTP/1.1"));
    assert_eq!(seen[0].body, DRAFT.as_bytes());
    assert_eq!(seen[0].header("content-type"), Some("application/json"));
    assert_eq!(seen[0].header("authorization"), Some(format!("Bearer {CANARY}").as_str()));
}

#[test]
fn what_the_rules_refuse_is_answered_with_the_report_and_goes_nowhere() {
    let gateway = Gateway::always(Reply::json(CREATED));
    let desk = Desk::before(&gateway);
    let report = desk.create(ATTEMPT, BAD_DRAFT).send();
    assert_eq!((report.status, report.header("content-type")), (422, Some("application/json")));
    let json = report.json();
    assert_eq!((&json["accepted"], &json["edition"]), (&false.into(), &"2026-07".into()));
    assert_eq!(json["findings"][0]["rule"], "duration-out-of-range");
    assert_eq!((&json["code"], &json["msg"]), (&20002.into(), &json["findings"][0]["message"]));
    let chinese =
        desk.create(ATTEMPT, BAD_DRAFT).header("Accept-Language", "zh-CN,zh;q=0.9").send().json();
    assert_ne!(chinese["findings"][0]["message"], json["findings"][0]["message"]);
    for body in ["", "nonsense", "[]", "{\"model\":\"seedance2.0-mini\"", "null"] {
        assert_eq!(desk.create(ATTEMPT, body).send().status, 422, "{body}");
    }
    assert_eq!(gateway.calls(), 0);
    assert_eq!(
        desk.create(ATTEMPT, DRAFT).send().status,
        200,
        "a refused draft uses no attempt up"
    );
}

#[test]
fn the_same_attempt_again_gets_the_same_answer_and_sends_nothing() {
    let gateway = Gateway::always(Reply::json(CREATED));
    let desk = Desk::before(&gateway);
    let first = desk.create(ATTEMPT, DRAFT).send();
    for attempt in [ATTEMPT.to_owned(), ATTEMPT.to_uppercase()] {
        let again = desk.create(&attempt, DRAFT).send();
        assert_eq!((again.status, again.text()), (first.status, first.text()));
        assert_eq!(again.header("seedance-replayed"), Some("true"));
    }
    assert_eq!(gateway.calls(), 1);
}

#[test]
fn a_repeated_attempt_waits_for_the_first() {
    let gateway = Gateway::always(Reply::json(CREATED).after(300));
    let desk = Desk::before(&gateway);
    let asks: Vec<_> = (0..8).map(|_| desk.create(ATTEMPT, DRAFT)).collect();
    let heard: Vec<_> = asks
        .into_iter()
        .map(|ask| thread::spawn(|| ask.send()))
        .map(|thread| thread.join().unwrap())
        .collect();
    assert!(heard.iter().all(|heard| heard.status == 200 && heard.text() == CREATED));
    assert_eq!(heard.iter().filter(|heard| heard.header("seedance-replayed").is_none()).count(), 1);
    assert_eq!(gateway.calls(), 1);
}

#[test]
fn an_attempt_id_belongs_to_one_draft() {
    let gateway = Gateway::always(Reply::json(CREATED));
    let desk = Desk::before(&gateway);
    desk.create(ATTEMPT, DRAFT).send();
    let other = desk.create(ATTEMPT, DRAFT.replace("rain", "snow")).send();
    assert_eq!(other.charged_refusal(), (409, "attempt_reused".to_owned(), "none".to_owned()));
    assert_eq!(gateway.calls(), 1);
}

#[test]
fn attempt_ids_and_media_facts_must_be_readable() {
    let gateway = Gateway::always(Reply::json(CREATED));
    let desk = Desk::before(&gateway);
    for id in ["", "1", "0f8fad5b-d9cb-469f-a165-70867728950", "../../etc/passwd"] {
        assert_eq!(
            desk.create(id, DRAFT).send().refusal(),
            (400, "bad_request".to_owned()),
            "{id}"
        );
    }
    let two = desk.create(ATTEMPT, DRAFT).header("Seedance-Attempt", ATTEMPT).send();
    assert_eq!(two.refusal(), (400, "bad_request".to_owned()));
    let facts = desk
        .create(ATTEMPT, DRAFT)
        .header("Seedance-Media", r#"{"reference_videos":[{"seconds":-1}]}"#)
        .send();
    assert_eq!(facts.refusal(), (400, "bad_request".to_owned()));
    assert_eq!(gateway.calls(), 0);
}

#[test]
fn a_huge_create_is_refused() {
    let gateway = Gateway::always(Reply::json(CREATED));
    let desk = Desk::before(&gateway);
    let heard = desk.create(ATTEMPT, vec![b' '; 10 * 1024 * 1024 + 1]).send();
    assert_eq!(heard.refusal(), (413, "body_too_large".to_owned()));
    assert_eq!(gateway.calls(), 0);
}

#[test]
fn the_attempt_is_on_disk_before_the_call_goes_out() {
    let (tell, told) = std::sync::mpsc::channel::<std::path::PathBuf>();
    let told = std::sync::Mutex::new(told);
    let gateway = Gateway::start(move |_| {
        let journal = told.lock().unwrap().recv().unwrap();
        Reply::Json(200, serde_json::to_string(&std::fs::read_to_string(journal).unwrap()).unwrap())
    });
    let desk = Desk::before(&gateway);
    tell.send(desk.journal()).unwrap();
    let at_the_call = desk.create(ATTEMPT, DRAFT).send().json();
    let line: serde_json::Value = serde_json::from_str(at_the_call.as_str().unwrap()).unwrap();
    assert_eq!((&line["record"], &line["attempt"]), (&"begun".into(), &ATTEMPT.into()));
    assert!(line["draft"].as_str().unwrap().starts_with("sha256:"));
    assert!(line["at"].as_u64().unwrap() > 1_700_000_000);
}

#[test]
fn the_page_can_ask_what_became_of_an_attempt() {
    let gateway = Gateway::always(Reply::json(CREATED).after(500));
    let desk = Desk::before(&gateway);
    let target = format!("/api/companion/attempts/{ATTEMPT}");
    let state = || desk.get(&target).send().json();
    assert_eq!(state()["state"], "never_seen");
    let ask = desk.create(ATTEMPT, DRAFT);
    let sending = thread::spawn(|| ask.send());
    gateway.wait_for_calls(1);
    assert_eq!(state()["state"], "in_flight");
    sending.join().unwrap();
    let ended = state();
    assert_eq!(
        (&ended["state"], &ended["status"], &ended["answer"]["data"]["task_id"]),
        (&"answered".into(), &200.into(), &"vid_1".into())
    );
    assert_eq!(gateway.calls(), 1);
    assert_eq!(
        desk.get("/api/companion/attempts/nonsense").send().refusal(),
        (400, "bad_request".to_owned())
    );
}

#[test]
fn an_answer_outlives_the_companion() {
    let gateway = Gateway::always(Reply::json(CREATED));
    let desk = Desk::before(&gateway);
    desk.create(ATTEMPT, DRAFT).send();
    let desk = Desk::in_folder(desk.stop(), &gateway.origin(), &[]);
    let again = desk.create(ATTEMPT, DRAFT).send();
    assert_eq!(
        (again.status, again.text(), again.header("seedance-replayed")),
        (200, CREATED, Some("true"))
    );
    assert_eq!(gateway.calls(), 1);
}
