//! The places and spellings in which answers say the same thing.

use alloc::borrow::ToOwned;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use serde_json::value::RawValue;

use super::charge::Charge;
use super::refusal::{Answer, Refusal, RefusalReason, UnknownAnswer};
use crate::body::is_blank;
use crate::decimal::Decimal;
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
enum Code {
    /// A flat answer without a code, as an older page shows.
    Absent,
    Success,
    Refused(RefusalReason),
    Other,
}

const CODES: [(&str, Code); 5] = [
    ("0", Code::Success),
    ("20000", Code::Success),
    ("20001", Code::Refused(RefusalReason::Key)),
    ("20002", Code::Refused(RefusalReason::Parameters)),
    ("-1", Code::Refused(RefusalReason::Server)),
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

const STAGES: [(&str, Stage); 10] = [
    ("queued", Stage::Queued),
    ("pending", Stage::Queued),
    ("submitted", Stage::Queued),
    ("processing", Stage::Running),
    ("completed", Stage::Done),
    ("success", Stage::Done),
    ("succeeded", Stage::Done),
    ("failed", Stage::Failed),
    ("canceled", Stage::Cancelled),
    ("cancelled", Stage::Cancelled),
];

/// Where words stand.
const WORDS: &[&str] = &["message", "msg", "error_message", "error_msg", "reason"];

/// An answer, its data either inside `data` or beside the code.
pub(crate) struct Envelope<'a> {
    root: Object<'a>,
    /// What stands inside `data`, where that is an object.
    inner: Option<Object<'a>>,
    code: Code,
    /// The code as it came.
    written_code: Option<String>,
    http_status: Option<u16>,
}

impl<'a> Envelope<'a> {
    /// Reads an answer; one that is no JSON object says nothing.
    pub(crate) fn read(text: &'a [u8], http_status: Option<u16>) -> Self {
        let text = core::str::from_utf8(text).unwrap_or_default();
        let root = Object::read(text).unwrap_or_default();
        let inner = root.inner("data");
        let written_code = match root.spelled("code") {
            None | Some("null") => None,
            Some(code) => Some(root.text("code").unwrap_or_else(|| code.into())),
        };
        let code = match &written_code {
            Some(code) => {
                let known = CODES.iter().find(|(known, _)| known == code);
                known.map_or(Code::Other, |(_, code)| *code)
            }
            None => Code::Absent,
        };
        Self { root, inner, code, written_code, http_status }
    }

    pub(super) fn data(&self) -> &Object<'a> {
        self.inner.as_ref().unwrap_or(&self.root)
    }

    /// Whether the code lets the data be taken at their word.
    pub(super) fn is_success(&self) -> bool {
        matches!(self.code, Code::Success | Code::Absent)
    }

    /// A refusal by code or, where the code means nothing known and the answer names no task, by HTTP status. A failure of the
    /// server without a known code is no refusal: the task may exist.
    pub(super) fn refusal(&self) -> Option<Refusal> {
        let reason = match (self.code, self.http_status) {
            (_, Some(429)) if self.task_id().is_none() => RefusalReason::Busy,
            (Code::Refused(reason), _) => reason,
            (Code::Absent | Code::Other, Some(status)) if self.task_id().is_none() => {
                match status {
                    401 | 403 => RefusalReason::Key,
                    400 | 422 => RefusalReason::Parameters,
                    _ => return None,
                }
            }
            _ => return None,
        };
        Some(Refusal { reason, message: self.message() })
    }

    pub(super) fn unknown(self) -> UnknownAnswer {
        UnknownAnswer {
            task_id: self.task_id(),
            status: self.status(),
            message: self.message(),
            charge: self.charge(),
            code: self.written_code.filter(|_| self.code != Code::Success),
        }
    }

    /// What `read` takes from the data, unless the answer refuses.
    pub(crate) fn answer<T>(self, read: impl FnOnce(&Object<'a>) -> Option<T>) -> Answer<T> {
        if let Some(refusal) = self.refusal() {
            return Answer::Refused(refusal);
        }
        match read(self.data()).filter(|_| self.is_success()) {
            Some(read) => Answer::Read(read),
            None => Answer::Unknown(self.unknown()),
        }
    }

    pub(super) fn stage(&self) -> Option<Stage> {
        let status = self.status()?;
        let known = STAGES.iter().find(|(known, _)| known.eq_ignore_ascii_case(&status));
        known.map(|(_, stage)| *stage)
    }

    pub(super) fn task_id(&self) -> Option<String> {
        self.data().first_of(&["task_id", "taskId"])
    }

    pub(super) fn status(&self) -> Option<String> {
        self.data().text("status")
    }

    pub(super) fn expires_at(&self) -> Option<i64> {
        self.data().time("completed_at")?.checked_add(RESULT_LIFETIME_SECONDS)
    }

    pub(super) fn progress(&self) -> Option<u8> {
        let progress = self.data().spelled("progress")?;
        let percent = progress.trim_matches('"').trim_end_matches('%');
        let percent: f64 = serde_json::from_str(percent).ok()?;
        (0.0..=100.0).contains(&percent).then_some(percent as u8)
    }

    pub(super) fn video_url(&self) -> Option<String> {
        let names = &["video_url", "url", "mediaUrl"];
        let result = self.data().inner("result");
        result.and_then(|result| result.first_of(names)).or_else(|| self.data().first_of(names))
    }

    pub(super) fn charge(&self) -> Charge {
        let is_object =
            |json: &str| matches!(Node::from_slice(json.as_bytes()), Ok(Node::Object(_)));
        let usage = self.data().0.get("usage").filter(|usage| is_object(usage.get()));
        Charge { cost: self.data().decimal("cost"), usage: usage.copied().map(ToOwned::to_owned) }
    }

    /// Why a task failed; the envelope's own words speak of the question, so they come last.
    pub(super) fn failure(&self) -> Option<String> {
        self.data().words().or_else(|| self.message())
    }

    pub(super) fn message(&self) -> Option<String> {
        self.root.words().or_else(|| self.data().words())
    }
}

