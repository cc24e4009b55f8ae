//! A create: checked, priced, written down, sent once. The bytes that were checked are the bytes that are sent.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::extract::{Extension, State};
use axum::http::header::{ACCEPT_LANGUAGE, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode};
use axum::response::IntoResponse;
use seedance_core::{Facts, Job, Lang};
use tokio::task::{JoinHandle, spawn_blocking};

use crate::guard::gate;
use crate::guard::key::ApiKey;
use crate::guard::seats::Peer;
use crate::journal::attempt::{AttemptId, DraftHash, Outcome};
use crate::journal::{Begin, Begun, wait_for};
use crate::refusal::{Charge, Kind, Refusal};
use crate::routes::app::{App, Caller};
use crate::routes::body::{self, MAX_CREATE};
use crate::upstream::{Call, Failure, FailureKind};

/// The one path that spends money.
pub(crate) const PATH: &str = "/api/open-api/v1/seedance/videos";

/// The client's own id of this attempt; the same id again is answered from the journal and never sent twice.
const ATTEMPT: HeaderName = HeaderName::from_static("seedance-attempt");
/// What the client measured of the reference videos, as media facts in JSON; it bears on the price alone.
const MEDIA: HeaderName = HeaderName::from_static("seedance-media");
/// Set on an answer that comes from the journal.
const REPLAYED: HeaderName = HeaderName::from_static("seedance-replayed");

type Answered = Result<Response<Body>, Refusal>;

pub(crate) async fn create(
    State(app): State<Arc<App>>,
    Caller(key): Caller,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
    body: Body,
) -> Answered {
    gate::require_json(&headers)?;
    let id = attempt_id(&headers)?;
    let facts = facts(&headers)?;
    let body = body::read(body, MAX_CREATE).await?;
    let (judge, checked, lang) = (Arc::clone(&app), body.clone(), lang(&headers));
    let objections = move || objections(&judge, &checked, facts, lang);
    if let Some(report) = app.checks.run(peer, objections).await? {
        return Ok(report);
    }
    let sending = begin(&app, send_once(Arc::clone(&app), key, id.clone(), body))?;
    let mut response = sending.await.map_err(|_| lost())??;
    let name = HeaderValue::from_str(id.as_str()).expect("an attempt id is plain ASCII");
    response.headers_mut().insert(ATTEMPT, name);
    Ok(response)
}

pub(crate) fn bad_attempt_id() -> Refusal {
    Refusal::new(Kind::BadRequest).saying(
        "An attempt id is a UUID such as 0f8fad5b-d9cb-469f-a165-70867728950e.",
        "尝试编号须为 UUID，例如 0f8fad5b-d9cb-469f-a165-70867728950e。",
    )
}

/// What speaks against sending this body: the report of a request that the rules refuse, or a price above the cap.
fn objections(
    app: &App,
    body: &Bytes,
    facts: Facts,
    lang: Lang,
) -> Result<Option<Response<Body>>, Refusal> {
    let job = Job::new(&body[..])
        .with_facts(facts)
        .map_err(|error| bad_facts(&error))?;
    let report = job.check(lang);
    if !report.accepted {
        let report = serde_json::to_string(&report).expect("a report is plain data");
        let json = (CONTENT_TYPE, HeaderValue::from_static("application/json"));
        return Ok(Some(
            (StatusCode::UNPROCESSABLE_ENTITY, [json], report).into_response(),
        ));
    }
    match &app.cap {
        Some(cap) => cap.judge(&job, lang).map(|()| None),
        None => Ok(None),
    }
}

/// A task of its own: neither a closed tab nor a cut connection stops what has begun.
fn begin(
    app: &App,
    create: impl Future<Output = Answered> + Send + 'static,
) -> Result<JoinHandle<Answered>, Refusal> {
    let create = app.creates.track_future(create);
    // Asked only once the create is counted: a companion that stops either waits for it or does not let it begin.
    if app.creates.is_closed() {
        return Err(Refusal::new(Kind::Stopping).with_charge(Charge::None));
    }
    Ok(tokio::spawn(create))
}

