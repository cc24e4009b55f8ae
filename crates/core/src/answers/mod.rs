//! Reads the endpoints' answers, in every spelling that the vendor's pages or real answers show.
//!
//! A lost or unreadable answer to a create request is [`CreateAnswer::Unknown`]: the task may have been created and charged, so
//! a program must not send the request again by itself. After an unknown answer about a task, polling continues.

mod account;
mod answer;
mod envelope;

use alloc::string::String;

use serde::{Deserialize, Serialize};

pub use self::account::{AccountBalance, KeyBalance, read_account_balance, read_key_balance};
pub use self::answer::{Answer, CHARGE_CURRENCY, Charge, Refusal, RefusalReason, UnknownAnswer};
pub(crate) use self::envelope::{Envelope, Object};

/// The answer to a create request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum CreateAnswer {
    /// The task exists.
    Created {
        /// The task's ID, for queries about the task.
        task_id: String,
        /// The task's status, as the answer spells it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        status: Option<String>,
        /// The model, as the answer spells it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        model: Option<String>,
        /// When the task was created, in seconds since the Unix epoch.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        created_at: Option<i64>,
        /// What the task cost.
        #[serde(flatten)]
        charge: Charge,
    },
    /// The endpoint refused the request: nothing was created.
    Refused(Refusal),
    /// The answer does not tell: the task may have been created and charged. If a task's ID is known, query it.
    Unknown(UnknownAnswer),
}

/// The answer to a query about a task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum TaskAnswer {
    /// The task waits in the queue.
    Queued {
        /// What the task cost.
        #[serde(flatten)]
        charge: Charge,
    },
    /// The video is being made.
    Running {
        /// The progress in percent, 0 to 100.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        progress: Option<u8>,
        /// What the task cost.
        #[serde(flatten)]
        charge: Charge,
    },
    /// The video is finished.
    Done {
        /// The video's URL, which works for about three days.
        video_url: String,
        /// When the URL expires, in seconds since the Unix epoch; `None` if the answer does not say when the task was completed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        expires_at: Option<i64>,
        /// What the task cost.
        #[serde(flatten)]
        charge: Charge,
    },
    /// The task ended without a video.
    Failed {
        /// Why the task failed, in the vendor's words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<String>,
        /// What the task cost.
        #[serde(flatten)]
        charge: Charge,
    },
    /// The task was cancelled.
    Cancelled {
        /// What the task cost.
        #[serde(flatten)]
        charge: Charge,
    },
    /// The endpoint refused the query, which says nothing about the task.
    Refused(Refusal),
    /// The answer cannot be interpreted: query again later.
    Unknown(UnknownAnswer),
}

/// Reads the answer to a create request from its bytes and, if known, its HTTP status.
///
/// No answer at all (`b""`, `None`) is [`CreateAnswer::Unknown`], like one that cannot be read: a program must not send the request
/// again by itself.
///
/// ```
/// use seedance_core::{CreateAnswer, RefusalReason, read_create_answer};
/// let answer = read_create_answer(br#"{ "code": 0, "msg": "ok", "data": { "task_id": "vid_abc123", "cost": 0.25 } }"#, 200);
/// let CreateAnswer::Created { task_id, charge, .. } = answer else { panic!("it says that the task exists") };
/// assert_eq!((task_id.as_str(), charge.cost), ("vid_abc123", "0.25".parse().ok()));
///
/// let answer = read_create_answer(b"too many requests", 429);
/// assert!(matches!(answer, CreateAnswer::Refused(refusal) if refusal.reason == RefusalReason::Busy));
/// ```
#[must_use]
pub fn read_create_answer(text: &[u8], http_status: impl Into<Option<u16>>) -> CreateAnswer {
    let envelope = Envelope::read(text, http_status.into());
    match (envelope.task_id(), envelope.refusal()) {
        (Some(task_id), _) if envelope.is_success() => CreateAnswer::Created {
            task_id,
            status: envelope.status(),
            model: envelope.data().text("model"),
            created_at: envelope.data().time("created_at"),
            charge: envelope.charge(),
        },
        (None, Some(refusal)) => CreateAnswer::Refused(refusal),
        // A refusal that names a task contradicts itself: the task may exist.
        _ => CreateAnswer::Unknown(envelope.unknown()),
    }
}

/// Reads the answer to a query about a task from its bytes and, if known, its HTTP status.
///
/// ```
/// use seedance_core::{TaskAnswer, read_task_answer};
/// let answer = read_task_answer(br#"{ "code": "20000", "data": { "status": "processing", "progress": 40 } }"#, 200);
/// assert!(matches!(answer, TaskAnswer::Running { progress: Some(40), .. }));
/// ```
#[must_use]
pub fn read_task_answer(text: &[u8], http_status: impl Into<Option<u16>>) -> TaskAnswer {
    let envelope = Envelope::read(text, http_status.into());
    if let Some(refusal) = envelope.refusal() {
        return TaskAnswer::Refused(refusal);
    }
    let charge = envelope.charge();
    let status = envelope.status().unwrap_or_default().to_ascii_lowercase();
    match status.as_str() {
        _ if !envelope.is_success() => TaskAnswer::Unknown(envelope.unknown()),
        "queued" | "pending" | "submitted" => TaskAnswer::Queued { charge },
        "processing" => TaskAnswer::Running { progress: envelope.progress(), charge },
        "completed" | "success" | "succeeded" => match envelope.video_url() {
            Some(video_url) => {
                TaskAnswer::Done { video_url, expires_at: envelope.expires_at(), charge }
            }
            None => TaskAnswer::Unknown(envelope.unknown()),
        },
        "failed" => TaskAnswer::Failed { message: envelope.failure(), charge },
        "canceled" | "cancelled" => TaskAnswer::Cancelled { charge },
        _ => TaskAnswer::Unknown(envelope.unknown()),
    }
}

#[cfg(test)]
mod tests;
