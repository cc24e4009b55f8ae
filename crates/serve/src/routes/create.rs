//! Creates: checked, priced, journalled, and sent once. The bytes that were checked are the bytes that are sent.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{Extension, State};
use axum::http::{HeaderMap, HeaderName};
use axum::response::IntoResponse;
use seedance_core::Lang;
use serde_json::json;
use tokio::time::Instant;
use tokio_util::task::task_tracker::TaskTrackerToken;

use crate::attempt::{AttemptId, Fingerprint, id_of_idempotency_key};
use crate::guard::gate;
use crate::guard::key::ApiKey;
use crate::guard::seats::Peer;
use crate::journal::{Begin, Begun, wait_for};
use crate::outcome::{Asked, Fate, Outcome, find_task, names_failure, names_task, says_no};
use crate::refusal::{ChargeRisk, Kind, Refusal};
use crate::routes::body::{self, MAX_JSON};
use crate::routes::check::{Checked, Terms, check, warned};
use crate::routes::{Answered, App, lang};
use crate::text::JSON;
use crate::upstream::{Call, Exchange, Failure};

/// The one path that spends money.
pub(crate) const PATH: &str = "/api/open-api/v1/seedance/videos";
/// The same path as some clients build it.
pub(crate) const PATH_WITH_SLASH: &str = "/api/open-api/v1/seedance/videos/";

/// The client's ID for this attempt. A repeated ID is answered from the journal, unless certainly no task was made.
const ATTEMPT: HeaderName = HeaderName::from_static("seedance-attempt");
/// The same under the name that other clients use, with any value.
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// The header that marks the answer of an earlier attempt.
const REPLAYED: HeaderName = HeaderName::from_static("seedance-replayed");
const MAX_IDEMPOTENCY_KEY: usize = 255;
/// How long to go on listening for a late answer, to get it into the journal.
const LATE_TIME: Duration = Duration::from_secs(10 * 60);
/// The API's code for a task that was made.
const CREATED: u16 = 20000;

pub(crate) async fn create(
    State(app): State<Arc<App>>,
    key: ApiKey,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
    body: Body,
) -> Answered {
    gate::require_type(&headers, JSON, "")?;
    let caller = key.fingerprint();
    let id = attempt_id(&headers, &caller)?;
    let terms = Terms::of(&app, &peer, &headers)?;
    let body = body::read(body, MAX_JSON).await?;
    let lang = lang(&headers, app.options.lang);
    let findings = match check(&app, &peer, body.clone(), terms, lang).await? {
        Checked::Passed(findings) => findings,
        Checked::Refused(report) => return Ok(report),
    };
    let sends = Fingerprint::new(&body, caller);
    let create = Create { app: Arc::clone(&app), sends, key, body, lang };
    let Answer { id, outcome, is_earlier } = create.answer(id).await?;
    // Not reached if the client hung up before: it has not seen the answer, and may ask again.
    app.journal.told(&id, &outcome);
    let replayed = is_earlier.then_some([(REPLAYED, "true")]);
    let attempt = [(ATTEMPT, id.to_string())];
    Ok((replayed, attempt, warned(&findings), Arc::unwrap_or_clone(outcome)).into_response())
}

pub(crate) fn bad_attempt_id() -> Refusal {
    Kind::BadRequest.saying(words!(
        "Seedance-Attempt must be a UUID such as 0f8fad5b-d9cb-469f-a165-70867728950e.",
        "Seedance-Attempt 须为 UUID，例如 0f8fad5b-d9cb-469f-a165-70867728950e。"
    ))
}

/// A request that was checked and is to be sent.
struct Create {
    app: Arc<App>,
    sends: Fingerprint,
    key: ApiKey,
    body: Bytes,
    lang: Lang,
}

/// What a request is answered with.
struct Answer {
    id: AttemptId,
    outcome: Arc<Outcome>,
    /// Whether an earlier request came to this outcome.
    is_earlier: bool,
}

impl Create {
    /// Sends the request, or waits for an earlier one that it repeats.
    async fn answer(self, id: Option<AttemptId>) -> Result<Answer, Refusal> {
        loop {
            // Counted before this is asked: a stopping companion either waits for a create or does not let it begin.
            let counted = self.app.creates.token();
            if self.app.creates.is_closed() {
                return Err(Kind::Stopping.into());
            }
            let Begin { id, ending, begun } = self.app.journal.begin(id, &self.sends)?;
            if let Some(begun) = begun {
                // In a separate task, so that neither a closed tab nor a broken connection stops what has begun.
                tokio::spawn(self.send(begun, counted));
                return Ok(Answer { id, outcome: wait_for(ending).await, is_earlier: false });
            }
            // If the client hangs up while it waits for an earlier attempt, nothing begins for it.
            let outcome = wait_for(ending).await;
            // If certainly no task was made by an earlier attempt, this request makes one of its own.
            if outcome.fate() != Fate::NotMade {
                return Ok(Answer { id, outcome, is_earlier: true });
            }
        }
    }

