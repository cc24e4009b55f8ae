//! What any answer can be: what was asked for, a refusal, or nothing that can be read.

use alloc::string::String;

use serde::{Deserialize, Serialize};

use super::charge::Charge;

/// What an answer says that costs nothing to ask for again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Answer<T> {
    /// What was asked for.
    Read(T),
    /// The endpoint refused.
    Refused(Refusal),
    /// Nothing that can be read.
    Unknown(UnknownAnswer),
}

/// A refusal and what it is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// What was refused.
    pub reason: RefusalReason,
    /// The vendor's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

/// What a refusal is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum RefusalReason {
    /// The key (20001).
    Key,
    /// The parameters (20002).
    Parameters,
    /// The server failed (-1).
    Server,
    /// Too many requests at once (HTTP 429): the same may be asked again later.
    Busy,
}

/// What can be said of an answer that means nothing known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnknownAnswer {
    /// The task, if the answer names one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task_id: Option<String>,
    /// The status as it came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// The code as it came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The vendor's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// What it cost.
    #[serde(flatten)]
    pub charge: Charge,
}
