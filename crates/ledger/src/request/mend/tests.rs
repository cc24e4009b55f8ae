use seedance_core::Facts;

use super::*;

fn of(extent: Extent) -> Mending {
    Mending { extent, lang: Lang::En }
}

fn mended(text: &str, extent: Extent) -> (String, Vec<String>, bool) {
    let mended = of(extent).request(Job::new(text), text.as_bytes());
    let labels = mended.applied.into_iter().map(|it| it.label).collect();
    let request = serde_json::to_string(&mended.request).unwrap();
    (request, labels, mended.report.accepted)
}

#[test]
fn safe_fixes_lose_nothing() {
    let (request, labels, accepted) = mended(
        r#"{"zz": 1, "duration": "20", "prompt": "x", "model": "seedance2.0-mini", "resolution": "1080"}"#,
        Extent::Safe,
    );
    assert_eq!(
        request,
        r#"{"model":"seedance2.0-mini","prompt":"x","duration":15,"resolution":"1080p","zz":1}"#
    );
    assert_eq!(labels.len(), 2, "{labels:?}");
    assert!(accepted);
}

#[test]
fn what_was_given_goes_only_when_all_may() {
    let frames = r#"{"model": "seedance2.0-mini", "prompt": "x", "duration": 5, "images": ["https://e.com/a.png"], "first_image": "https://e.com/b.png"}"#;
    let (_, labels, accepted) = mended(frames, Extent::Safe);
    assert!(labels.is_empty() && !accepted);
    let (request, labels, accepted) = mended(frames, Extent::All);
    assert_eq!(labels, ["remove the reference images"]);
    assert!(accepted && !request.contains("images"), "{request}");
}

#[test]
fn nothing_is_decided_for_who_said_it_twice() {
    let twice = r#"{"model": "seedance2.0-mini", "prompt": "x", "duration": 20, "duration": 5}"#;
    assert_eq!(mended(twice, Extent::All), ("null".into(), Vec::new(), false));
}

#[test]
fn facts_go_with_their_videos() {
    let text = r#"{"model": "seedance2.0-mini-video", "prompt": "x", "duration": 5, "reference_videos": ["ftp://e.com/a.mp4", "https://e.com/b.mp4"]}"#;
    let facts = Facts::from_slice(br#"{"reference_videos": [null, {"seconds": 3}]}"#).unwrap();
    let job = Job::new(text).with_facts(facts).unwrap();
    let mended = of(Extent::All).request(job, text.as_bytes());
    assert!(mended.report.accepted, "{mended:?}");
}

#[test]
fn facts_of_a_list_with_another_name() {
    let line = br#"{"request": {"model": "seedance-2.0-720p", "prompt": "x", "duration": 5, "videos": ["ftp://e.com/a.mp4", "https://e.com/b.mp4"]}, "media": {"reference_videos": [null, {"seconds": 3}]}}"#;
    let mut out = Vec::new();
    of(Extent::All).lines(Edition::LATEST, line, 1, &mut out, &mut Tally::default());
    let mended = String::from_utf8(out).unwrap();
    let request = r#"{"line":1,"request":{"model":"seedance-2.0-720p","prompt":"x","duration":5,"videos":["https://e.com/b.mp4"]},"#;
    assert!(mended.starts_with(request) && mended.contains(r#""accepted":true"#), "{mended}");
}

#[test]
fn what_is_not_fixed_stays() {
    let unknown = r#""beta":{"a":null,"b":0.1},"zeta":18446744073709551615,"~/":1"#;
    let given = format!(
        r#"{{{unknown}, "images":[18446744073709551615, "\u00e9"], "duration":5.0, "ratio":"", "model":"seedance2.0-mini"}}"#
    );
    let known = r#""model":"seedance2.0-mini","duration":5.0,"ratio":"","images":[18446744073709551615, "\u00e9"]"#;
    let (request, labels, _) = mended(&given, Extent::Safe);
    assert_eq!(request, format!("{{{known},{unknown}}}"));
    assert!(labels.is_empty(), "{labels:?}");
}

/// What is accepted is the request of the report: the body to submit, in which unknown fields are as they were written.
#[test]
fn what_no_fix_names_is_as_it_was_written() {
    let unknown = r#""z":12345678901234567890123,"y":1.10,"w":{"b":1e2,"a":"A","b":2},"x":0.1234567890123456789,"n":-0"#;
    let known = r#""model":"seedance2.0-mini","prompt":"x","duration":5"#;
    for (duration, extent) in [("5.0", Extent::Safe), ("5", Extent::All), ("\"5\"", Extent::Safe)] {
        let text = format!(
            r#"{{{unknown},"model":"seedance2.0-mini","duration":{duration},"prompt":"x","resolution":"","images":[]}}"#
        );
        let mended = of(extent).request(Job::new(&*text), text.as_bytes());
        let request = serde_json::to_string(&mended.request).unwrap();
        assert_eq!(request, format!("{{{known},{unknown}}}"), "{text}");
        assert_eq!(request, mended.report.request.unwrap().to_json(), "{text}");
    }
    // Mended in part: it still lacks a prompt.
    let text = format!(r#"{{"duration":"20",{unknown},"model":"seedance2.0-mini"}}"#);
    let (request, labels, accepted) = mended(&text, Extent::Safe);
    assert_eq!(request, format!(r#"{{"model":"seedance2.0-mini","duration":15,{unknown}}}"#));
    assert!(labels.len() == 1 && !accepted, "{labels:?}");
}

#[test]
fn what_is_no_object_is_not_mended() {
    for text in [r#"{"model": "m", "x": 1e400}"#, r#"{"model": "m", "x": "\ud800"}"#, "[1]"] {
        assert_eq!(mended(text, Extent::All).0, "null", "{text}");
    }
}

#[test]
fn fixes_of_items() {
    let given = r#"{"model":"seedance2.0-md","prompt":"x","duration":5,"images":["http://a.com/1",{"a": 1.50},"https://a.com/2","https://a.com/3","https://a.com/4","https://a.com/5"]}"#;
    let (request, ..) = mended(given, Extent::All);
    let images = r#""images":["https://a.com/1","https://a.com/2","https://a.com/3"]"#;
    assert!(request.contains(images), "{request}");
}

#[test]
fn lines() {
    let line = |text: &str| {
        let mut out = Vec::new();
        let (edition, mut tally) = (Edition::default(), Tally::default());
        of(Extent::Safe).lines(edition, text.as_bytes(), 7, &mut out, &mut tally);
        String::from_utf8(out).unwrap()
    };
    assert!(line(r#"{"id": 1.50, "model": "seedance2.0-md", "prompt": "x", "duration": 16}"#)
        .starts_with(r#"{"line":7,"id":1.50,"request":{"model":"seedance2.0-md","prompt":"x","duration":15},"applied":[{"rule":"duration-out-of-range","path":"/duration","#));
    let twice = r#"{"id": 1, "model": "seedance2.0-md", "duration": 16, "duration": 5}"#;
    assert!(line(twice).starts_with(r#"{"line":7,"id":1,"request":null,"applied":[],"#));
    assert!(line("{").starts_with(r#"{"line":7,"request":null,"applied":[],"report":{"edition""#));
    assert_eq!(
        line(r#"{"request": {}, "x": 1}"#),
        "{\"line\":7,\"error\":\"unknown field `x`; a job may have only `id`, `request` and `media`\"}\n"
    );
    assert_eq!(line("  "), "");
}
