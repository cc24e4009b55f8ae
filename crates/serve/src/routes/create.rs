//! A create: checked, priced, written down, sent once. The bytes that were checked are the bytes that are sent.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use axum::body::{Body, Bytes};
use axum::extract::{Extension, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode};
use axum::response::IntoResponse;
use seedance_core::{Edition, Facts, Finding, Job, Lang, Report, RuleId, Severity};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tokio::task::JoinHandle;
use tokio::time::Instant;

use crate::attempt::{AttemptId, DraftHash};
use crate::bytes::plain_header;
use crate::guard::key::ApiKey;
use crate::guard::seats::Peer;
use crate::guard::{allow, fields, gate};
use crate::journal::{Begin, Begun, NotWritten, Wish, wait_for};
use crate::json;
use crate::outcome::{Fate, Outcome, says_no};
use crate::refusal::{BAD_PARAMETERS, Charge, Earlier, Kind, Refusal};
use crate::routes::app::{App, Caller};
use crate::routes::around::{self, Note};
use crate::routes::body::{self, MAX_CREATE};
use crate::upstream::{Call, Exchange, Failure};

/// The one path that spends money.
pub(crate) const PATH: &str = "/api/open-api/v1/seedance/videos";
/// The same as some clients join it.
pub(crate) const PATH_WITH_SLASH: &str = "/api/open-api/v1/seedance/videos/";

/// The client's own id of this attempt; the same id again is answered from the journal and never sent twice.
const ATTEMPT: HeaderName = HeaderName::from_static("seedance-attempt");
/// The same under the name that other clients have for it, with whatever value they make up.
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// What the client measured of the reference videos, as media facts in JSON; it bears on the price alone.
const MEDIA: HeaderName = HeaderName::from_static("seedance-media");
/// The edition that the form judged this request by.
const EDITION: HeaderName = HeaderName::from_static("seedance-edition");
/// Rules that the person at the form lets this request break.
const ALLOW: HeaderName = HeaderName::from_static("seedance-allow");
/// Set on an answer that comes from the journal.
const REPLAYED: HeaderName = HeaderName::from_static("seedance-replayed");
/// The rules that warn of a request that was passed on, and where.
const WARNINGS: HeaderName = HeaderName::from_static("seedance-warnings");

const MAX_IDEMPOTENCY_KEY: usize = 255;
/// For how long an answer that is late is still listened for, so that the journal gets it.
const LATE_TIME: Duration = Duration::from_secs(10 * 60);
/// What the API says when it has made a task.
const CREATED: u16 = 20000;

pub(crate) async fn create(
    State(app): State<Arc<App>>,
    Caller(key): Caller,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
    body: Body,
) -> axum::response::Result<Response<Body>> {
    gate::require_json(&headers)?;
    let caller = key.fingerprint();
    let id = attempt_id(&headers, &caller)?;
    let facts = facts(&headers)?;
    let terms = terms(&app, &peer, &headers)?;
    let body = body::read(body, MAX_CREATE).await?;
    let lang = around::lang(&headers, app.lang);
    let (judge, checked) = (Arc::clone(&app), body.clone());
    let objections = move || objections(&judge, &checked, facts, &terms, lang);
    let findings = app.checks.run(&peer, objections).await?;
    let create = Create {
        app: Arc::clone(&app),
        wish: Wish { id, draft: DraftHash::of(&body), caller },
        key,
        body,
        lang,
    };
    let sending = begin(&app, create.send_once())?;
    let (id, mut response) = sending.await.map_err(|_| lost())??;
    // Whoever hung up before this did not hear, and may ask again.
    app.journal.told(&id);
    let name = plain_header(&id.to_string());
    response.headers_mut().insert(ATTEMPT, name);
    if !findings.is_empty() {
        let value = plain_header(&warnings(&findings));
        response.headers_mut().insert(WARNINGS, value);
        let names =
            findings.iter().map(|finding| format!("{}{}", finding.rule.name(), allowed(finding)));
        let note = Note(each_once(names));
        response.extensions_mut().insert(note);
    }
    Ok(response)
}

pub(crate) fn bad_attempt_id() -> Refusal {
    Refusal::new(Kind::BadRequest).saying(
        "Seedance-Attempt must be a UUID such as 0f8fad5b-d9cb-469f-a165-70867728950e.",
        "Seedance-Attempt 须为 UUID，例如 0f8fad5b-d9cb-469f-a165-70867728950e。",
    )
}

/// What a request is held to.
struct Terms {
    edition: Edition,
    allow: Vec<RuleId>,
}

