//! The possible outcomes of a query: the requested data, a refusal, or an answer that cannot be interpreted.

use alloc::string::String;

use serde::{Deserialize, Serialize};

use super::charge::Charge;

/// The answer to a query that costs nothing to repeat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Answer<T> {
    /// The requested data.
    Read(T),
    /// The endpoint refused the query.
    Refused(Refusal),
    /// The answer cannot be interpreted.
    Unknown(UnknownAnswer),
}

/// A refusal by an endpoint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// Why the endpoint refused.
    pub reason: RefusalReason,
    /// The vendor's message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

/// Why an endpoint refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum RefusalReason {
    /// The API key was rejected (code 20001).
    Key,
    /// The parameters were rejected (code 20002).
    Parameters,
    /// The server failed (code -1).
    Server,
    /// There were too many requests at once (HTTP 429): the same request may be sent again later.
    Busy,
}

/// What is known from an answer that cannot be interpreted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnknownAnswer {
    /// The task's ID, if the answer names one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task_id: Option<String>,
    /// The status, as the answer spells it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// The code, as the answer spells it; `None` if the answer has none or it means success.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The vendor's message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// What the task cost.
    #[serde(flatten)]
    pub charge: Charge,
}