/// The members of an object as they are spelled, so that no digit is lost; of those with one name the last, as readers of JSON
/// commonly take it.
#[derive(Default)]
pub(crate) struct Object<'a>(BTreeMap<String, &'a RawValue>);

impl<'a> Object<'a> {
    pub(crate) fn read(json: &'a str) -> Option<Self> {
        serde_json::from_str(json).ok().map(Self)
    }

    /// The object in a member.
    fn inner(&self, name: &str) -> Option<Self> {
        Self::read(self.spelled(name)?)
    }

    /// The items of a list as JSON texts.
    pub(crate) fn list(&self, name: &str) -> Option<Vec<&'a RawValue>> {
        serde_json::from_str(self.spelled(name)?).ok()
    }

    /// A member as JSON text.
    pub(crate) fn spelled(&self, name: &str) -> Option<&'a str> {
        self.0.get(name).map(|value| value.get())
    }

    /// A string with something in it; a whole number counts as its digits.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        let json = self.spelled(name)?;
        match serde_json::from_str::<String>(json) {
            Ok(text) => Some(text).filter(|text| !is_blank(text)),
            Err(_) => digits(json),
        }
    }

    pub(crate) fn first_of(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| self.text(name))
    }

    /// An amount to the digit as it is written, as a number or as a string.
    pub(crate) fn decimal(&self, name: &str) -> Option<Decimal> {
        self.spelled(name)?.trim_matches('"').parse().ok()
    }

    /// What it says in words that are no mere "ok": in an error before all else.
    pub(crate) fn words(&self) -> Option<String> {
        let error = self.inner("error").unwrap_or_default();
        let mut all = error.texts().chain(self.text("error")).chain(self.texts());
        all.find(|words| !["ok", "success"].contains(&words.to_ascii_lowercase().as_str()))
    }

    fn texts(&self) -> impl Iterator<Item = String> {
        WORDS.iter().filter_map(|name| self.text(name))
    }

    /// Seconds since the epoch.
    pub(super) fn time(&self, name: &str) -> Option<i64> {
        let time: i64 = self.text(name)?.parse().ok()?;
        let seconds = if time > LARGEST_SECONDS { time / 1000 } else { time };
        (seconds > 0).then_some(seconds)
    }
}

/// The digits of a whole number, however it is written; an integer's own, whatever its size.
fn digits(json: &str) -> Option<String> {
    if json.trim_start_matches('-').bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(json.into());
    }
    let number: f64 = serde_json::from_str(json).ok()?;
    let is_whole = number.abs() <= LARGEST_EXACT && number as i64 as f64 == number;
    is_whole.then(|| number::to_string(number))
}
