//! "A report, a comparison's entry and a quote hold at most 1,000 findings; `truncated: true` and `omitted: N` stand beside them
//! when there were more."

use seedance_core::{Job, Lang, PriceBook};
use seedance_tests::core_side::json;
use serde_json::{Value, json};

const MOST: usize = 1_000;

/// A request whose list has this many items, each with one finding. The list is not too long for the model.
fn body(model: &str, field: &str, item: Value, many: usize) -> Value {
    json!({ "model": model, "prompt": "x", "duration": 5, field: vec![item; many] })
}

fn report(body: &Value) -> Value {
    json(&Job::new(body).check(Lang::En))
}

#[track_caller]
fn holds(answer: &Value, findings: usize, omitted: Option<usize>) {
    let held = answer["findings"].as_array().map_or(0, Vec::len);
    let said = (answer.get("truncated"), answer.get("omitted"));
    let expected = (omitted.map(|_| json!(true)), omitted.map(|many| json!(many)));
    assert_eq!(held, findings);
    assert_eq!(said, (expected.0.as_ref(), expected.1.as_ref()));
}

#[test]
fn a_report_holds_the_first_thousand() {
    let empty = |many| report(&body("seedance2.0-mini", "images", json!(""), many));
    holds(&empty(999), 999, None);
    holds(&empty(MOST), MOST, None);
    holds(&empty(MOST + 1), MOST, Some(1));
    // Of very many, the core drops those that no report could hold before it has found all.
    for many in [1_200, 20_000] {
        let report = empty(many);
        holds(&report, MOST, Some(many - MOST));
        assert_eq!(report["accepted"], json!(false));
        let findings = report["findings"].as_array().into_iter().flatten();
        for (index, finding) in findings.enumerate() {
            assert_eq!(finding["path"], json!(format!("/images/{index}")));
            assert_eq!(finding["fixes"], json!([]), "a truncated report has no fixes");
        }
    }
}

/// "`accepted` counts all": an error that is left out refuses the request, and warnings, however many, do not.
#[test]
fn accepted_counts_all() {
    let suspect = json!("https://example.com/a.png?a&amp;b");
    let warned = body("seedance2.0-mini", "images", suspect.clone(), 1_100);
    let found = report(&warned);
    holds(&found, MOST, Some(100));
    assert_eq!((&found["accepted"], &found["request"]), (&json!(true), &warned));
    let mut refused = warned;
    refused["images"][1_099] = json!("");
    let found = report(&refused);
    holds(&found, MOST, Some(100));
    assert_eq!((&found["accepted"], found.get("request")), (&json!(false), None));
}

#[test]
fn a_quote_and_a_comparison_hold_no_more() {
    let book = PriceBook::from_value(&json!({ "currency": "USD", "prices": {} }));
    let book = book.expect("a good book");
    let body = body("seedance2.0-mini-video", "reference_videos", json!(""), 1_500);
    let job = Job::new(&body);
    let quote = json(&job.quote(&book, Lang::En));
    assert_eq!(quote["reason"], json!("findings"));
    holds(&quote, MOST, Some(500));
    for candidate in job.compare(Some(&book), Lang::En) {
        let candidate = json(&candidate);
        let omitted = candidate["omitted"].as_u64();
        // A model that takes no reference videos has one more finding.
        assert!(matches!(omitted, Some(500..=502)), "{}: {omitted:?}", candidate["model"]);
        holds(&candidate, MOST, omitted.map(|many| many as usize));
    }
}
