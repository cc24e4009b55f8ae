//! A request that breaks each rule, taken from the case files: what the documents show is what the tests run.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use anyhow::Context;
use seedance_core::{Edition, Facts, Job, Lang};
use serde_json::{Value, json};

use crate::cases;
use crate::run::Outcome;

/// One case that shows a rule.
struct Example {
    edition: Edition,
    /// The body as it is sent.
    body: String,
    /// The body as it is printed: long strings cut.
    shown: String,
    /// What is known about its media.
    media: Option<Value>,
    findings: usize,
    raw: bool,
}

/// The plainest case of every rule of an edition, by rule id; where its own cases have none, one of the default edition's.
pub fn from_cases(edition: Edition, lang: Lang) -> Outcome<BTreeMap<&'static str, Value>> {
    let own = cases::of(edition)?;
    let others = cases::of(Edition::default())?;
    let mut chosen = BTreeMap::new();
    for rule in edition.rules() {
        let name = rule.id.name();
        let shows = |case: &&Value| findings(case).iter().any(|finding| finding["rule"] == name);
        let cases = if own.iter().any(|case| shows(&case)) { &own } else { &others };
        let examples = cases.iter().filter(shows);
        let examples = examples.filter_map(|case| example(edition, case));
        let ranked = examples.map(|example| Ok((example.rank(name)?, example)));
        let ranked = ranked.collect::<Outcome<Vec<_>>>()?.into_iter();
        let plainest = ranked.min_by(|one, other| one.0.cmp(&other.0));
        let (_, plainest) = plainest.with_context(|| {
            format!(
                "no case of tests/cases breaks `{name}`: add one, so that the documents can show it"
            )
        })?;
        chosen.insert(name, plainest.told(name, lang)?);
    }
    Ok(chosen)
}

impl Example {
    /// The case as a page tells it, with what the core says to it.
    fn told(&self, rule: &str, lang: Lang) -> Outcome<Value> {
        let findings = self.findings(rule, lang)?;
        let finding = findings.first().with_context(|| {
            let shown = &self.shown;
            format!("the core does not report `{rule}` for the case that says it does: {shown}")
        })?;
        let fixes = finding["fixes"].as_array().into_iter().flatten().map(|fix| {
            let patch = cut(&fix["patch"]).to_string();
            json!({ "label": fix["label"], "patch": patch })
        });
        Ok(json!({
            "shown": self.shown,
            "media": self.media.as_ref().map(Value::to_string),
            "path": finding["path"],
            "message": finding["message"],
            "fixes": fixes.collect::<Vec<_>>(),
        }))
    }

    /// The findings of one rule, as the core reports them.
    fn findings(&self, rule: &str, lang: Lang) -> Outcome<Vec<Value>> {
        let mut job = Job::new(self.body.as_bytes()).edition(self.edition);
        if let Some(media) = &self.media {
            job = job.with_facts(Facts::from_value(media)?)?;
        }
        let report = serde_json::to_value(job.check(lang))?;
        let findings = report.get("findings").and_then(Value::as_array);
        Ok(findings
            .into_iter()
            .flatten()
            .filter(|finding| finding["rule"] == rule)
            .cloned()
            .collect())
    }

    /// What makes it plain, the weightiest first: few findings, no media, a request rather than raw text, fixes to show, little to
    /// read; then its text, so that the choice does not hang on file names.
    fn rank(&self, rule: &str) -> Outcome<Rank> {
        let findings = self.findings(rule, Lang::En)?;
        let fixes =
            findings.iter().filter_map(|finding| finding["fixes"].as_array()).map(Vec::len).max();
        let fragment = self.body.len() < 20;
        let fixes = Reverse(fixes.unwrap_or(0));
        Ok((
            self.findings,
            self.media.is_some(),
            self.raw,
            fragment,
            fixes,
            self.shown.len(),
            self.body.clone(),
        ))
    }
}

type Rank = (usize, bool, bool, bool, Reverse<usize>, usize, String);

fn example(edition: Edition, case: &Value) -> Option<Example> {
    let (body, shown) = match (case.get("request"), case.get("text")) {
        (Some(request), _) => (
            serde_json::to_string(request).ok()?,
            serde_json::to_string_pretty(&cut(request)).ok()?,
        ),
        // Text that a page cannot show as it is would mislead.
        (_, Some(Value::String(text)))
            if text.len() < 400 && text.chars().all(|c| c == '\n' || !c.is_control()) =>
        {
            (text.clone(), text.clone())
        }
        _ => return None,
    };
    let media = case.get("media").filter(|media| !media.is_null()).cloned();
    // A case of facts that are refused shows no finding.
    let known = media.as_ref().is_none_or(|media| Facts::from_value(media).is_ok());
    let visible = !shown.trim().is_empty() && !shown.contains('\u{feff}');
    let raw = case.get("text").is_some();
    (known && visible).then_some(Example {
        edition,
        body,
        shown,
        media,
        findings: findings(case).len(),
        raw,
    })
}

/// The value with its long strings cut.
fn cut(value: &Value) -> Value {
    match value {
        Value::String(text) if text.chars().count() > 120 => {
            let head: String = text.chars().take(30).collect();
            Value::String(format!("{head}… ({})", text.chars().count()))
        }
        Value::Array(items) => items.iter().map(cut).collect(),
        Value::Object(members) => {
            Value::Object(members.iter().map(|(name, value)| (name.clone(), cut(value))).collect())
        }
        other => other.clone(),
    }
}

fn findings(case: &Value) -> &[Value] {
    case["findings"].as_array().map_or(&[], Vec::as_slice)
}