/// The companion's own terms, or those that the person at the form chose for this request. For scripts the person chose when
/// starting the companion.
fn terms(app: &App, peer: &Peer, headers: &HeaderMap) -> Result<Terms, Refusal> {
    let value = |name: &HeaderName| match gate::at_most_once(headers, name) {
        Ok(Some(_)) if *peer != Peer::Page => Err(bad_terms(name)),
        value => value.map_err(|()| bad_terms(name)),
    };
    let (edition, allow) = (value(&EDITION)?, value(&ALLOW)?);
    let edition = edition.map(|edition| edition.parse().map_err(|_| bad_terms(&EDITION)));
    let rule = |name: &str| allow::rule(name.trim()).ok_or_else(|| bad_terms(&ALLOW));
    let allowed = allow.into_iter().flat_map(|allow| allow.split(',')).map(rule);
    let mut allow = allowed.collect::<Result<Vec<_>, _>>()?;
    allow.extend(&app.allow);
    Ok(Terms { edition: edition.transpose()?.unwrap_or(app.edition), allow })
}

fn bad_terms(name: &HeaderName) -> Refusal {
    let (en, zh) = if *name == EDITION {
        ("the name of an edition", "规则版本的名称")
    } else {
        ("rules that can be allowed", "可放行的规则")
    };
    Refusal::new(Kind::BadRequest)
        .saying(
            format!("The header {name} is for the form, once, with {en}. For scripts, start the companion with --edition or --allow."),
            format!("请求头 {name} 仅供表单使用，只能发送一次，内容须为{zh}。脚本请改用本地助手的启动选项 --edition 或 --allow。"),
        )
        .with_charge(Charge::None)
}

/// What the API's clients look for, beside the report.
#[derive(Serialize)]
struct RefusedReport<'r, 'a> {
    code: i32,
    msg: String,
    #[serde(flatten)]
    report: &'r Report<'a>,
}

/// What there is to say of a body that may be sent.
///
/// # Errors
/// With the answer to one that is not: the report of a request that the rules refuse, or a refusal of a field that another
/// reader may take for one of the API's, or of a price above the cap.
fn objections(
    app: &App,
    body: &Bytes,
    facts: Facts,
    terms: &Terms,
    lang: Lang,
) -> axum::response::Result<Vec<Finding>> {
    let job = Job::new(&body[..])
        .edition(terms.edition)
        .with_facts(facts)
        .map_err(|error| bad_facts(&error))?;
    let report = job.check(lang);
    let refused: Vec<_> =
        errors(&report.findings).filter(|finding| !terms.allow.contains(&finding.rule)).collect();
    // What a truncated report leaves out nobody has allowed.
    if !refused.is_empty() || (!report.accepted && report.truncated) {
        return Err(refused_report(&report, &refused).into());
    }
    let refuses_unknown = app.cap.as_ref().is_some_and(|cap| !cap.allow_unknown);
    fields::judge(body, terms.edition, refuses_unknown)?;
    let mut findings = report.findings.iter();
    if let Some(finding) = findings.find(|finding| finding.rule == RuleId::FieldNotForModel)
        && refuses_unknown
    {
        return Err(fields::undocumented(finding.path.trim_start_matches('/')).into());
    }
    if let Some(cap) = &app.cap {
        cap.judge(&job, report.accepted, lang)?;
    }
    Ok(report.findings)
}

fn errors(findings: &[Finding]) -> impl Iterator<Item = &Finding> {
    let findings = findings.iter();
    findings.filter(|finding| finding.severity == Severity::Error)
}

fn refused_report(report: &Report<'_>, refused: &[&Finding]) -> Response<Body> {
    let first = refused.first().map_or("", |finding| &finding.message);
    let more = refused.len().saturating_sub(1);
    let msg = if more == 0 { first.to_owned() } else { format!("{first} (+{more})") };
    let spoken = RefusedReport { code: BAD_PARAMETERS, msg, report };
    let json = json::text(&spoken);
    let kind = (CONTENT_TYPE, HeaderValue::from_static("application/json"));
    let mut response = (StatusCode::UNPROCESSABLE_ENTITY, [kind], json).into_response();
    let names = errors(&report.findings).map(|finding| finding.rule.name().to_owned());
    response.extensions_mut().insert(Note(each_once(names)));
    response
}

/// What stands behind a rule whose refusal was allowed.
fn allowed(finding: &Finding) -> &'static str {
    match finding.severity {
        Severity::Error => " (allowed)",
        Severity::Warning => "",
    }
}

/// The names of rules, for the terminal.
fn each_once(names: impl Iterator<Item = String>) -> String {
    let mut names: Vec<_> = names.collect();
    names.dedup();
    names.join(", ")
}

