//! How an attempt ended, and whether it made a task.

use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};
use seedance_core::{CreateAnswer, Lang, read_create_answer};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::guard::redact;
use crate::refusal::{ChargeRisk, Refusal};
use crate::task::{Mention, find_task};

/// The longest response that is kept, in bytes: far above any real one of the API.
pub(crate) const MAX_ANSWER: usize = 1024 * 1024;
/// How many headers of a response are kept at most. The journal reserves room for them.
pub(crate) const MOST_HEADERS: usize = 32;
/// The most bytes of a header's name, and of its value.
pub(crate) const MAX_HEADER: usize = 100;
/// The header that marks an answer taken from a damaged response.
const LENIENT: &str = "seedance-lenient";

/// The answer to a call. For an attempt it is recorded, and given again to whoever repeats the attempt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Outcome {
    pub(crate) state: State,
    pub(crate) status: u16,
    /// The answer's JSON text; the API's own is unchanged except for redacted secrets.
    pub(crate) answer: String,
    /// The headers of the API's answer that are passed on to the client.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) headers: Vec<(String, String)>,
}

/// Whose answer an outcome holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum State {
    /// The API's answer.
    Answered,
    /// The companion's refusal, for want of a usable answer of the API.
    Failed,
}

/// What became of an attempt, which decides whether the same request may be sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// A task was made.
    Made,
    /// Certainly no task was made.
    NotMade,
    /// Whether a task was made is unknown.
    Unknown,
}

impl Outcome {
    /// The API's own answer, with a header that says so if it was taken from a damaged response.
    pub(crate) fn answered(
        status: u16,
        answer: String,
        mut headers: Vec<(String, String)>,
        is_damaged: bool,
    ) -> Self {
        if is_damaged {
            headers.push((LENIENT.to_owned(), "true".to_owned()));
        }
        Self { state: State::Answered, status, answer, headers }
    }

    pub(crate) fn refused(refusal: &Refusal, lang: Lang) -> Self {
        Self {
            state: State::Failed,
            status: refusal.status().as_u16(),
            answer: refusal.to_json(lang),
            headers: Vec::new(),
        }
    }

    /// Determined from the answer alone.
    pub(crate) fn fate(&self) -> Fate {
        match self.state {
            State::Failed => {
                let answer: Value = serde_json::from_str(&self.answer).unwrap_or_default();
                let is_free = answer.pointer("/error/charge") == Some(&json!(ChargeRisk::None));
                if is_free { Fate::NotMade } else { Fate::Unknown }
            }
            State::Answered => match read_create_answer(self.answer.as_bytes(), self.status) {
                CreateAnswer::Created { .. } => Fate::Made,
                CreateAnswer::Unknown(answer) if answer.task_id.is_some() => Fate::Unknown,
                // A refusal that names a task where no answer of the API does.
                _ if find_task(self.answer.as_bytes()) != Mention::None => Fate::Unknown,
                _ if says_no(self.status) => Fate::NotMade,
                CreateAnswer::Refused(_) if self.status < 500 => Fate::NotMade,
                _ => Fate::Unknown,
            },
        }
    }

    /// The ID and the charge of the task that was made, if the answer names one.
    pub(crate) fn task(&self) -> Option<(String, seedance_core::Charge)> {
        match read_create_answer(self.answer.as_bytes(), self.status) {
            CreateAnswer::Created { task_id, charge, .. } if self.state == State::Answered => {
                Some((task_id, charge))
            }
            _ => None,
        }
    }

    /// A copy in which `[prompt]` replaces every text repeated from the prompt.
    pub(crate) fn without(&self, prompt: &str) -> Self {
        let cut = |text: &str| {
            let kept = redact::beginnings(text.as_bytes(), prompt, b"[prompt]");
            String::from_utf8_lossy(&kept).into_owned()
        };
        let headers = self.headers.iter();
        Self {
            answer: cut(&self.answer),
            headers: headers.map(|(name, value)| (name.clone(), cut(value))).collect(),
            ..self.clone()
        }
    }
}

impl IntoResponse for Outcome {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::BAD_GATEWAY);
        let described = [(CONTENT_TYPE, "application/json")];
        let mut response = (status, described, self.answer).into_response();
        for (name, value) in self.headers {
            if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), value.parse()) {
                response.headers_mut().insert(name, value);
            }
        }
        response
    }
}

/// Whether this status means that the API refused a create: 4xx except 408, which a proxy sends when it gives up waiting.
pub(crate) fn says_no(status: u16) -> bool {
    matches!(status, 400..=499) && status != 408
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_answer_came_to_is_read_from_it() {
        let fate = |state, status, answer: &str| {
            Outcome { state, status, answer: answer.to_owned(), headers: Vec::new() }.fate()
        };
        let created = r#"{"code":0,"data":{"task_id":"vid_1"}}"#;
        for (status, answer, expected) in [
            (200, created, Fate::Made),
            (200, r#"{"code":20002,"msg":"no"}"#, Fate::NotMade),
            (429, "{}", Fate::NotMade),
            (401, "{}", Fate::NotMade),
            (408, "{}", Fate::Unknown),
            (500, "{}", Fate::Unknown),
            (503, r#"{"code":20002}"#, Fate::Unknown),
            (200, r#"{"code":-1,"data":{"task_id":"vid_1"}}"#, Fate::Unknown),
            (400, r#"{"code":40003,"data":{"task_id":"vid_1"}}"#, Fate::Unknown),
            (400, r#"{"code":40003,"taskId":"vid_1","data":{}}"#, Fate::Unknown),
            (401, created, Fate::Made),
            (400, r#"{"error":{"message":"x","task_id":"vid_1"}}"#, Fate::Unknown),
            (400, r#"{"code":20002,"data":{"task_id":null}}"#, Fate::NotMade),
            (200, "{}", Fate::Unknown),
            (200, r#"{"code":0,"data":{}}"#, Fate::Unknown),
        ] {
            assert_eq!(fate(State::Answered, status, answer), expected, "{status} {answer}");
        }
        let refused = |charge| format!(r#"{{"error":{{"charge":"{charge}"}}}}"#);
        assert_eq!(fate(State::Failed, 502, &refused("none")), Fate::NotMade);
        assert_eq!(fate(State::Failed, 409, &refused("possible")), Fate::Unknown);
        assert_eq!(fate(State::Failed, 502, "{}"), Fate::Unknown);
    }
}
