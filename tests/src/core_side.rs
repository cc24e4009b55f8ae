//! The core's answers about a job, in the form of the second model's.

use seedance_core::{Body, Edition, Facts, Job, Lang, PriceBook};
use serde_json::Value;

use crate::generate::{JobBody, JobCase};
use crate::oracle::json::Json;
use crate::oracle::{self, Answer};

/// The core's answers from `check`, `quote` and `compare`.
#[derive(Debug, Clone)]
pub struct Observed {
    /// The whole report.
    pub report: Value,
    /// The normalised request, with its members in the order of its text.
    pub normalised: Option<Json>,
    /// The whole quote.
    pub quote: Option<Value>,
    /// The whole comparison.
    pub compare: Option<Vec<Value>>,
}

/// The input that was refused, named as in a case file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// The media facts, with the core's message.
    Media(String),
    /// The price book, with the core's message.
    Prices(String),
}

/// The second model's name for an edition.
///
/// # Panics
/// If the second model does not have it.
#[must_use]
pub fn page(edition: Edition) -> oracle::Edition {
    let mut pages = oracle::Edition::ALL.into_iter();
    let page = pages.find(|page| page.name() == edition.name());
    page.unwrap_or_else(|| panic!("no page states {edition}"))
}

/// Runs a job; `compare` only on demand, since it checks every model.
///
/// # Errors
/// If the core refuses the facts or the book.
///
/// # Panics
/// If an answer cannot be written as JSON.
pub fn observe(
    edition: Edition,
    body: Body<'_>,
    media: Option<&Value>,
    prices: Option<&Value>,
    compare: bool,
) -> Result<Observed, Refused> {
    let book = prices
        .map(|prices| PriceBook::from_value_for(edition, prices))
        .transpose()
        .map_err(|error| Refused::Prices(error.to_string()))?;
    let facts = match media {
        Some(media) if body.is_object() => {
            Facts::from_value(media).map_err(|error| Refused::Media(error.to_string()))?
        }
        _ => Facts::default(),
    };
    let job = Job::new(body)
        .edition(edition)
        .with_facts(facts)
        .map_err(|error| Refused::Media(error.to_string()))?;
    let report = job.check(Lang::En);
    let normalised = report.request.as_ref().map(|request| {
        oracle::json::parse(request.to_json().as_bytes()).expect("a normalised request is JSON")
    });
    let quote = book.as_ref().map(|book| json(&job.quote(book, Lang::En)));
    let compare = compare.then(|| job.compare(book.as_ref(), Lang::En).iter().map(json).collect());
    Ok(Observed { report: json(&report), normalised, quote, compare })
}

/// The value that something is written as in JSON.
///
/// # Panics
/// If it cannot be written as JSON.
#[must_use]
pub fn json<T: serde::Serialize>(thing: &T) -> Value {
    let text = serde_json::to_string(thing).expect("every answer is JSON");
    serde_json::from_str(&text).expect("every answer is JSON")
}

/// A job's body as the core takes it.
#[must_use]
pub fn body<'a>(body: &'a JobBody) -> Body<'a> {
    match body {
        JobBody::Request(value) => Body::from(value),
        JobBody::Text(text) => Body::from(text.as_str()),
        JobBody::Bytes(bytes) => Body::from(bytes.as_slice()),
    }
}

/// Runs a job through the core and the second model, and compares the answers.
///
/// # Errors
/// With both answers, if they differ.
pub fn differ(job: &JobCase, compare: bool) -> Result<(), String> {
    let value;
    let wire;
    let oracles_body = match &job.body {
        JobBody::Request(request) => {
            value = Json::from(request);
            oracle::Body::Value(&value)
        }
        other => {
            wire = other.wire();
            oracle::Body::Text(&wire)
        }
    };
    let (media, prices) = (job.media.as_ref().map(Json::from), job.prices.as_ref().map(Json::from));
    let expected = oracle::answer(page(job.edition), oracles_body, media.as_ref(), prices.as_ref());
    let found =
        observe(job.edition, body(&job.body), job.media.as_ref(), job.prices.as_ref(), compare);
    match (expected, found) {
        (Ok(expected), Ok(found)) => agree(&expected, &found),
        (Err(oracle::Refused::Media(_)), Err(Refused::Media(_)))
        | (Err(oracle::Refused::Prices(_)), Err(Refused::Prices(_))) => Ok(()),
        (expected, found) => Err(format!("oracle {expected:?}\ncore   {found:?}")),
    }
}

