//! What names an attempt to create a task, and how an attempt ended.

use std::str::FromStr;

use axum::body::Body;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderName, HeaderValue, Response, StatusCode};
use seedance_core::{CreateAnswer, Lang};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::guard::redact;
use crate::refusal::{Charge, Refusal};

/// The client's own name for one press of Send: a UUID, in lower case.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct AttemptId(String);

impl AttemptId {
    /// A name for an attempt whose client gave none.
    pub(crate) fn random() -> Self {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).expect("the system gives random bytes");
        Self::of(bytes, 0x40)
    }

    fn of(mut bytes: [u8; 16], version: u8) -> Self {
        bytes[6] = bytes[6] & 0x0f | version;
        bytes[8] = bytes[8] & 0x3f | 0x80;
        let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        Self(
            [
                &hex[..8],
                &hex[8..12],
                &hex[12..16],
                &hex[16..20],
                &hex[20..],
            ]
            .join("-"),
        )
    }

    /// A name for what a client calls by an `Idempotency-Key` of its own making, told apart by whose it is.
    pub(crate) fn from_idempotency_key(key: &str, caller: &str) -> Self {
        let digest = Sha256::new_with_prefix(caller)
            .chain_update(" ")
            .chain_update(key)
            .finalize();
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&digest[..16]);
        // Version 8 of RFC 9562 is free for this.
        Self::of(bytes, 0x80)
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for AttemptId {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let hex = |part: &str| part.bytes().all(|byte| byte.is_ascii_hexdigit());
        let lengths = text.split('-').map(str::len).eq([8, 4, 4, 4, 12]);
        if lengths && text.split('-').all(hex) {
            Ok(Self(text.to_ascii_lowercase()))
        } else {
            Err(())
        }
    }
}

/// What the journal keeps of a draft: enough to recognise it, nothing to read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct DraftHash(String);

impl DraftHash {
    pub(crate) fn of(body: &[u8]) -> Self {
        let digest: String = Sha256::digest(body)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        Self(format!("sha256:{digest}"))
    }
}

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

/// As much of a refusal as tells what it may have cost.
#[derive(Deserialize)]
struct Charged {
    error: ChargedError,
}

#[derive(Deserialize)]
struct ChargedError {
    charge: Option<Charge>,
}

impl Outcome {
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
            State::Failed => match serde_json::from_str::<Charged>(&self.answer) {
                Ok(Charged { error }) if error.charge == Some(Charge::None) => Fate::NotMade,
                _ => Fate::Unknown,
            },
            State::Answered => {
                let answer = CreateAnswer::from_text(self.answer.as_bytes(), Some(self.status));
                match (answer, self.status) {
                    (CreateAnswer::Created { .. }, _) => Fate::Made,
                    (_, status) if says_no(status) => Fate::NotMade,
                    (CreateAnswer::Refused(_), ..500) => Fate::NotMade,
                    _ => Fate::Unknown,
                }
            }
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
            headers: headers
                .map(|(name, value)| (name.clone(), cut(value)))
                .collect(),
            ..self.clone()
        }
    }

    pub(crate) fn to_response(&self) -> Response<Body> {
        let mut response = Response::new(Body::from(self.answer.clone()));
        *response.status_mut() =
            StatusCode::from_u16(self.status).unwrap_or(StatusCode::BAD_GATEWAY);
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        for (name, value) in &self.headers {
            if let (Ok(name), Ok(value)) = (name.parse::<HeaderName>(), value.parse()) {
                headers.insert(name, value);
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
    fn attempt_ids_are_uuids_in_either_case() {
        let id: AttemptId = "0F8FAD5B-D9CB-469F-A165-70867728950E".parse().unwrap();
        assert_eq!(id.as_str(), "0f8fad5b-d9cb-469f-a165-70867728950e");
        for bad in [
            "",
            "0f8fad5b",
            "0f8fad5bd9cb469fa16570867728950e",
            "0f8fad5b-d9cb-469f-a165-70867728950g",
            "0f8fad5b-d9cb-469f-a165-70867728950e-",
        ] {
            assert!(bad.parse::<AttemptId>().is_err(), "{bad}");
        }
    }

    #[test]
    fn random_attempt_ids_are_attempt_ids() {
        let id = AttemptId::random();
        assert_eq!(id.as_str().parse::<AttemptId>().as_ref(), Ok(&id));
        assert_ne!(id, AttemptId::random());
    }

    #[test]
    fn a_draft_hash_is_the_sha_256_of_the_very_bytes() {
        let hash = serde_json::to_string(&DraftHash::of(b"abc")).unwrap();
        assert_eq!(
            hash,
            "\"sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\""
        );
    }

    #[test]
    fn an_idempotency_key_names_one_attempt_of_one_caller() {
        let id = AttemptId::from_idempotency_key("order 1", "a");
        assert_eq!(id.as_str().parse::<AttemptId>().as_ref(), Ok(&id));
        assert_eq!(id, AttemptId::from_idempotency_key("order 1", "a"));
        assert_ne!(id, AttemptId::from_idempotency_key("order 1", "b"));
        assert_ne!(id, AttemptId::from_idempotency_key("order 2", "a"));
    }

    #[test]
    fn what_an_answer_came_to_is_read_from_it() {
        let fate = |state, status, answer: &str| {
            Outcome {
                state,
                status,
                answer: answer.to_owned(),
                headers: Vec::new(),
            }
            .fate()
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
            (200, "{}", Fate::Unknown),
            (200, r#"{"code":0,"data":{}}"#, Fate::Unknown),
        ] {
            assert_eq!(
                fate(State::Answered, status, answer),
                expected,
                "{status} {answer}"
            );
        }
        let refused = |charge| format!(r#"{{"error":{{"charge":"{charge}"}}}}"#);
        assert_eq!(fate(State::Failed, 502, &refused("none")), Fate::NotMade);
        assert_eq!(
            fate(State::Failed, 409, &refused("possible")),
            Fate::Unknown
        );
        assert_eq!(fate(State::Failed, 502, "{}"), Fate::Unknown);
    }
}