/// Rules and the places that they speak of, as far as a header can name them.
fn warnings(findings: &[Finding]) -> String {
    const MOST: usize = 10;
    let plain = |char: char| char.is_ascii_alphanumeric() || matches!(char, '/' | '_' | '-');
    let named = findings.iter().take(MOST).map(|finding| {
        let (rule, path) = (finding.rule.name(), finding.path.as_str());
        let is_told = path.len() <= 64 && path.chars().all(plain);
        let place = if is_told { format!(" {path}") } else { String::new() };
        format!("{rule}{place}{}", allowed(finding))
    });
    let mut named: Vec<_> = named.collect();
    if let more @ 1.. = findings.len().saturating_sub(MOST) {
        named.push(format!("+{more}"));
    }
    named.join(", ")
}

/// A task of its own: neither a closed tab nor a cut connection stops what has begun.
fn begin<T: Send + 'static>(
    app: &App,
    create: impl Future<Output = Result<T, Refusal>> + Send + 'static,
) -> Result<JoinHandle<Result<T, Refusal>>, Refusal> {
    let create = app.creates.track_future(create);
    // Asked only once the create is counted: a companion that stops either waits for it or does not let it begin.
    if app.creates.is_closed() {
        return Err(Refusal::new(Kind::Stopping).with_charge(Charge::None));
    }
    Ok(tokio::spawn(create))
}

/// A request that was checked, and who asks for it.
struct Create {
    app: Arc<App>,
    wish: Wish,
    key: ApiKey,
    body: Bytes,
    lang: Lang,
}

impl Create {
    async fn send_once(self) -> Result<(AttemptId, Response<Body>), Refusal> {
        loop {
            let begin = self.app.journal.begin(&self.wish).await;
            match begin.map_err(|error| not_journalled(&error))? {
                Begin::New(begun) => {
                    let id = begun.id;
                    return Ok((id, self.send(begun).await.to_response()));
                }
                Begin::Known(id, ending) => {
                    let outcome = wait_for(ending).await;
                    // Nothing came of that attempt, so there is nothing to repeat.
                    if outcome.fate() == Fate::NotMade {
                        continue;
                    }
                    let mut response = outcome.to_response();
                    let replayed = HeaderValue::from_static("true");
                    response.headers_mut().insert(REPLAYED, replayed);
                    return Ok((id, response));
                }
                Begin::Reused => {
                    return Err(Refusal::new(Kind::AttemptReused).with_charge(Charge::None));
                }
                Begin::PossibleRepeat(earlier) => return Err(possible_repeat(earlier)),
            }
        }
    }

    async fn send(mut self, begun: Begun) -> Arc<Outcome> {
        // A late answer may be waited for long after the body is needed no more.
        let body = std::mem::take(&mut self.body);
        let prompt = prompt_of(&body);
        let upstream = &self.app.upstream;
        let deadline = upstream.deadline();
        let call = Call::post_json(PATH.to_owned(), self.key.clone(), body);
        let (outcome, late) = match upstream.send(call).await {
            Ok(exchange) => {
                let outcome = self.listen(&exchange, deadline).await;
                let is_lost = outcome.fate() == Fate::Unknown;
                (outcome, is_lost.then_some(exchange))
            }
            Err(failure) => {
                let refusal = failure.into_refusal().with_charge(Charge::None);
                (Outcome::refused(&refusal, self.lang), None)
            }
        };
        let outcome = Arc::new(outcome);
        self.end(&begun, Arc::clone(&outcome), &prompt).await;
        if let Some(exchange) = late {
            tokio::spawn(self.listen_on(exchange, begun, prompt));
        }
        outcome
    }

    async fn listen(&self, exchange: &Exchange, deadline: Instant) -> Outcome {
        match exchange.answer(deadline, Some(&self.key)).await {
            Ok(outcome) => outcome,
            Err(failure) => match &failure.task_id {
                Some(task) => found_leniently(task, &failure),
                None => Outcome::refused(&explain(failure), self.lang),
            },
        }
    }

    /// Waits for an answer that whoever asked no longer waits for; the journal and the next one who asks get it.
    async fn listen_on(self, exchange: Exchange, begun: Begun, prompt: String) {
        let outcome = self.listen(&exchange, Instant::now() + LATE_TIME).await;
        if outcome.fate() != Fate::Unknown {
            self.end(&begun, Arc::new(outcome), &prompt).await;
        }
    }

    async fn end(&self, begun: &Begun, outcome: Arc<Outcome>, prompt: &str) {
        // A disk that fails only now costs the memory of this answer after a restart, not the answer.
        let _ = self.app.journal.end(begun, outcome, prompt).await;
    }
}

