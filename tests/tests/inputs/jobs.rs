//! A job can be made from whatever a program has, borrowed or owned.

use std::thread;

use bytes::Bytes;
use seedance_core::{Body, Job, Lang, Report, Request};
use serde_json::{Value, json};

const TEXT: &str = r#"{"model":"seedance2.0-mini","prompt":"a fox","duration":5,"images":["http://example.com/fox.png"],"seed":1.50}"#;

fn report<'a>(body: impl Into<Body<'a>>) -> Report<'static> {
    Job::new(body).check(Lang::En).into_owned()
}

#[test]
fn every_input_gives_the_same_report() {
    let expected = report(TEXT);
    assert!(!expected.findings.is_empty());
    let (text, bytes) = (TEXT.to_owned(), TEXT.as_bytes().to_vec());
    let shared = Bytes::from_static(TEXT.as_bytes());
    for (kind, report) in [
        ("&String", report(&text)),
        ("String", report(text.clone())),
        ("&[u8]", report(TEXT.as_bytes())),
        ("&Vec<u8>", report(&bytes)),
        ("Vec<u8>", report(bytes.clone())),
        ("&Bytes", report(&shared)),
        ("Bytes", report(shared.clone())),
    ] {
        assert_eq!(report, expected, "{kind}");
    }
    assert_eq!(report(b"[]"), report("[]"));
    let not_utf8 = [0x7b, 0xff];
    assert_eq!(report(not_utf8.to_vec()), report(&not_utf8[..]));
}

#[test]
fn a_value_and_a_typed_request_lose_no_field() {
    let value: Value = serde_json::from_str(TEXT).expect("it is JSON");
    let request: Request = serde_json::from_str(TEXT).expect("it has what is required");
    assert_eq!(request.unknown.get("seed"), Some(&json!(1.5)));
    assert_eq!(serde_json::to_value(&request).expect("it is written"), value);
    let expected = report(TEXT.replace("1.50", "1.5"));
    assert!(expected.findings.iter().any(|finding| finding.path == "/seed"));
    for (kind, report) in [
        ("&Value", report(&value)),
        ("Value", report(value.clone())),
        ("&Request", report(&request)),
        ("Request", report(request.clone())),
    ] {
        assert_eq!(report, expected, "{kind}");
    }
}

#[test]
fn an_owned_job_outlives_what_it_was_read_from_and_keeps_its_spelling() {
    let normal = r#"{"model":"seedance2.0-mini","prompt":"a fox","duration":5}"#.to_owned();
    let jobs = [Job::new(normal.as_str()).into_owned(), Job::new(normal.clone())];
    let expected = normal.clone();
    drop(normal);
    for job in jobs {
        let job: Job<'static> = job;
        let (is_normal, json) = thread::spawn(move || {
            let report = job.check(Lang::En).into_owned();
            (job.is_normal(), report.request.map(|request| request.to_json()))
        })
        .join()
        .expect("it does not panic");
        assert_eq!((is_normal, json.as_ref()), (true, Some(&expected)));
    }
}

#[test]
fn many_urls_are_added_at_once() {
    let urls = ["https://example.com/1.mp4", "https://example.com/2.mp4"];
    let one_by_one = Request::new("seedance2.0-sp", "a fox", 5)
        .image("a")
        .image("b")
        .reference_video(urls[0])
        .reference_video(urls[1])
        .reference_audio("c");
    let at_once = Request::new("seedance2.0-sp", "a fox", 5)
        .images(["a", "b"])
        .reference_videos(urls.map(String::from))
        .reference_audios(vec!["c"]);
    assert_eq!(at_once, one_by_one);
}
