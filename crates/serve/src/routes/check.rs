//! Checking a create: against the rules, for fields that could be misread, and against the price limit.

use std::panic::resume_unwind;
use std::sync::Arc;

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::response::{IntoResponse, IntoResponseParts, Response};
use axum::{Extension, Json};
use seedance_core::{Edition, Facts, Finding, Job, Lang, MAX_FINDINGS, Report, RuleId};
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use crate::guard::cap::judge_fields;
use crate::guard::gate;
use crate::guard::seats::Peer;
use crate::options::allowable;
use crate::refusal::{BAD_PARAMETERS, ChargeRisk, Kind, Refusal, Spoken};
use crate::routes::{App, Note};
use crate::text::Words;

/// The client's measurements of the reference videos, as media facts in JSON.
const MEDIA: HeaderName = HeaderName::from_static("seedance-media");
/// The edition that the form checked this request against.
const EDITION: HeaderName = HeaderName::from_static("seedance-edition");
/// The rules that the person at the form lets this request break.
const ALLOW: HeaderName = HeaderName::from_static("seedance-allow");
/// The findings of a request that was passed on: rules, and where they apply.
const WARNINGS: HeaderName = HeaderName::from_static("seedance-warnings");
const MAX_WARNINGS: usize = 10;

/// What a request is checked against.
pub(super) struct Terms {
    edition: Edition,
    allow: Vec<RuleId>,
    facts: Facts,
}

impl Terms {
    /// The companion's terms or, for the page, those chosen in the form for this request. Scripts cannot choose: their terms were
    /// set when the companion was started.
    pub(super) fn of(app: &App, peer: &Peer, headers: &HeaderMap) -> Result<Self, Refusal> {
        let facts = facts(headers)?;
        let value = |name: &HeaderName| match gate::at_most_once(headers, name) {
            Ok(Some(_)) if *peer != Peer::Page => Err(bad_terms(name)),
            value => value.map_err(|()| bad_terms(name)),
        };
        let edition = match value(&EDITION)? {
            Some(name) => name.parse().map_err(|_| bad_terms(&EDITION))?,
            None => app.options.edition,
        };
        let mut allow = app.options.allow.clone();
        for name in value(&ALLOW)?.into_iter().flat_map(|names| names.split(',')) {
            let rule = allowable().find(|rule| rule.name() == name.trim());
            allow.push(rule.ok_or_else(|| bad_terms(&ALLOW))?);
        }
        Ok(Self { edition, allow, facts })
    }
}

fn bad_terms(name: &HeaderName) -> Refusal {
    let words = words!(
        "The header {name} is for the form alone, which sends it once, with names that the companion knows. For scripts, start the companion with --edition or --allow.",
        "请求头 {name} 仅供表单使用，只能发送一次，内容须为本地助手认识的名称。脚本请改用本地助手的启动选项 --edition 或 --allow。"
    );
    Kind::BadRequest.saying(words).with_charge(ChargeRisk::None)
}

/// What the rules say about a body.
pub(super) enum Checked {
    /// It may be sent, with these findings.
    Passed(Vec<Finding>),
    /// It is refused: the report, as an answer.
    Refused(Response),
}

/// Permits to check, separate so that the page never waits for scripts; static, as they limit the memory of the whole process.
static OF_THE_PAGE: Semaphore = Semaphore::const_new(1);
static OF_SCRIPTS: Semaphore = Semaphore::const_new(2);

/// Checks a body, and its price. This takes time and memory, so it runs on a blocking thread, once a permit is free.
#[expect(clippy::expect_used, reason = "nothing here closes a semaphore")]
pub(super) async fn check(
    app: &Arc<App>,
    peer: &Peer,
    body: Bytes,
    terms: Terms,
    lang: Lang,
) -> Result<Checked, Refusal> {
    let turns = if *peer == Peer::Page { &OF_THE_PAGE } else { &OF_SCRIPTS };
    let turn = turns.acquire().await.expect("an open semaphore");
    let app = Arc::clone(app);
    // The permit is held until the check ends, even if the client leaves before that.
    let checking = spawn_blocking(move || {
        let _turn = turn;
        judge(&app, &body, terms, lang)
    });
    checking.await.unwrap_or_else(|error| resume_unwind(error.into_panic()))
}