/// What an answer may repeat and the journal must not.
fn prompt_of(body: &[u8]) -> String {
    #[derive(Deserialize)]
    struct Draft {
        prompt: String,
    }
    serde_json::from_slice::<Draft>(body).map_or_else(|_| String::new(), |draft| draft.prompt)
}

/// The answer for whoever only needs to know the task, with what there was to find it in.
fn found_leniently(task: &str, failure: &Failure) -> Outcome {
    let answer = json!({
        "code": CREATED,
        "msg": "the task ID was found leniently: the API's response is damaged",
        "data": { "task_id": task },
        "upstream": failure.facts,
    });
    Outcome::answered(StatusCode::OK.as_u16(), answer.to_string(), Vec::new(), true)
}

/// Once the request is out, everything but an answer that can be read leaves its fate unknown; a status that says no is
/// one, whatever comes with it.
fn explain(failure: Failure) -> Refusal {
    let says_no = failure.facts.status.is_some_and(says_no);
    let facts = failure.facts.clone();
    match failure.kind {
        Kind::UpstreamTimeout | Kind::UpstreamCut if !says_no => lost().with_upstream(facts),
        _ if says_no => failure.into_refusal().with_charge(Charge::None),
        _ => failure.into_refusal().with_charge(Charge::Possible),
    }
}

fn lost() -> Refusal {
    Refusal::new(Kind::LostAnswer).with_charge(Charge::Possible)
}

fn not_journalled(error: &NotWritten) -> Refusal {
    let refusal = Refusal::new(Kind::JournalFailed).with_charge(Charge::None);
    match error {
        NotWritten::Replaced => refusal.saying(
            "The journal was replaced, changed or deleted while the companion was running, so nothing was sent. Restore the file and restart the companion.",
            "本地助手运行期间，日志文件被替换、修改或删除，因此没有发送。请恢复该文件并重新启动本地助手。",
        ),
        NotWritten::Failed(_) => refusal,
    }
}

fn possible_repeat(earlier: Earlier) -> Refusal {
    let ended = Duration::from_secs(earlier.at);
    let ago = SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default().saturating_sub(ended).as_secs();
    let fresh = AttemptId::random();
    Refusal::new(Kind::PossibleRepeat)
        .saying(
            format!(
                "An identical request was sent {ago} s ago and its response was lost: the task may have been created and charged. Nothing was sent now. Look for the task in the console; if there is none, send the request again with the header Seedance-Attempt: {fresh}."
            ),
            format!(
                "{ago} 秒前已发送过相同的请求，但未收到响应：任务可能已创建并计费。本次没有发送。请先到控制台查找该任务；如果没有，请加上请求头 Seedance-Attempt: {fresh} 再次发送。"
            ),
        )
        .with_charge(Charge::None)
        .with_repeated(earlier)
}

fn attempt_id(headers: &HeaderMap, caller: &str) -> Result<Option<AttemptId>, Refusal> {
    if let Some(id) = gate::at_most_once(headers, &ATTEMPT).map_err(|()| bad_attempt_id())? {
        return id.parse().map(Some).map_err(|()| bad_attempt_id());
    }
    let key = gate::at_most_once(headers, &IDEMPOTENCY_KEY);
    match key.map_err(|()| bad_idempotency_key())? {
        Some(key) if key.is_empty() || key.len() > MAX_IDEMPOTENCY_KEY => {
            Err(bad_idempotency_key())
        }
        Some(key) => {
            Ok(Some(key.parse().unwrap_or_else(|()| AttemptId::from_idempotency_key(key, caller))))
        }
        None => Ok(None),
    }
}

fn bad_idempotency_key() -> Refusal {
    Refusal::new(Kind::BadRequest).saying(
        format!("Idempotency-Key must be sent once, with 1 to {MAX_IDEMPOTENCY_KEY} visible ASCII characters."),
        format!("Idempotency-Key 只能发送一次，须为 1 到 {MAX_IDEMPOTENCY_KEY} 个可见 ASCII 字符。"),
    )
}

fn facts(headers: &HeaderMap) -> Result<Facts, Refusal> {
    if !headers.contains_key(MEDIA) {
        return Ok(Facts::default());
    }
    let text = gate::single(headers, &MEDIA)
        .ok_or_else(|| bad_media("this header may be sent only once", "该请求头只能发送一次"))?;
    Facts::from_slice(text.as_bytes()).map_err(|error| bad_facts(&error))
}

fn bad_facts(error: &seedance_core::FactsError) -> Refusal {
    bad_media(&error.message(Lang::En), &error.message(Lang::Zh))
}

fn bad_media(en: &str, zh: &str) -> Refusal {
    Refusal::new(Kind::BadRequest)
        .saying(format!("Seedance-Media: {en}"), format!("Seedance-Media：{zh}"))
        .with_charge(Charge::None)
}