async fn send_once(app: Arc<App>, key: ApiKey, id: AttemptId, body: Bytes) -> Answered {
    let draft = DraftHash::of(&body);
    let journal = Arc::clone(&app.journal);
    let begin = spawn_blocking(move || journal.begin(&id, &draft))
        .await
        .map_err(|_| not_journalled())?;
    match begin.map_err(|_| not_journalled())? {
        Begin::New(begun) => Ok(send(&app, key, begun, body).await.to_response()),
        Begin::Known(outcome) => {
            let mut response = wait_for(outcome).await.to_response();
            response
                .headers_mut()
                .insert(REPLAYED, HeaderValue::from_static("true"));
            Ok(response)
        }
        Begin::Reused => Err(Refusal::new(Kind::AttemptReused).with_charge(Charge::None)),
    }
}

async fn send(app: &App, key: ApiKey, begun: Begun, body: Bytes) -> Arc<Outcome> {
    let outcome = match app
        .upstream
        .call(Call::post_json(PATH.to_owned(), key, body))
        .await
    {
        Ok(answer) => Outcome::from(answer),
        Err(failure) => Outcome::from(explain(failure)),
    };
    let outcome = Arc::new(outcome);
    let (journal, written) = (Arc::clone(&app.journal), Arc::clone(&outcome));
    // A disk that fails only now costs the memory of this answer after a restart, not the answer.
    let _ = spawn_blocking(move || journal.end(begun, written)).await;
    outcome
}

/// Once the request is out, everything but a whole answer leaves its fate unknown.
fn explain(failure: Failure) -> Refusal {
    match failure.kind {
        FailureKind::Unreachable => failure.into_refusal().with_charge(Charge::None),
        FailureKind::TimedOut | FailureKind::Cut => lost().with_upstream(failure.facts),
        _ => failure.into_refusal().with_charge(Charge::Possible),
    }
}

fn lost() -> Refusal {
    Refusal::new(Kind::LostAnswer).with_charge(Charge::Possible)
}

fn not_journalled() -> Refusal {
    Refusal::new(Kind::JournalFailed).with_charge(Charge::None)
}

fn attempt_id(headers: &HeaderMap) -> Result<AttemptId, Refusal> {
    if !headers.contains_key(ATTEMPT) {
        return Ok(AttemptId::random());
    }
    let text = gate::single(headers, &ATTEMPT)
        .and_then(|header| header.to_str().ok())
        .ok_or_else(bad_attempt_id)?;
    text.parse().map_err(|()| bad_attempt_id())
}

fn facts(headers: &HeaderMap) -> Result<Facts, Refusal> {
    if !headers.contains_key(MEDIA) {
        return Ok(Facts::default());
    }
    let text = gate::single(headers, &MEDIA)
        .ok_or_else(|| bad_media("this header may be sent only once", "该请求头只能发送一次"))?;
    Facts::from_text(text.as_bytes()).map_err(|error| bad_facts(&error))
}

fn bad_facts(error: &seedance_core::FactsError) -> Refusal {
    bad_media(&error.message(Lang::En), &error.message(Lang::Zh))
}

fn bad_media(en: &str, zh: &str) -> Refusal {
    Refusal::new(Kind::BadRequest)
        .saying(
            format!("Seedance-Media: {en}"),
            format!("Seedance-Media：{zh}"),
        )
        .with_charge(Charge::None)
}

/// The language that the client's person reads: the first that it names, Chinese or else English.
fn lang(headers: &HeaderMap) -> Lang {
    let first = headers
        .get(ACCEPT_LANGUAGE)
        .map_or(&b""[..], HeaderValue::as_bytes);
    if first
        .get(..2)
        .is_some_and(|tag| tag.eq_ignore_ascii_case(b"zh"))
    {
        Lang::Zh
    } else {
        Lang::En
    }
}
