//! What the endpoints answered: lenient about every spelling that a source or a real answer shows.
//!
//! A lost or unreadable answer to a create is [`CreateAnswer::Unknown`]: it may have been charged, so no
//! program repeats it by itself. An unknown answer about a task means that polling goes on.

mod account;
mod charge;
mod envelope;
mod refusal;

use alloc::string::String;

use serde::{Deserialize, Serialize};

pub use self::account::{AccountBalance, KeyBalance, read_account_balance, read_key_balance};
pub use self::charge::{CHARGE_CURRENCY, Charge};
use self::envelope::Stage;
pub(crate) use self::envelope::{Envelope, Object};
pub use self::refusal::{Answer, Refusal, RefusalReason, UnknownAnswer};

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
        /// What it cost.
        #[serde(flatten)]
        charge: Charge,
    },
    /// The endpoint said no: nothing was created.
    Refused(Refusal),
    /// Nobody can tell: it may have been created and charged.
    Unknown(UnknownAnswer),
}

/// What an answer about a task says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
#[non_exhaustive]
pub enum TaskAnswer {
    /// It waits.
    Queued {
        /// What it cost.
        #[serde(flatten)]
        charge: Charge,
    },
    /// It is being made.
    Running {
        /// Percent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        progress: Option<u8>,
        /// What it cost.
        #[serde(flatten)]
        charge: Charge,
    },
    /// The video is there.
    Done {
        /// Where, for about three days.
        video_url: String,
        /// Seconds since the epoch, where the answer says when the task was completed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        expires_at: Option<i64>,
        /// What it cost.
        #[serde(flatten)]
        charge: Charge,
    },
    /// The task ended without a video.
    Failed {
        /// Why, in the vendor's words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<String>,
        /// What it cost.
        #[serde(flatten)]
        charge: Charge,
    },
    /// Somebody ended the task.
    Cancelled {
        /// What it cost.
        #[serde(flatten)]
        charge: Charge,
    },
    /// The endpoint refused the question, which says nothing about the task.
    Refused(Refusal),
    /// Nothing that can be read: ask again later.
    Unknown(UnknownAnswer),
}

/// Reads the answer to a create from its bytes and, where it is known, its HTTP status.
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

/// Reads the answer about a task from its bytes and, where it is known, its HTTP status.
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
    match envelope.stage().filter(|_| envelope.is_success()) {
        Some(Stage::Queued) => TaskAnswer::Queued { charge },
        Some(Stage::Running) => TaskAnswer::Running { progress: envelope.progress(), charge },
        Some(Stage::Done) => match envelope.video_url() {
            Some(video_url) => {
                TaskAnswer::Done { video_url, expires_at: envelope.expires_at(), charge }
            }
            None => TaskAnswer::Unknown(envelope.unknown()),
        },
        Some(Stage::Failed) => TaskAnswer::Failed { message: envelope.failure(), charge },
        Some(Stage::Cancelled) => TaskAnswer::Cancelled { charge },
        None => TaskAnswer::Unknown(envelope.unknown()),
    }
}

#[cfg(test)]
mod tests;
