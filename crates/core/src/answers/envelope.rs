//! The places and spellings in which answers say the same thing.

use alloc::string::String;

use super::refusal::{Reason, Refusal, Unknown};
use crate::body::is_blank;
use crate::document::Node;
use crate::number;

/// A finished video's URL lives about three days from completion.
const RESULT_LIFETIME_SECONDS: i64 = 3 * 24 * 60 * 60;
/// Whole numbers up to here are exact in a binary64.
const LARGEST_EXACT: f64 = 9_007_199_254_740_991.0;
/// A time beyond this many seconds (the year 5138) must be in milliseconds.
const LARGEST_SECONDS: i64 = 100_000_000_000;

/// What the member `code` says, in any of its spellings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Code {
    /// A flat answer without a code, as an older page shows.
    Absent,
    Success,
    Refused(Reason),
    Other,
}

const CODES: [(&str, Code); 5] = [
    ("0", Code::Success),
    ("20000", Code::Success),
    ("20001", Code::Refused(Reason::Key)),
    ("20002", Code::Refused(Reason::Parameters)),
    ("-1", Code::Refused(Reason::Server)),
];

/// What the status of a task says.
#[derive(Clone, Copy)]
pub(super) enum Stage {
    Queued,
    Running,
    Done,
    Failed,
    Cancelled,
}

const STAGES: [(&str, Stage); 9] = [
    ("queued", Stage::Queued),
    ("pending", Stage::Queued),
    ("submitted", Stage::Queued),
    ("processing", Stage::Running),
    ("completed", Stage::Done),
    ("success", Stage::Done),
    ("failed", Stage::Failed),
    ("canceled", Stage::Cancelled),
    ("cancelled", Stage::Cancelled),
];

/// An answer, its data either inside `data` or beside the code.
pub(super) struct Envelope<'a> {
    root: &'a Node,
    data: &'a Node,
    code: Code,
    /// The code as it came.
    written_code: Option<String>,
}

impl<'a> Envelope<'a> {
    pub(super) fn new(root: &'a Node) -> Self {
        let data = member(root, "data")
            .filter(|data| matches!(data, Node::Object(_)))
            .unwrap_or(root);
        let written_code = match member(root, "code") {
            None | Some(Node::Null) => None,
            Some(Node::Text(code)) => Some(code.clone()),
            Some(Node::Number(code)) => Some(digits(*code).unwrap_or_else(|| "a fraction".into())),
            Some(_) => Some("no number".into()),
        };
        let code = match &written_code {
            Some(code) => {
                let known = CODES.iter().find(|(known, _)| known == code);
                known.map_or(Code::Other, |(_, code)| *code)
            }
            None => Code::Absent,
        };
        Self {
            root,
            data,
            code,
            written_code,
        }
    }

    /// Whether the code lets the data be taken at their word.
    pub(super) fn is_success(&self) -> bool {
        matches!(self.code, Code::Success | Code::Absent)
    }

    /// A refusal by code or, where the answer has no code and names no task, by HTTP status. A failure of the
    /// server without a code is no refusal: the task may exist.
    pub(super) fn refusal(&self, http_status: Option<u16>) -> Option<Refusal> {
        let reason = match (self.code, http_status) {
            (Code::Refused(reason), _) => reason,
            (Code::Absent, Some(status)) if self.task_id().is_none() => match status {
                401 | 403 => Reason::Key,
                400 | 422 => Reason::Parameters,
                _ => return None,
            },
            _ => return None,
        };
        Some(Refusal {
            reason,
            message: self.message(),
        })
    }

    pub(super) fn unknown(self) -> Unknown {
        Unknown {
            task_id: self.task_id(),
            status: self.status(),
            message: self.message(),
            code: self.written_code.filter(|_| self.code == Code::Other),
        }
    }

    pub(super) fn stage(&self) -> Option<Stage> {
        let status = self.status()?;
        let known = STAGES
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(&status));
        known.map(|(_, stage)| *stage)
    }

    pub(super) fn task_id(&self) -> Option<String> {
        self.text(&["task_id", "taskId"])
    }

    pub(super) fn status(&self) -> Option<String> {
        self.text(&["status"])
    }

    pub(super) fn model(&self) -> Option<String> {
        self.text(&["model"])
    }

    pub(super) fn created_at(&self) -> Option<i64> {
        self.time("created_at")
    }

    pub(super) fn expires_at(&self) -> Option<i64> {
        self.time("completed_at")?
            .checked_add(RESULT_LIFETIME_SECONDS)
    }

    pub(super) fn progress(&self) -> Option<u8> {
        let percent = match member(self.data, "progress")? {
            Node::Number(percent) => *percent,
            Node::Text(percent) => natural(percent.trim_end_matches('%'))? as f64,
            _ => return None,
        };
        (0.0..=100.0).contains(&percent).then_some(percent as u8)
    }

    pub(super) fn video_url(&self) -> Option<String> {
        let names: &[_] = &["video_url", "url", "mediaUrl"];
        let result = member(self.data, "result").unwrap_or(&Node::Null);
        first_of(&[(result, names), (self.data, names)])
    }

    /// Why a task failed; the envelope's own `msg` speaks of the question, so it comes last and not as "ok".
    pub(super) fn failure(&self) -> Option<String> {
        self.text(&["error_message", "error_msg", "reason"])
            .or_else(|| self.message())
    }

    pub(super) fn message(&self) -> Option<String> {
        let names: &[_] = &["message", "msg", "error_message", "error_msg", "reason"];
        let error = member(self.root, "error").unwrap_or(&Node::Null);
        let message = first_of(&[
            (error, names),
            (self.root, &["error"]),
            (self.root, names),
            (self.data, names),
        ]);
        message.filter(|message| !message.eq_ignore_ascii_case("ok"))
    }

    fn text(&self, names: &[&str]) -> Option<String> {
        first_text(self.data, names)
    }

    fn time(&self, name: &str) -> Option<i64> {
        let time = match member(self.data, name)? {
            Node::Number(time) => whole(*time)?,
            Node::Text(time) => natural(time)?,
            _ => return None,
        };
        let seconds = if time > LARGEST_SECONDS {
            time / 1000
        } else {
            time
        };
        (seconds > 0).then_some(seconds)
    }
}

/// The last member of this name, as JSON readers commonly take it.
fn member<'a>(node: &'a Node, name: &str) -> Option<&'a Node> {
    let Node::Object(members) = node else {
        return None;
    };
    members
        .iter()
        .rev()
        .find(|(other, _)| other == name)
        .map(|(_, value)| value)
}

/// The first of these members that is a string with something in it; a whole number counts as its digits.
fn first_text(node: &Node, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| match member(node, name)? {
        Node::Text(text) if !is_blank(text) => Some(text.clone()),
        Node::Number(number) => digits(*number),
        _ => None,
    })
}

/// The same of several objects, the first before the others.
fn first_of(places: &[(&Node, &[&str])]) -> Option<String> {
    places
        .iter()
        .find_map(|(node, names)| first_text(node, names))
}

fn digits(number: f64) -> Option<String> {
    whole(number).map(|_| number::to_string(number))
}

fn whole(number: f64) -> Option<i64> {
    let whole = number as i64;
    (number.abs() <= LARGEST_EXACT && whole as f64 == number).then_some(whole)
}

/// A number of digits alone, which a plus may stand before; none that does not fit.
fn natural(text: &str) -> Option<i64> {
    text.parse()
        .ok()
        .filter(|number| *number >= 0 && !text.starts_with('-'))
}