/// Compares the core's answer with what the second model expects.
///
/// # Errors
/// With the first part that differs.
pub fn agree(expected: &Answer, found: &Observed) -> Result<(), String> {
    let report = &expected.report;
    let findings: Vec<Value> = report.findings.iter().map(oracle::quote::reduced).collect();
    same("findings", &Value::from(findings), &reduced(&found.report["findings"]))?;
    omitted("report", report.omitted, &found.report)?;
    same("accepted", &Value::from(report.accepted), &found.report["accepted"])?;
    same("model", &Value::from(report.model), &found.report["model"])?;
    same("route", &Value::from(report.route), &found.report["route"])?;
    same("edition", &Value::from(report.edition.name()), &found.report["edition"])?;
    if report.normalised != found.normalised {
        return Err(format!(
            "normalised\n  oracle {:?}\n  core   {:?}",
            report.normalised, found.normalised
        ));
    }
    match (&expected.quote, &found.quote) {
        (Some(expected), Some(found)) => same("quote", expected, &reduced_quote(found))?,
        (None, None) => {}
        (expected, found) => {
            return Err(format!("quote\n  oracle {expected:?}\n  core   {found:?}"));
        }
    }
    found.compare.as_ref().map_or(Ok(()), |candidates| compared(&expected.compare, candidates))
}

fn compared(expected: &[oracle::compare::Candidate], found: &[Value]) -> Result<(), String> {
    let models: Vec<&str> = expected.iter().map(|candidate| candidate.model).collect();
    let order: Vec<&Value> = found.iter().map(|candidate| &candidate["model"]).collect();
    same("order", &serde_json::json!(models), &serde_json::json!(order))?;
    for (expected, found) in expected.iter().zip(found) {
        let findings: Vec<Value> = expected.findings.iter().map(oracle::quote::reduced).collect();
        same(expected.model, &Value::from(findings), &reduced(&found["findings"]))?;
        omitted(expected.model, expected.omitted, found)?;
        same(expected.model, &Value::from(expected.accepted), &found["accepted"])?;
        same(expected.model, &Value::from(expected.route), &found["route"])?;
        same(
            expected.model,
            &Value::from(expected.quote.clone()),
            &found.get("quote").map_or(Value::Null, reduced_quote),
        )?;
    }
    Ok(())
}

/// "`truncated: true` and `omitted: N` stand beside them when there were more (absent otherwise)."
fn omitted(what: &str, many: usize, found: &Value) -> Result<(), String> {
    let said = |name: &str| found.get(name).cloned().unwrap_or_default();
    let (truncated, omitted) =
        if many > 0 { (Value::from(true), Value::from(many)) } else { (Value::Null, Value::Null) };
    same(&format!("{what}: truncated"), &truncated, &said("truncated"))?;
    same(&format!("{what}: omitted"), &omitted, &said("omitted"))
}

/// Findings without their messages.
#[must_use]
pub fn reduced(findings: &Value) -> Value {
    let reduce = |finding: &Value| serde_json::json!({ "rule": finding["rule"], "severity": finding["severity"], "path": finding["path"] });
    findings.as_array().map_or(Value::Null, |findings| findings.iter().map(reduce).collect())
}

/// A quote with reduced findings.
#[must_use]
pub fn reduced_quote(quote: &Value) -> Value {
    let mut quote = quote.clone();
    if let Some(findings) = quote.get_mut("findings") {
        *findings = reduced(findings);
    }
    quote
}

/// Compares two JSON values: numbers as binary64, members in any order.
///
/// # Errors
/// With both values, if they differ.
pub fn same(what: &str, expected: &Value, found: &Value) -> Result<(), String> {
    if is_same(expected, found) {
        Ok(())
    } else {
        Err(format!("{what}\n  expected {expected}\n  found    {found}"))
    }
}

fn is_same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a.as_f64() == b.as_f64(),
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_same(a, b))
        }
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len()
                && a.iter().all(|(name, a)| b.get(name).is_some_and(|b| is_same(a, b)))
        }
        (a, b) => a == b,
    }
}
