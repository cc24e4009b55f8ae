//! How an attempt ended, whether it made a task, and which one.

use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use seedance_core::{Charge, CreateAnswer, Edition, Lang, UnknownAnswer, read_create_answer};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::guard::redact;
use crate::refusal::{ChargeRisk, Refusal};
use crate::text::JSON;

/// The longest response that is kept, in bytes: far above any real one of the API.
pub(crate) const MAX_ANSWER: usize = 1024 * 1024;
pub(crate) const MAX_TASK_ID: usize = 128;
/// The codes of an answer that is no failure, or says nothing.
const NO_FAILURE: [&str; 3] = ["0", "20000", "null"];
/// The names of the member that holds the task ID in an answer.
const TASK_ID: [&str; 2] = ["task_id", "taskId"];
/// What strings begin and end with, in JSON within a string of JSON, too.
const QUOTES: [char; 3] = ['"', '\'', '\\'];
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

/// What a request says that an answer may repeat.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    /// The journal must not contain it.
    prompt: String,
    /// Usually a text; kept in the journal if the rules know it.
    #[serde(default)]
    model: Value,
}

/// Whose answer an outcome holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum State {
    /// The API's.
    Answered,
    /// The companion's refusal, for want of a usable one of the API.
    Failed,
}

/// What became of an attempt, which decides whether the same request may be sent again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    Made,
    /// Certainly no task was made.
    NotMade,
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
                _ if names_task(&self.answer) => Fate::Unknown,
                _ if says_no(self.status) => Fate::NotMade,
                CreateAnswer::Refused(_) if self.status < 500 => Fate::NotMade,
                _ => Fate::Unknown,
            },
        }
    }

    /// The ID and the charge of the task that the answer names, even if it does not tell whether the task was made.
    pub(crate) fn task(&self) -> Option<(String, Charge)> {
        match read_create_answer(self.answer.as_bytes(), self.status) {
            CreateAnswer::Created { task_id, charge, .. }
            | CreateAnswer::Unknown(UnknownAnswer { task_id: Some(task_id), charge, .. }) => {
                Some((task_id, charge))
            }
            // Where no answer of the API names it, or in a refusal of the companion's own.
            _ => Some((find_task(&self.answer)?.to_owned(), Charge::default())),
        }
    }

    /// A copy in which `[prompt]` replaces every text repeated from the prompt, without headers that have it in their names. A
    /// prompt may begin like the task's ID or the model, which the journal needs: those stay.
    pub(crate) fn without_prompt(&self, asked: &Asked) -> Self {
        let id = self.task().map(|(id, _)| id).filter(|id| is_task_id(id));
        let is_known = |model: &&str| {
            Edition::ALL.into_iter().any(|edition| edition.find_model(model).is_some())
        };
        let model = asked.model.as_str().filter(is_known);
        let names: Vec<_> = id.as_deref().into_iter().chain(model).collect();
        let cut = |text: &str| {
            let kept = redact::beginnings(text.as_bytes(), &asked.prompt, &names, b"[prompt]");
            String::from_utf8_lossy(&kept).into_owned()
        };
        let headers = self.headers.iter().filter(|(name, _)| cut(name) == *name);
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
        let headers = self.headers.iter();
        let headers: HeaderMap = headers
            .filter_map(|(name, value)| Some((name.parse().ok()?, value.parse().ok()?)))
            .collect();
        (status, [(CONTENT_TYPE, JSON)], headers, self.answer).into_response()
    }
}

/// Whether this status means that the API refused a create: 4xx except 408, which a proxy sends when it gives up waiting.
pub(crate) fn says_no(status: u16) -> bool {
    matches!(status, 400..=499) && status != 408
}

/// Whether this text can be a task ID. It becomes a segment of a path, where `.` and `..` would lead elsewhere.
pub(crate) fn is_task_id(text: &str) -> bool {
    (1..=MAX_TASK_ID).contains(&text.len())
        && text.chars().all(is_of_task_id)
        && !matches!(text, "." | "..")
}

fn is_of_task_id(char: char) -> bool {
    char.is_ascii_alphanumeric() || matches!(char, '_' | '-' | '.' | ':' | '=')
}

/// The task ID in a text that may be broken JSON; `None` if there is no whole one, or several.
pub(crate) fn find_task(text: &str) -> Option<&str> {
    let mut ids = task_values(text)
        .filter_map(|value| value.strip_prefix('"')?.split_once('"'))
        .map(|(id, _)| id)
        .filter(|id| is_task_id(id));
    let first = ids.next()?;
    ids.all(|id| id == first).then_some(first)
}

/// Whether such a text speaks of a task at all, even if its ID is cut off.
pub(crate) fn names_task(text: &str) -> bool {
    task_values(text).next().is_some()
}

