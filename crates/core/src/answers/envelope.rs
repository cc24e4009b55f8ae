//! Reads answers that say the same thing in different places and spellings.

use alloc::borrow::ToOwned;
use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use serde_json::value::RawValue;

use super::answer::{Answer, Charge, Refusal, RefusalReason, UnknownAnswer};
use crate::body::is_blank;
use crate::decimal::Decimal;
use crate::document::Node;

/// How long a finished video's URL works: about three days from completion.
const RESULT_LIFETIME_SECONDS: i64 = 3 * 24 * 60 * 60;
/// A timestamp above this number of seconds (the year 5138) must be in milliseconds.
const LARGEST_SECONDS: i64 = 100_000_000_000;

/// The meaning of the member `code`, whatever its spelling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Code {
    /// The answer has no code, like the flat answers on an older page.
    Absent,
    Success,
    Refused(RefusalReason),
    Other,
}

impl Code {
    fn of(written: &str) -> Self {
        match written {
            "0" | "20000" => Self::Success,
            "20001" => Self::Refused(RefusalReason::Key),
            "20002" => Self::Refused(RefusalReason::Parameters),
            "-1" => Self::Refused(RefusalReason::Server),
            _ => Self::Other,
        }
    }
}

/// The members that may hold a message.
const WORDS: &[&str] = &["message", "msg", "error_message", "error_msg", "reason"];

/// An answer, with its data either inside the member `data` or next to `code`.
pub(crate) struct Envelope<'a> {
    root: Object<'a>,
    /// The member `data`, if it is an object.
    inner: Option<Object<'a>>,
    code: Code,
    /// The code as text, as the answer spells it.
    written_code: Option<String>,
    http_status: Option<u16>,
}

impl<'a> Envelope<'a> {
    /// Reads an answer; text that is not a JSON object counts as an empty object.
    pub(crate) fn read(text: &'a [u8], http_status: Option<u16>) -> Self {
        let text = core::str::from_utf8(text).unwrap_or_default();
        let root = Object::read(text).unwrap_or_default();
        let inner = root.inner("data");
        let written_code = match root.spelled("code") {
            None | Some("null") => None,
            Some(code) => Some(root.text("code").unwrap_or_else(|| code.into())),
        };
        let code = written_code.as_deref().map_or(Code::Absent, Code::of);
        Self { root, inner, code, written_code, http_status }
    }

    pub(super) fn data(&self) -> &Object<'a> {
        self.inner.as_ref().unwrap_or(&self.root)
    }

    /// Whether the data can be trusted: the code means success or is absent.
    pub(super) fn is_success(&self) -> bool {
        matches!(self.code, Code::Success | Code::Absent)
    }

    /// The refusal that the code states or, if the code is absent or unknown and no task is named, the HTTP status. Status 429
    /// without a task is a refusal whatever the code. A server error without a known code is no refusal: the task may exist.
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

    /// What `read` makes of the data. Refusals are returned as such; an answer whose code is neither absent nor success is unknown.
    pub(crate) fn answer<T>(self, read: impl FnOnce(&Object<'a>) -> Option<T>) -> Answer<T> {
        if let Some(refusal) = self.refusal() {
            return Answer::Refused(refusal);
        }
        match read(self.data()).filter(|_| self.is_success()) {
            Some(read) => Answer::Read(read),
            None => Answer::Unknown(self.unknown()),
        }
    }

    pub(super) fn task_id(&self) -> Option<String> {
        const NAMES: &[&str] = &["task_id", "taskId"];
        self.data().first_of(NAMES).or_else(|| self.root.first_of(NAMES))
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

    /// Why a task failed. The envelope's own message is about the query, so it is only the last resort.
    pub(super) fn failure(&self) -> Option<String> {
        self.data().words().or_else(|| self.message())
    }

    pub(super) fn message(&self) -> Option<String> {
        self.root.words().or_else(|| self.data().words())
    }
}

/// The members of an object as raw JSON text, so that no digit is lost. The last of repeated members counts, as in most JSON
/// parsers.
#[derive(Default)]
pub(crate) struct Object<'a>(BTreeMap<String, &'a RawValue>);

impl<'a> Object<'a> {
    pub(crate) fn read(json: &'a str) -> Option<Self> {
        serde_json::from_str(json).ok().map(Self)
    }

    /// The member `name`, if it is an object.
    fn inner(&self, name: &str) -> Option<Self> {
        Self::read(self.spelled(name)?)
    }

    /// The items of the array `name`, as JSON texts.
    pub(crate) fn list(&self, name: &str) -> Option<Vec<&'a RawValue>> {
        serde_json::from_str(self.spelled(name)?).ok()
    }

    /// The member `name` as JSON text.
    pub(crate) fn spelled(&self, name: &str) -> Option<&'a str> {
        self.0.get(name).map(|value| value.get())
    }

    /// The member `name`, if it is a string that is not blank; a whole number counts as the string of its digits.
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

    /// The amount in the member `name`, a number or a string, with exactly the digits that are written.
    pub(crate) fn decimal(&self, name: &str) -> Option<Decimal> {
        self.spelled(name)?.trim_matches('"').parse().ok()
    }

    /// The first message that says more than "ok" or "success"; those of an `error` come before the object's own.
    pub(crate) fn words(&self) -> Option<String> {
        let error = self.inner("error").unwrap_or_default();
        let mut all = error.texts().chain(self.text("error")).chain(self.texts());
        all.find(|words| !["ok", "success"].contains(&words.to_ascii_lowercase().as_str()))
    }

    fn texts(&self) -> impl Iterator<Item = String> {
        WORDS.iter().filter_map(|name| self.text(name))
    }

    /// The time in the member `name`, in seconds since the Unix epoch.
    pub(super) fn time(&self, name: &str) -> Option<i64> {
        let time: i64 = self.text(name)?.parse().ok()?;
        let seconds = if time > LARGEST_SECONDS { time / 1000 } else { time };
        (seconds > 0).then_some(seconds)
    }
}

/// The digits of a whole number of any size, which may be written with `.0`.
fn digits(json: &str) -> Option<String> {
    let digits = json.strip_suffix(".0").unwrap_or(json);
    let is_whole = digits.trim_start_matches('-').bytes().all(|byte| byte.is_ascii_digit());
    is_whole.then(|| digits.into())
}
