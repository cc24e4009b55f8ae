//! What must hold of every report, whatever the input: assertions that the targets share.

mod draw;

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hasher};
use std::sync::OnceLock;

use rust_decimal::Decimal;
use seedance_core::table::Severity;
use seedance_core::{Body, Edition, Facts, Job, Lang, PriceBook, Report};
use serde_json::{Value, json};

pub use draw::request;

/// Whether an input gets all assertions: one in 64 does, by a hash of its bytes, the others only those on their own report.
/// Trying a report's fixes takes a hundred times as long as making the report.
pub fn in_full(bytes: &[u8]) -> bool {
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    hasher.finish() % 64 == 0
}

/// Checks a job and asserts what its report alone shows.
pub fn sound_by_itself<'a>(job: &'a Job<'_>) -> Report<'a> {
    let report = job.check(Lang::En);
    let is_error = |severity| severity == Severity::Error;
    assert_ne!(
        report.accepted,
        report.findings.iter().any(|finding| is_error(finding.severity)),
        "{report:?}"
    );
    assert_eq!(report.request.is_some(), report.accepted, "{report:?}");
    for finding in &report.findings {
        let path = &finding.path;
        assert!(path.is_empty() || path.starts_with('/'), "{finding:?}");
        assert!(!finding.sources.is_empty(), "{finding:?}");
        let message = &finding.message;
        assert!(!message.is_empty() && !message.contains(char::is_control), "{finding:?}");
    }
    report
}

/// Checks a body and asserts what its report promises about other reports.
pub fn sound<'a>(body: impl Fn() -> Body<'a>) -> Value {
    let report = report_of(body());
    assert_eq!(report, report_of(body()), "two checks of one body differ");
    if let Some(request) = report.get("request") {
        let again = report_of(Body::from(request));
        let twice = again.get("request").expect("a normalised request is accepted");
        assert!(
            same(twice, request),
            "the normalised request is no fixed point: {request} becomes {twice}"
        );
    }
    report
}

/// Whether two JSON values are equal, numbers by their value: a parsed integer is written without a fraction.
pub fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => {
            one == other || one.as_f64() == other.as_f64()
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one
                    .iter()
                    .all(|(name, one)| other.get(name).is_some_and(|other| same(one, other)))
        }
        _ => one == other,
    }
}

/// Applies some of a report's fixes, and asserts that each removes its finding and causes no new error.
pub fn fixes_hold(body: &Value, report: &Value) {
    let before = tally(findings(report));
    // A parsed body has every member once, so that `duplicate-field` is gone before any fix.
    let mendable = findings(report).filter(|finding| finding["rule"] != "duplicate-field");
    let fixes: Vec<_> = mendable
        .flat_map(|finding| {
            finding["fixes"].as_array().unwrap().iter().map(move |fix| (finding, fix))
        })
        .collect();
    // At most eight fixes per input, spread over all of them: other inputs try others.
    let stride = fixes.len().div_ceil(8).max(1);
    for (finding, fix) in fixes.into_iter().step_by(stride) {
        let patch: json_patch::Patch =
            serde_json::from_value(fix["patch"].clone()).expect("an RFC 6902 patch");
        assert!(!patch.0.is_empty(), "an empty patch: {finding}");
        let mut mended = body.clone();
        json_patch::patch(&mut mended, &patch).unwrap_or_else(|error| panic!("{error}: {finding}"));
        let after = report_of(Body::from(&mended));
        let key = key(finding);
        let left = tally(findings(&after));
        let count = |tally: &BTreeMap<_, usize>| tally.get(&key).copied().unwrap_or(0);
        assert!(count(&left) < count(&before), "a fix leaves its finding: {finding} in {body}");
        for (new, count) in tally(errors(&after).into_iter()) {
            assert!(
                count <= before.get(&new).copied().unwrap_or(0),
                "a fix adds {new:?}: {finding} in {body}"
            );
        }
    }
}

/// Prices a job and asserts that the arithmetic is exact.
pub fn price_holds(job: &Job<'_>, book: &PriceBook) -> Value {
    let quote = serde_json::to_value(job.quote(book, Lang::En)).unwrap();
    if let Some(unit) = quote.get("unit_price") {
        let unit = decimal(unit);
        let times = |quantity: &Value| unit * Decimal::from(quantity.as_u64().unwrap());
        match quote["kind"].as_str().unwrap() {
            "exact" => assert_eq!(decimal(&quote["amount"]), times(&quote["quantity"]), "{quote}"),
            "not-priceable" => {}
            kind => {
                let ends: &[&str] = if kind == "range" { &["min", "max"] } else { &["min"] };
                for end in ends {
                    assert_eq!(
                        decimal(&quote["amount"][end]),
                        times(&quote["quantity"][end]),
                        "{quote}"
                    );
                }
                assert_eq!(quote["unknown"], "/reference_videos/0", "{quote}");
            }
        }
    }
    quote
}

/// A book with one price for every billing name.
pub fn full_book() -> &'static PriceBook {
    static BOOK: OnceLock<PriceBook> = OnceLock::new();
    BOOK.get_or_init(|| {
        let prices: BTreeMap<String, &str> =
            Edition::default().billing_names().map(|name| (name, "0.05")).collect();
        PriceBook::from_value(&json!({ "currency": "USD", "prices": prices })).unwrap()
    })
}

/// The report of a job with facts; `None` if the facts do not fit the body.
pub fn report_with(body: &Value, facts: &Facts) -> Option<Value> {
    let job = Job::new(body).with_facts(facts.clone()).ok()?;
    Some(serde_json::to_value(job.check(Lang::Zh)).unwrap())
}

fn report_of(body: Body<'_>) -> Value {
    serde_json::to_value(Job::new(body).check(Lang::En)).unwrap()
}

/// All findings of a report.
pub fn findings(report: &Value) -> impl Iterator<Item = &Value> {
    report["findings"].as_array().unwrap().iter()
}

fn errors(report: &Value) -> Vec<&Value> {
    findings(report).filter(|finding| finding["severity"] == "error").collect()
}

/// A finding's rule and field. Without the index, since indexes shift when an item is removed.
fn key(finding: &Value) -> (String, String) {
    let path = finding["path"].as_str().unwrap();
    let field = path.split('/').nth(1).unwrap_or("");
    (finding["rule"].to_string(), field.to_owned())
}

fn tally<'a>(findings: impl Iterator<Item = &'a Value>) -> BTreeMap<(String, String), usize> {
    let mut tally = BTreeMap::new();
    for finding in findings {
        *tally.entry(key(finding)).or_insert(0) += 1;
    }
    tally
}

fn decimal(value: &Value) -> Decimal {
    value.as_str().unwrap().parse().unwrap()
}
