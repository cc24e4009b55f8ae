//! A line of the journal: one JSON object.

use seedance_core::Charge;
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use crate::attempt::{AttemptId, Draft};
use crate::outcome::Outcome;
use crate::text;

/// How every line of the journal begins.
const RECORD_START: &[u8] = b"{\"record\":\"";

/// The content of a line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "record", rename_all = "snake_case")]
pub(super) enum Record {
    Begun {
        attempt: AttemptId,
        #[serde(flatten)]
        draft: Draft,
        at: u64,
    },
    Ended {
        attempt: AttemptId,
        at: u64,
        #[serde(flatten)]
        outcome: Outcome,
    },
    Charged {
        task: String,
        at: u64,
        #[serde(flatten)]
        charge: Charge,
    },
}

impl Record {
    pub(super) fn to_line(&self) -> Vec<u8> {
        (text::json(self) + "\n").into_bytes()
    }
}

/// The text without a last line that breaks off within a record.
pub(super) fn without_torn_end(mut text: &[u8]) -> &[u8] {
    // A power cut can leave zeros in place of a line that was being written.
    while let Some(rest) = text.strip_suffix(b"\0") {
        text = rest;
    }
    let newline = text.iter().rposition(|&byte| byte == b'\n');
    let (lines, end) = text.split_at(newline.map_or(0, |at| at + 1));
    // A line that begins differently was never a record: the file may belong to another program.
    let is_record = end.starts_with(RECORD_START) || RECORD_START.starts_with(end);
    if is_record && serde_json::from_slice::<IgnoredAny>(end).is_err() { lines } else { text }
}
