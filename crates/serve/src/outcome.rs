//! How an attempt ended, and what that says of its task.

use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};
use seedance_core::{CreateAnswer, Lang, read_create_answer};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::guard::redact;
use crate::refusal::{Charge, Refusal};

/// No real response of the API comes near this.
pub(crate) const MAX_ANSWER: usize = 1024 * 1024;
/// What is kept of a response's headers: so many, and of each so many bytes of its name and its text. The journal reserves
/// room for them.
pub(crate) const MOST_HEADERS: usize = 32;
pub(crate) const MAX_HEADER: usize = 100;
/// Set on an answer that was found in a damaged response.
const LENIENT: &str = "seedance-lenient";

/// The one end of an attempt, given to whoever asks for it again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Outcome {
    pub(crate) state: State,
    pub(crate) status: u16,
    /// The JSON text of the answer, as it came.
    pub(crate) answer: String,
    /// Headers of the answer that matter to a client.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) headers: Vec<(String, String)>,
}

/// Whose answer an outcome is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum State {
    /// The API's.
    Answered,
    /// The companion's, there being none of the API.
    Failed,
}

/// What an attempt came to, which decides what the same request may do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// A task was made.
    Made,
    /// Certainly no task was made.
    NotMade,
    /// Nobody knows.
    Unknown,
}

impl Outcome {
    /// The API's own answer; one that was found in a damaged response says so in a header.
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

    /// Read from the answer, so that it is the same before and after a restart.
    pub(crate) fn fate(&self) -> Fate {
        match self.state {
            State::Failed => {
                let answer: Value = serde_json::from_str(&self.answer).unwrap_or_default();
                let is_free = answer.pointer("/error/charge") == Some(&json!(Charge::None));
                if is_free { Fate::NotMade } else { Fate::Unknown }
            }
            State::Answered => {
                let answer = read_create_answer(self.answer.as_bytes(), self.status);
                match (answer, self.status) {
                    (CreateAnswer::Created { .. }, _) => Fate::Made,
                    (CreateAnswer::Unknown(answer), _) if answer.task_id.is_some() => Fate::Unknown,
                    (_, status) if says_no(status) => Fate::NotMade,
                    (CreateAnswer::Refused(_), ..500) => Fate::NotMade,
                    _ => Fate::Unknown,
                }
            }
        }
    }

    /// The task that was made, and what it cost, as far as the answer says so.
    pub(crate) fn task(&self) -> Option<(String, seedance_core::Charge)> {
        match read_create_answer(self.answer.as_bytes(), self.status) {
            CreateAnswer::Created { task_id, charge, .. } if self.state == State::Answered => {
                Some((task_id, charge))
            }
            _ => None,
        }
    }

    /// The same without what the answer repeats of a prompt.
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

/// Whether a status says that the API did not take a create up. A proxy that ran out of patience (408) does not know.
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
            (401, created, Fate::Made),
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
