//! What the endpoints answered: lenient about every spelling that a source or a real answer shows.
//!
//! A lost or unreadable answer to a create is [`CreateAnswer::Unknown`]: it may have been charged, so no
//! program repeats it by itself. An unknown answer about a task means that polling goes on.

mod envelope;
mod refusal;

use alloc::string::String;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use self::envelope::{Envelope, Stage};
pub use self::refusal::{Reason, Refusal, Unknown};
use crate::document::Node;

/// What a create answer says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
#[non_exhaustive]
pub enum CreateAnswer {
    /// The task exists.
    Created {
        /// What to ask for from now on.
        task_id: String,
        /// The task's status as it came.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        status: Option<String>,
        /// The model as it came.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        model: Option<String>,
        /// Seconds since the epoch.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        created_at: Option<i64>,
    },
    /// The endpoint said no: nothing was created.
    Refused(Refusal),
    /// Nobody can tell: it may have been created and charged.
    Unknown(Unknown),
}

/// What an answer about a task says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
#[non_exhaustive]
pub enum TaskAnswer {
    /// It waits.
    Queued {},
    /// It is being made.
    Running {
        /// Percent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        progress: Option<u8>,
    },
    /// The video is there.
    Done {
        /// Where, for about three days.
        video_url: String,
        /// Seconds since the epoch, where the answer says when the task was completed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        expires_at: Option<i64>,
    },
    /// The task ended without a video.
    Failed {
        /// Why, in the vendor's words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<String>,
    },
    /// Somebody ended the task.
    Cancelled {},
    /// The endpoint refused the question, which says nothing about the task.
    Refused(Refusal),
    /// Nothing that can be read: ask again later.
    Unknown(Unknown),
}

/// Reads the answer to a create from its bytes.
///
/// ```
/// use seedance_core::{CreateAnswer, read_create_answer};
/// let answer = read_create_answer(br#"{ "code": 0, "msg": "ok", "data": { "task_id": "vid_abc123", "status": "queued" } }"#);
/// assert!(matches!(answer, CreateAnswer::Created { task_id, .. } if task_id == "vid_abc123"));
/// ```
#[must_use]
pub fn read_create_answer(text: &[u8]) -> CreateAnswer {
    CreateAnswer::from_text(text, None)
}

/// Reads the answer about a task from its bytes.
///
/// ```
/// use seedance_core::{TaskAnswer, read_task_answer};
/// let answer = read_task_answer(br#"{ "code": "20000", "data": { "status": "processing", "progress": 40 } }"#);
/// assert_eq!(answer, TaskAnswer::Running { progress: Some(40) });
/// ```
#[must_use]
pub fn read_task_answer(text: &[u8]) -> TaskAnswer {
    TaskAnswer::from_text(text, None)
}

impl CreateAnswer {
    /// Reads the answer from its bytes and, where it is known, its HTTP status.
    #[must_use]
    pub fn from_text(text: &[u8], http_status: Option<u16>) -> Self {
        Self::from_node(&Node::from_text(text).unwrap_or(Node::Null), http_status)
    }

    /// Reads the answer from a parsed value and, where it is known, its HTTP status.
    #[must_use]
    pub fn from_value(value: &Value, http_status: Option<u16>) -> Self {
        Self::from_node(&Node::from_value(value), http_status)
    }

    fn from_node(node: &Node, http_status: Option<u16>) -> Self {
        let envelope = Envelope::new(node);
        if let Some(refusal) = envelope.refusal(http_status) {
            return Self::Refused(refusal);
        }
        match envelope.task_id() {
            Some(task_id) if envelope.is_success() => Self::Created {
                task_id,
                status: envelope.status(),
                model: envelope.model(),
                created_at: envelope.created_at(),
            },
            _ => Self::Unknown(envelope.unknown()),
        }
    }
}

impl TaskAnswer {
    /// Reads the answer from its bytes and, where it is known, its HTTP status.
    #[must_use]
    pub fn from_text(text: &[u8], http_status: Option<u16>) -> Self {
        Self::from_node(&Node::from_text(text).unwrap_or(Node::Null), http_status)
    }

    /// Reads the answer from a parsed value and, where it is known, its HTTP status.
    #[must_use]
    pub fn from_value(value: &Value, http_status: Option<u16>) -> Self {
        Self::from_node(&Node::from_value(value), http_status)
    }

    fn from_node(node: &Node, http_status: Option<u16>) -> Self {
        let envelope = Envelope::new(node);
        if let Some(refusal) = envelope.refusal(http_status) {
            return Self::Refused(refusal);
        }
        match envelope.stage().filter(|_| envelope.is_success()) {
            Some(Stage::Queued) => Self::Queued {},
            Some(Stage::Running) => Self::Running {
                progress: envelope.progress(),
            },
            Some(Stage::Done) => match envelope.video_url() {
                Some(video_url) => Self::Done {
                    video_url,
                    expires_at: envelope.expires_at(),
                },
                None => Self::Unknown(envelope.unknown()),
            },
            Some(Stage::Failed) => Self::Failed {
                message: envelope.failure(),
            },
            Some(Stage::Cancelled) => Self::Cancelled {},
            None => Self::Unknown(envelope.unknown()),
        }
    }
}

#[cfg(test)]
mod tests;