    async fn send(mut self, begun: Begun, counted: TaskTrackerToken) {
        let journal = &self.app.journal;
        if let Err(refusal) = journal.write_begin(&begun).await {
            return begun.tell(Outcome::refused(&refusal, self.lang));
        }
        // Dropped once sent: a late answer may be waited for long after the body is needed.
        let body = std::mem::take(&mut self.body);
        let asked: Asked = serde_json::from_slice(&body).unwrap_or_default();
        let upstream = &self.app.upstream;
        let deadline = Instant::now() + upstream.answer_time;
        let call = Call::post_json(PATH.to_owned(), self.key.clone(), body);
        let exchange = match upstream.send(call).await {
            Ok(exchange) => exchange,
            Err(refusal) => {
                let refusal = refusal.with_charge(ChargeRisk::None);
                return journal.end(&begun, Outcome::refused(&refusal, self.lang), &asked).await;
            }
        };
        let outcome = self.listen(&exchange, deadline).await;
        let is_lost = outcome.fate() == Fate::Unknown;
        journal.end(&begun, outcome.clone(), &asked).await;
        // A stopping companion does not wait for a late answer, which is recorded for the client's next request.
        drop(counted);
        if is_lost {
            let late = self.listen(&exchange, Instant::now() + LATE_TIME).await;
            // It may name the task even if it does not tell what became of it.
            if late != outcome {
                journal.end(&begun, late, &asked).await;
            }
        }
    }

    async fn listen(&self, exchange: &Exchange, deadline: Instant) -> Outcome {
        let mut failure = match exchange.answer(deadline).await {
            Ok(outcome) => return outcome,
            Err(failure) => failure,
        };
        let is_error =
            failure.facts.status.is_none_or(|status| status >= 400) || names_failure(&failure.text);
        match find_task(&failure.text) {
            Some(task) if !is_error => found_leniently(task, &failure),
            // As in a whole answer, the task of an error may have been made.
            task => {
                failure.facts.task_id = task.map(str::to_owned);
                Outcome::refused(&explain(failure), self.lang)
            }
        }
    }
}

/// An answer like the API's with the task ID found in a damaged response, and what is known of that response.
fn found_leniently(task: &str, failure: &Failure) -> Outcome {
    let answer = json!({
        "code": CREATED,
        "msg": "the task ID was found leniently: the API's response is damaged",
        "data": { "task_id": task },
        "upstream": failure.facts,
    });
    Outcome::answered(200, answer.to_string(), Vec::new(), true)
}

/// The refusal for a request that was sent but got no readable answer. Its fate is unknown unless the status means that the
/// API refused it, the response was read to its end, and nothing in it speaks of a task.
fn explain(mut failure: Failure) -> Refusal {
    let is_read = failure.kind == Kind::UpstreamNotJson;
    if is_read && failure.facts.status.is_some_and(says_no) && !names_task(&failure.text) {
        return Refusal::from(failure).with_charge(ChargeRisk::None);
    }
    if matches!(failure.kind, Kind::UpstreamTimeout | Kind::UpstreamCut) {
        failure.kind = Kind::LostAnswer;
    }
    Refusal::from(failure).with_charge(ChargeRisk::Possible)
}

fn attempt_id(headers: &HeaderMap, caller: &str) -> Result<Option<AttemptId>, Refusal> {
    if let Some(id) = gate::at_most_once(headers, &ATTEMPT).map_err(|()| bad_attempt_id())? {
        return id.parse().map(Some).map_err(|_| bad_attempt_id());
    }
    match gate::at_most_once(headers, &IDEMPOTENCY_KEY) {
        Ok(None) => Ok(None),
        Ok(Some(key)) if (1..=MAX_IDEMPOTENCY_KEY).contains(&key.len()) => {
            Ok(Some(key.parse().unwrap_or_else(|_| id_of_idempotency_key(key, caller))))
        }
        Ok(Some(_)) | Err(()) => Err(Kind::BadRequest.saying(words!(
            "Idempotency-Key must be sent once, with 1 to {MAX_IDEMPOTENCY_KEY} visible ASCII characters.",
            "Idempotency-Key 只能发送一次，须为 1 到 {MAX_IDEMPOTENCY_KEY} 个可见 ASCII 字符。"
        ))),
    }
}
