//! `--max-cost`: what could cost more is not passed on, and what has no price does not count as free.

use serde_json::{Value, json};

use crate::support::{CREATE, CREATED, Desk, Gateway, Heard, Reply};

const BOOK: &str = r#"{ "currency": "USD", "prices": {
    "seedance2.0-mini-720p": "0.05", "seedance2.0-mini-720p-video": "0.05", "seedance2.0-mini-480p": "0" } }"#;

struct Capped {
    gateway: Gateway,
    desk: Desk,
}

impl Capped {
    fn at(limit: &str, more: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let book = folder.path().join("book.json");
        std::fs::write(&book, BOOK).unwrap();
        let gateway = Gateway::always(Reply::json(CREATED));
        let options = [&["--prices", book.to_str().unwrap(), "--max-cost", limit], more].concat();
        let desk = Desk::with(&gateway.origin(), &options);
        Self { gateway, desk }
    }

    fn send(&self, draft: &Value, facts: Option<Value>) -> Heard {
        let ask = self.desk.post(CREATE, draft.to_string());
        match facts {
            Some(facts) => ask.header("Seedance-Media", &facts.to_string()).send(),
            None => ask.send(),
        }
    }

    fn passes(&self, draft: &Value, facts: Option<Value>) {
        let before = self.gateway.calls();
        let heard = self.send(draft, facts);
        assert_eq!((heard.status, self.gateway.calls()), (200, before + 1), "{}", heard.text());
    }

    fn refuses(&self, draft: &Value, facts: Option<Value>, kind: &str) -> Value {
        let before = self.gateway.calls();
        let heard = self.send(draft, facts);
        assert_eq!(heard.charged_refusal(), (402, kind.to_owned(), "none".to_owned()));
        assert_eq!(self.gateway.calls(), before);
        heard.json()["error"].clone()
    }
}

fn plain(seconds: u32) -> Value {
    json!({ "model": "seedance2.0-mini", "prompt": "rain", "duration": seconds })
}

fn with_video() -> Value {
    json!({ "model": "seedance2.0-mini-video", "prompt": "rain", "duration": 8, "reference_videos": ["https://example.com/v.mp4"] })
}

fn long(seconds: Value) -> Option<Value> {
    Some(json!({ "reference_videos": [{ "seconds": seconds }] }))
}

#[test]
fn an_exact_price_passes_up_to_the_limit_itself() {
    let capped = Capped::at("0.250", &[]);
    capped.passes(&plain(5), None);
    let error = capped.refuses(&plain(6), None, "over_limit");
    assert_eq!(
        (&error["quote"]["kind"], &error["quote"]["amount"], &error["max_cost"]),
        (&"exact".into(), &"0.30".into(), &"0.250".into())
    );
    let message = error["message"]["en"].as_str().unwrap();
    assert!(
        message.contains("0.30 USD")
            && message.contains("0.250 USD")
            && message.contains("--max-cost"),
        "{message}"
    );
}

#[test]
fn a_range_is_judged_by_its_upper_end() {
    let capped = Capped::at("0.55", &[]);
    capped.passes(&with_video(), long(json!({ "min": 2.6, "max": 3.4 })));
    let error =
        capped.refuses(&with_video(), long(json!({ "min": 3.4, "max": 3.6 })), "over_limit");
    assert_eq!(
        (&error["quote"]["kind"], &error["quote"]["amount"]["max"]),
        (&"range".into(), &"0.60".into())
    );
}

#[test]
fn a_price_without_an_upper_end_is_unknown() {
    let capped = Capped::at("100", &[]);
    let error = capped.refuses(&with_video(), None, "price_unknown");
    assert_eq!(
        (&error["quote"]["kind"], &error["quote"]["amount"]["min"]),
        (&"at-least".into(), &"0.40".into())
    );
    let message = error["message"]["en"].as_str().unwrap();
    assert!(
        message.contains("0.40 USD")
            && message.contains("/reference_videos/0")
            && message.contains("--allow-unknown"),
        "{message}"
    );
    capped.passes(&with_video(), long(json!(3.2)));
}