/// Whether such a text has a `code` of a failure, or one that is cut off.
pub(crate) fn names_failure(text: &str) -> bool {
    values(text, "\"code").map(word).any(|code| !NO_FAILURE.contains(&code))
}

/// What follows each `task_id` and its colon.
fn task_values(text: &str) -> impl Iterator<Item = &str> {
    TASK_ID.into_iter().flat_map(|name| values(text, name)).filter(|value| may_be_an_id(value))
}

/// What follows each such name and its colon, in quotes of any kind or none, as far as the text goes on.
fn values<'a>(text: &'a str, name: &str) -> impl Iterator<Item = &'a str> {
    text.split(name)
        .skip(1)
        .filter_map(|after| after.trim_start_matches(QUOTES).trim_start().strip_prefix(':'))
        .map(str::trim_start)
}

/// The characters that an ID can have, up to the first other one, without quotes in front.
fn word(value: &str) -> &str {
    let bare = value.trim_start_matches(QUOTES);
    bare.split(|char| !is_of_task_id(char)).next().unwrap_or_default()
}

/// Whether an ID may begin here: not with an empty string, nor with a bare word without digits, such as `null`.
fn may_be_an_id(value: &str) -> bool {
    let bare = value.trim_start_matches(QUOTES);
    match word(bare) {
        // The text may end here, or the ID be inside an array or an object.
        "" => bare.is_empty() || bare.starts_with(['[', '{']),
        word => bare.len() < value.len() || word.bytes().any(|byte| byte.is_ascii_digit()),
    }
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
            (400, r#"{"code":20002,"data":{"task\u005fid":"vid_1"}}"#, Fate::Unknown),
            // The answer of another server within a message.
            (400, r#"{"msg":"{\"data\":{\"task_id\":\"vid_1\"}}"}"#, Fate::Unknown),
            (200, r#"{"code":20002,"msg":"{\"data\":{\"task_id\":\"vid_1\"}}"}"#, Fate::Unknown),
            (400, r#"{"msg":"{\"task_id\":null}"}"#, Fate::NotMade),
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

    #[test]
    fn a_task_id_is_found_in_what_is_not_json() {
        for text in [
            r#"{"data":{"task_id":"vid_1","status":"queued"#,
            "\u{feff}{\"task_id\": \"vid_1\"}",
            r#"{"code":40003,"taskId":"vid_1","#,
            r#"{"task_id":null} {"task_id" : "vid_1"} {"task_id":"vid_1"}"#,
        ] {
            assert_eq!(find_task(text), Some("vid_1"), "{text}");
        }
    }

    #[test]
    fn a_failure_is_found_in_what_is_not_json() {
        for text in [
            r#"{"code":-1,"data""#,
            r#"{"code" : "20002"}"#,
            r#"{"code":200001}"#,
            r#"{"code":"#,
            r#"{"code":"busy"}"#,
            r#"{"code":0,"error":{"code":7}}"#,
            r#""{\"code\":\"-1\"}""#,
        ] {
            assert!(names_failure(text), "{text}");
        }
        for text in [
            r#"{"code":20000,"data""#,
            r#"{"code" : "0"}"#,
            r#"{"code":null,"codec":-1,"status_code":200}"#,
            r#"{"msg":"error code: -1"}"#,
            r#""{\"code\":20000}""#,
            "",
        ] {
            assert!(!names_failure(text), "{text}");
        }
    }

    #[test]
    fn half_an_id_and_two_ids_are_unclear() {
        for text in [
            r#"{"task_id":"vid_1"#,
            r#"{"task_id":""#,
            r#"{"task_id":"#,
            r#"{"task_id":17"#,
            r#"{"task_id":"a b"}"#,
            r#"{"task_id":["vid_1"]}"#,
            r#"{"task_id":"vid_1"}{"task_id":"vid_2"}"#,
            r#"{"task_id":"vid_1","taskId":"vid_2"}"#,
            r#"{"task_id":"task_id_1"}"#,
            r#""{\"task_id\":\"vid_1\"}""#,
            "{'task_id':'vid_1'}",
            "{task_id:vid_1}",
            "task_id: vid_1",
        ] {
            assert!(names_task(text) && find_task(text).is_none(), "{text}");
        }
    }

    #[test]
    fn no_id_is_none() {
        for text in [
            r#"{"task_id":null}"#,
            r#"{"task_id":""}"#,
            r#"{"msg":"task_id: not found"}"#,
            r#"{"task_ids":["vid_1"]}"#,
            r#""{\"task_id\":null,\"taskId\":\"\"}""#,
            "{'task_id':'', 'taskId':None}",
            "task_id",
            "",
        ] {
            assert!(!names_task(text), "{text}");
        }
    }
}
