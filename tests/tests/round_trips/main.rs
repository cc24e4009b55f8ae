//! The core reads back what it writes: equal values, and the same bytes when written again.

use std::fmt::Debug;

use seedance_core::{
    Candidate, CreateAnswer, Edition, Facts, Finding, Job, Lang, PriceBook, Quote, Report, RuleId,
    TaskAnswer, read_create_answer, read_task_answer,
};
use seedance_tests::cases::all;
use seedance_tests::core_side::same;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;

#[test]
fn reports_quotes_and_comparisons() {
    for (place, case) in all() {
        let (media, prices) = (case.media.as_ref(), case.prices.as_ref());
        let book = prices.and_then(|prices| PriceBook::from_value_for(case.edition, prices).ok());
        let Some(Ok(facts)) = media.map(Facts::from_value).or(Some(Ok(Facts::default()))) else {
            continue;
        };
        both_ways(&place, &facts);
        let Ok(job) = Job::new(case.wire()).edition(case.edition).with_facts(facts) else {
            continue;
        };
        for lang in [Lang::En, Lang::Zh] {
            let report = job.check(lang).into_owned();
            let is_unknown = |finding: &Finding| finding.rule == RuleId::UnknownField;
            if report.findings.iter().any(is_unknown) {
                in_value(&place, &report);
            } else {
                both_ways(&place, &report);
            }
        }
        let candidates = job.compare(book.as_ref(), Lang::En);
        both_ways::<Vec<Candidate>>(&place, &candidates);
        if let Some(book) = book {
            both_ways(&place, &book);
            both_ways::<Quote>(&place, &job.quote(&book, Lang::Zh));
        }
    }
}

/// Answers of the gateway, as text.
const ANSWERS: [&str; 10] = [
    r#"{"code": 0, "data": {"task_id": "t-1", "status": "pending", "created_at": 1769000000}}"#,
    r#"{"code": "20000", "data": {"id": "t-2"}}"#,
    r#"{"code": 40001, "message": "bad key"}"#,
    r#"{"code": 0, "data": {"task_id": "t", "status": "processing", "progress": "37%"}}"#,
    r#"{"code": 0, "data": {"task_id": "t", "status": "success", "video_url": "https://a.example/v.mp4", "expires_at": 1769000000}}"#,
    r#"{"code": 0, "data": {"task_id": "t", "status": "failed", "error": {"message": "no"}}}"#,
    r#"{"code": 0, "data": {"task_id": "t", "status": "dreaming"}}"#,
    r#"{"code": 0, "data": {"task_id": "t", "cost": 0.250, "usage": {"completion_tokens":1,"total_tokens":245388}}}"#,
    r"[1]",
    "<html>502</html>",
];

#[test]
fn answers() {
    for text in ANSWERS {
        both_ways::<CreateAnswer>(text, &read_create_answer(text.as_bytes(), None));
        both_ways::<TaskAnswer>(text, &read_task_answer(text.as_bytes(), None));
    }
}

fn both_ways<T: Serialize + DeserializeOwned + PartialEq + Debug>(place: &str, written: &T) {
    let text = serde_json::to_string(written).expect("an answer is JSON");
    let read: T =
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{place}: {error}: {text}"));
    assert_eq!(&read, written, "{place}");
    assert_eq!(serde_json::to_string(&read).ok().as_ref(), Some(&text), "{place}");
    // The members of a `Value` are sorted.
    let value: Value = serde_json::from_str(&text).expect("it is JSON");
    let read: T =
        serde_json::from_value(value).unwrap_or_else(|error| panic!("{place}: {error}: {text}"));
    assert_eq!(&read, written, "{place}");
}

/// A report contains unknown fields as they were written, but serde passes on only their values: `1e2` is read back as 100.
fn in_value(place: &str, written: &Report<'static>) {
    let text = serde_json::to_string(written).expect("a report is JSON");
    let read: Report<'static> = serde_json::from_str(&text).expect("and is read back");
    let value = |report| serde_json::to_value(report).expect("a report is JSON");
    same(place, &value(written), &value(&read)).unwrap_or_else(|unlike| panic!("{unlike}"));
}

#[test]
fn a_report_that_contradicts_itself_is_refused() {
    let report =
        |body: &str| serde_json::to_value(Job::new(body).check(Lang::En)).expect("it is JSON");
    let accepted =
        report(r#"{"model": "seedance2.0-md", "prompt": "a fox", "duration": 5, "seed": 1}"#);
    let refused = report(r#"{"model": "seedance2.0-md", "prompt": "a fox", "duration": 50}"#);
    let read = |report: &Value| Report::deserialize(report.clone());
    assert!(read(&accepted).is_ok_and(|report| report.accepted && report.findings.len() == 1));
    assert!(read(&refused).is_ok_and(|report| !report.accepted));
    let changed = |report: &Value, name: &str, value: Value| {
        let mut report = report.clone();
        report[name] = value;
        report
    };
    for wrong in [
        changed(&accepted, "accepted", false.into()),
        changed(&accepted, "request", Value::Null),
        changed(&accepted, "findings", refused["findings"].clone()),
        changed(&refused, "accepted", true.into()),
        changed(&refused, "findings", accepted["findings"].clone()),
        changed(&refused, "request", accepted["request"].clone()),
        changed(&refused, "omitted", 3.into()),
    ] {
        let error = read(&wrong).expect_err("it contradicts itself").to_string();
        assert_eq!(
            error,
            "the report contradicts itself: it is accepted, and has a request, when no finding is an error"
        );
    }
    let mut capped = changed(&refused, "findings", accepted["findings"].clone());
    capped["truncated"] = true.into();
    capped["omitted"] = 1.into();
    assert!(read(&capped).is_ok_and(|report| !report.accepted));
}

#[test]
fn a_rule_of_a_later_version_is_an_unknown_one() {
    let job = Job::new(r#"{"model": "seedance2.0-md", "prompt": "a fox", "duration": 50}"#);
    let mut report = serde_json::to_value(job.check(Lang::En)).expect("it is JSON");
    report["findings"][0]["rule"] = "too-blue".into();
    let read: Report<'static> = serde_json::from_value(report).expect("it is read all the same");
    let finding = &read.findings[0];
    assert_eq!(
        (finding.rule, finding.rule.name(), finding.is_error()),
        (RuleId::Unknown, "unknown", true)
    );
    assert_eq!(finding.message, job.check(Lang::En).findings[0].message);
    assert!(Edition::ALL.iter().all(|edition| edition.rule(RuleId::Unknown).is_none()));
    assert!("unknown".parse::<RuleId>().is_err());
}

#[test]
fn a_quote_keeps_the_edition_that_it_was_made_with() {
    let book = PriceBook::new("USD").expect("a currency");
    for edition in Edition::ALL {
        let job = Job::new(r#"{"model": "seedance2.0-md", "prompt": "a fox", "duration": 5}"#)
            .edition(edition);
        let quote = job.quote(&book, Lang::En);
        let text = serde_json::to_string(&quote).expect("it is JSON");
        let read: Quote = serde_json::from_str(&text).expect("it is read back");
        assert_eq!((read.terms().edition, &read), (edition, &quote));
    }
}
