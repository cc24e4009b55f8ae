//! Answers as the contract writes them: the outcome, and beside it what is known.

use alloc::string::String;

use serde::ser::{Serialize, SerializeStruct, Serializer};

use super::{CreateAnswer, Refusal, TaskAnswer, Unknown};
use crate::quote::field;

/// The most members that an answer has.
const MEMBERS: usize = 5;

impl Serialize for CreateAnswer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut answer = serializer.serialize_struct("CreateAnswer", MEMBERS)?;
        match self {
            Self::Created {
                task_id,
                status,
                model,
                created_at,
            } => {
                answer.serialize_field("outcome", "created")?;
                text(&mut answer, "task_id", Some(task_id))?;
                text(&mut answer, "status", status.as_ref())?;
                text(&mut answer, "model", model.as_ref())?;
                field(&mut answer, "created_at", created_at.as_ref())?;
            }
            Self::Refused(refusal) => refused(&mut answer, refusal)?,
            Self::Unknown(known) => unknown(&mut answer, known)?,
        }
        answer.end()
    }
}

impl Serialize for TaskAnswer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut answer = serializer.serialize_struct("TaskAnswer", MEMBERS)?;
        match self {
            Self::Queued {} => answer.serialize_field("outcome", "queued")?,
            Self::Running { progress } => {
                answer.serialize_field("outcome", "running")?;
                let progress = progress.map(i64::from);
                field(&mut answer, "progress", progress.as_ref())?;
            }
            Self::Done {
                video_url,
                expires_at,
            } => {
                answer.serialize_field("outcome", "done")?;
                text(&mut answer, "video_url", Some(video_url))?;
                field(&mut answer, "expires_at", expires_at.as_ref())?;
            }
            Self::Failed { message } => {
                answer.serialize_field("outcome", "failed")?;
                text(&mut answer, "message", message.as_ref())?;
            }
            Self::Cancelled {} => answer.serialize_field("outcome", "cancelled")?,
            Self::Refused(refusal) => refused(&mut answer, refusal)?,
            Self::Unknown(known) => unknown(&mut answer, known)?,
        }
        answer.end()
    }
}

fn refused<O: SerializeStruct>(answer: &mut O, refusal: &Refusal) -> Result<(), O::Error> {
    answer.serialize_field("outcome", "refused")?;
    answer.serialize_field("reason", &refusal.reason)?;
    text(answer, "message", refusal.message.as_ref())
}

fn unknown<O: SerializeStruct>(answer: &mut O, known: &Unknown) -> Result<(), O::Error> {
    answer.serialize_field("outcome", "unknown")?;
    text(answer, "task_id", known.task_id.as_ref())?;
    text(answer, "status", known.status.as_ref())?;
    text(answer, "code", known.code.as_ref())?;
    text(answer, "message", known.message.as_ref())
}

fn text<O: SerializeStruct>(
    answer: &mut O,
    name: &'static str,
    text: Option<&String>,
) -> Result<(), O::Error> {
    field(answer, name, text)
}