fn judge(app: &App, body: &Bytes, terms: Terms, lang: Lang) -> Result<Checked, Refusal> {
    let job = Job::new(&body[..])
        .edition(terms.edition)
        .with_facts(terms.facts)
        .map_err(|error| bad_facts(&error))?;
    let report = job.check(lang);
    let errors = report.findings.iter().filter(|finding| finding.is_error());
    let refused: Vec<_> = errors.filter(|error| !terms.allow.contains(&error.rule)).collect();
    if !refused.is_empty() {
        return Ok(Checked::Refused(refused_report(&report, &refused)));
    }
    // What a truncated report leaves out may be a reason to refuse.
    if report.truncated {
        return Err(Kind::BadRequest.saying(words!(
            "The request has more than {MAX_FINDINGS} findings, too many to check all of it, so nothing was sent. Remove what is not needed.",
            "该请求的校验结果超过 {MAX_FINDINGS} 条，无法全部校验，因此没有发送。请移除不需要的内容。"
        )).with_charge(ChargeRisk::None));
    }
    let refuses_unknown = app.cap.as_ref().is_some_and(|cap| !cap.allow_unknown);
    judge_fields(&report.findings, refuses_unknown)?;
    if let Some(cap) = &app.cap {
        cap.judge(&job, report.accepted, lang)?;
    }
    Ok(Checked::Passed(report.findings))
}

fn refused_report(report: &Report<'_>, refused: &[&Finding]) -> Response {
    let first = refused.first().map_or("", |finding| &finding.message);
    let more = refused.len().saturating_sub(1);
    let msg = if more == 0 { first.to_owned() } else { format!("{first} (+{more})") };
    let spoken = Json(Spoken { code: BAD_PARAMETERS, msg: &msg, own: report });
    let errors = report.findings.iter().filter(|finding| finding.is_error());
    let names = errors.map(|error| error.rule.name().to_owned());
    (StatusCode::UNPROCESSABLE_ENTITY, note(names), spoken).into_response()
}

/// The header and the log note about the findings of a body that was sent: their rules, marked if their refusal was allowed, and in
/// the header where they apply, unless that path is long or not plain ASCII.
pub(super) fn warned(findings: &[Finding]) -> Option<impl IntoResponseParts> {
    let named = |finding: &Finding, place: &str| {
        let allowed = if finding.is_error() { " (allowed)" } else { "" };
        format!("{}{place}{allowed}", finding.rule.name())
    };
    let is_plain = |char: char| char.is_ascii_alphanumeric() || matches!(char, '/' | '_' | '-');
    let warning = |finding: &Finding| match finding.path.as_str() {
        path if path.len() <= 64 && path.chars().all(is_plain) => {
            named(finding, &format!(" {path}"))
        }
        _ => named(finding, ""),
    };
    let mut warnings: Vec<_> = findings.iter().take(MAX_WARNINGS).map(warning).collect();
    if let more @ 1.. = findings.len().saturating_sub(MAX_WARNINGS) {
        warnings.push(format!("+{more}"));
    }
    let names = findings.iter().map(|finding| named(finding, ""));
    (!findings.is_empty()).then(|| ([(WARNINGS, warnings.join(", "))], note(names)))
}

/// The names of rules for the log, without repeats in a row.
fn note(names: impl Iterator<Item = String>) -> Extension<Note> {
    let mut names: Vec<_> = names.collect();
    names.dedup();
    Extension(Note(names.join(", ")))
}

fn facts(headers: &HeaderMap) -> Result<Facts, Refusal> {
    let text = gate::at_most_once(headers, &MEDIA).map_err(|()| {
        bad_media(words!(
            "this header may be sent only once, in ASCII",
            "该请求头只能发送一次，且只能含 ASCII 字符"
        ))
    })?;
    let facts = text.map(|text| Facts::from_slice(text.as_bytes())).transpose();
    Ok(facts.map_err(|error| bad_facts(&error))?.unwrap_or_default())
}

fn bad_facts(error: &seedance_core::FactsError) -> Refusal {
    bad_media(Words { en: error.message(Lang::En), zh: error.message(Lang::Zh) })
}

fn bad_media(Words { en, zh }: Words) -> Refusal {
    let words = words!("Seedance-Media: {en}.", "Seedance-Media：{zh}。");
    Kind::BadRequest.saying(words).with_charge(ChargeRisk::None)
}
