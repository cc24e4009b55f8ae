//! The core against every case of `tests/cases`: as text, as a parsed value and, if it fits, as the typed request.

use seedance_core::{Body, Request};
use seedance_tests::cases::{Case, every_case};
use seedance_tests::core_side::{Observed, Refused, observe, reduced, reduced_quote, same};
use serde_json::{Value, json};

#[test]
fn through_text() {
    every_case(|case| {
        check(
            case,
            observe(
                case.edition,
                Body::from(case.wire()),
                case.media.as_ref(),
                case.prices.as_ref(),
                false,
            ),
        )
    });
}

#[test]
fn through_bytes() {
    every_case(|case| {
        check(
            case,
            observe(
                case.edition,
                Body::from(case.wire().as_bytes()),
                case.media.as_ref(),
                case.prices.as_ref(),
                false,
            ),
        )
    });
}

/// Every case with a parsed value. Cases about text are left out.
#[test]
fn through_a_value() {
    every_case(|case| match &case.request {
        Some(request) => {
            let value: Value =
                serde_json::from_str(request.get()).map_err(|error| error.to_string())?;
            check(
                case,
                observe(
                    case.edition,
                    Body::from(&value),
                    case.media.as_ref(),
                    case.prices.as_ref(),
                    false,
                ),
            )
        }
        None => Ok(()),
    });
}

/// Every case that the typed request can hold.
#[test]
fn through_the_typed_request() {
    let mut fitting = 0;
    every_case(|case| match typed(case) {
        Some(request) => {
            fitting += 1;
            check(
                case,
                observe(
                    case.edition,
                    Body::from(&request),
                    case.media.as_ref(),
                    case.prices.as_ref(),
                    false,
                ),
            )
        }
        None => Ok(()),
    });
    assert!(fitting > 500, "only {fitting} cases fitted the typed request");
}

fn typed(case: &Case) -> Option<Request> {
    let value: Value = serde_json::from_str(case.request.as_ref()?.get()).ok()?;
    let request: Request = serde_json::from_value(value.clone()).ok()?;
    // The type does not keep nulls and empty lists of its own fields.
    (serde_json::to_value(&request).ok()? == value).then_some(request)
}

fn check(case: &Case, found: Result<Observed, Refused>) -> Result<(), String> {
    let found = match (found, case.error.as_deref()) {
        (Err(Refused::Media(said)), Some("media"))
        | (Err(Refused::Prices(said)), Some("prices")) => return one_sentence(&said),
        (Ok(found), None) => found,
        (found, error) => return Err(format!("  refused: expected {error:?}, found {found:?}")),
    };
    let findings: Vec<Value> = case
        .findings
        .iter()
        .map(|f| json!({ "rule": f.rule, "severity": f.severity, "path": f.path }))
        .collect();
    same("findings", &json!(findings), &reduced(&found.report["findings"]))?;
    same(
        "normalised",
        &json!(case.normalised),
        found.report.get("request").unwrap_or(&Value::Null),
    )?;
    same("accepted", &json!(case.normalised.is_some()), &found.report["accepted"])?;
    if let Some(quote) = &case.quote {
        same("quote", quote, &found.quote.as_ref().map_or(Value::Null, reduced_quote))?;
    }
    shape(&found.report)
}

/// "One clear line that names the thing and the place."
fn one_sentence(said: &str) -> Result<(), String> {
    if said.is_empty() || said.contains('\n') {
        Err(format!("  not one line: {said:?}"))
    } else {
        Ok(())
    }
}

/// Checks that every finding has all members of the contract, and that none is empty that must not be.
fn shape(report: &Value) -> Result<(), String> {
    for finding in report["findings"].as_array().into_iter().flatten() {
        let names: Vec<&str> =
            finding.as_object().into_iter().flatten().map(|(name, _)| name.as_str()).collect();
        let all = ["fixes", "message", "params", "path", "related", "rule", "severity", "sources"];
        let mut names = names;
        names.sort_unstable();
        if names != all {
            return Err(format!("  members {names:?}"));
        }
        let sourced = finding["sources"].as_array().is_some_and(|sources| !sources.is_empty());
        let worded = finding["message"]
            .as_str()
            .is_some_and(|message| !message.is_empty() && !message.contains('{'));
        let patched = finding["fixes"].as_array().into_iter().flatten().all(|fix| {
            fix["patch"].as_array().is_some_and(|patch| !patch.is_empty())
                && fix["label"].as_str().is_some_and(|label| !label.is_empty())
        });
        if !sourced
            || !worded
            || !patched
            || !finding["params"].is_object()
            || !finding["related"].is_array()
        {
            return Err(format!("  finding {finding}"));
        }
    }
    Ok(())
}