/// Of two lengths, different readers could take different ones, and see two prices.
#[test]
fn a_length_said_twice_is_no_length() {
    let capped = Capped::at("0.55", &[]);
    let length = |seconds: u32| json!({ "reference_videos": [{ "seconds": seconds }] }).to_string();
    let ask = capped.desk.post(CREATE, with_video().to_string());
    let heard =
        ask.header("Seedance-Media", &length(1)).header("Seedance-Media", &length(9)).send();
    assert_eq!(heard.charged_refusal(), (400, "bad_request".to_owned(), "none".to_owned()));
    assert_eq!(capped.gateway.calls(), 0);
}

#[test]
fn a_missing_price_is_not_nothing_and_nothing_is_a_price() {
    let capped = Capped::at("0", &[]);
    let large = json!({ "model": "seedance2.0-mini", "prompt": "rain", "duration": 5, "resolution": "1080p" });
    let error = capped.refuses(&large, None, "price_unknown");
    let message = error["message"]["en"].as_str().unwrap();
    assert!(message.contains("seedance2.0-mini-1080p"), "{message}");
    capped.passes(&json!({ "model": "seedance2.0-mini", "prompt": "rain", "duration": 5, "resolution": "480p" }), None);
}

#[test]
fn who_allows_the_unknown_gets_it_as_far_as_it_is_known() {
    let capped = Capped::at("0.40", &["--allow-unknown"]);
    capped.passes(&with_video(), None);
    capped.passes(&json!({ "model": "seedance2.0-md", "prompt": "rain", "duration": 5 }), None);
    capped.refuses(&plain(9), None, "over_limit");
    let lower = Capped::at("0.39", &["--allow-unknown"]);
    lower.refuses(&with_video(), None, "over_limit");
}

#[test]
fn a_refused_request_is_refused_with_its_report_before_its_price() {
    let capped = Capped::at("0", &[]);
    assert_eq!(capped.send(&plain(16), None).status, 422);
}

/// What the API does with them is unknown, and so is the price.
#[test]
fn an_unknown_field_has_no_known_price() {
    let with = |name: &str| {
        let mut draft = plain(5);
        draft[name] = json!(15);
        draft
    };
    let capped = Capped::at("1", &[]);
    let allowing = Capped::at("1", &["--allow-unknown"]);
    for name in ["n", "seconds", "parameters"] {
        let heard = capped.send(&with(name), None);
        assert_eq!(heard.charged_refusal(), (422, "unknown_field".to_owned(), "none".to_owned()));
        assert!(heard.text().contains(name));
        allowing.passes(&with(name), None);
    }
    assert_eq!(
        allowing.send(&with("Duration"), None).refusal(),
        (422, "ambiguous_field".to_owned())
    );
    assert_eq!(capped.gateway.calls(), 0);
}

/// What a report leaves out may be a reason to refuse.
#[test]
fn what_has_too_many_findings_is_refused_and_says_so() {
    let gateway = Gateway::always(Reply::json(CREATED));
    let desk = Desk::with(&gateway.origin(), &[]);
    let mut draft = plain(5);
    for number in 0..=1000 {
        draft[format!("u{number}")] = json!(1);
    }
    let heard = desk.post(CREATE, draft.to_string()).send();
    assert_eq!(heard.charged_refusal(), (400, "bad_request".to_owned(), "none".to_owned()));
    assert!(heard.text().contains("more than 1000 findings"), "{}", heard.text());
    assert_eq!(gateway.calls(), 0);
}

#[test]
fn a_field_is_named_as_it_is_written() {
    let capped = Capped::at("1", &[]);
    let mut draft = plain(5);
    draft["a/b~c"] = json!(1);
    let heard = capped.send(&draft, None);
    assert!(heard.text().contains("Field `a/b~c` is not documented"), "{}", heard.text());
}
