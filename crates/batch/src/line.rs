//! What one line of a batch holds: a request, or a job that wraps one.

use std::borrow::Cow;

use seedance_core::{Edition, Facts, Job, Lang};
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_with::{BorrowCow, serde_as};

/// What a line holds: a request, or a wrapper around one, `{ "id": …, "request": …, "media": … }`.
#[derive(Debug)]
pub struct Line<'a> {
    /// The id as it was written, if it is valid: the wrapper's, or the member `id` of a bare request, which is no part of the request.
    pub id: Option<Cow<'a, RawValue>>,
    /// The JSON text of a wrapped request; `None` if the line itself is the request.
    pub wrapped: Option<&'a str>,
    /// The request with its media facts, not checked yet; the core reports it if the line is not JSON at all. For a wrapper with an
    /// invalid id, invalid media facts, or unknown or repeated members, what is wrong, in one sentence.
    pub job: Result<Job<'a>, String>,
}

impl<'a> Line<'a> {
    /// Reads a line that is not blank, with messages in `lang`.
    pub fn read(line: &'a [u8], edition: Edition, lang: Lang) -> Self {
        let mut job = Job::new(line).edition(edition);
        // Nearly every line is a request with the schema's fields only, and so is not a wrapper.
        if !job.is_normal()
            && let Ok(text) = std::str::from_utf8(line)
            && let Ok(members) = serde_json::from_str::<Members<'a>>(text)
            && members.have_request()
        {
            return members.judge(job, edition, lang);
        }
        let id = job.take_id().map(Cow::Owned);
        Self { id, wrapped: None, job: Ok(job) }
    }
}

/// The lines of a text that are not blank, with their numbers from 1; blank lines are counted, too.
pub fn numbered_lines(text: &[u8]) -> impl Iterator<Item = (u64, &[u8])> {
    (1..).zip(lines(text)).filter(|(_, line)| !is_blank(line))
}

/// All lines of a text, without their line feeds. After a line feed at the end there is one more line, which is empty.
pub(crate) fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    let ends = memchr::memchr_iter(b'\n', text).chain(std::iter::once(text.len()));
    ends.scan(0, |start, end| {
        let line = text.get(*start..end).unwrap_or_default();
        *start = end + 1;
        Some(line)
    })
}

/// Whether a line counts as none.
pub(crate) fn is_blank(line: &[u8]) -> bool {
    line.iter().all(|byte| matches!(byte, b' ' | b'\t' | b'\r'))
}

/// The members of a job.
const KNOWN: [&str; 3] = ["id", "request", "media"];

/// The members of a line that is an object, in order, with their values as they were written.
#[serde_as]
#[derive(Deserialize)]
struct Members<'a>(
    #[serde(borrow)]
    #[serde_as(as = "serde_with::Map<BorrowCow, _>")]
    Vec<(Cow<'a, str>, &'a RawValue)>,
);

impl<'a> Members<'a> {
    /// Whether a member makes the line a wrapper: one named `request` that is an object.
    fn have_request(&self) -> bool {
        self.all_of("request").iter().any(|request| request.get().starts_with('{'))
    }

    fn all_of(&self, name: &str) -> Vec<&'a RawValue> {
        let named = self.0.iter().filter(|(known, _)| known == name);
        named.map(|(_, value)| *value).collect()
    }

    /// What the line holds; `line` is the line as it was read as a request.
    fn judge(&self, line: Job<'a>, edition: Edition, lang: Lang) -> Line<'a> {
        let id = match self.all_of("id").as_slice() {
            [id] if is_id(id) => Some(Cow::Borrowed(*id)),
            _ => None,
        };
        let request = self.all_of("request").first().map_or("", |request| request.get());
        let job = Job::new(request).edition(edition);
        // The members were only skimmed: numbers may be out of range and surrogates unpaired. That is reported at its place in the
        // line, whatever else is wrong.
        let mut beside = self.0.iter().filter(|(name, _)| name != "request");
        if !job.is_json() || !beside.all(|(_, value)| is_json(value)) {
            return Line { id, wrapped: None, job: Ok(line) };
        }
        let job = self.with_media(job, id.is_some(), lang);
        Line { id, wrapped: Some(request), job }
    }

    /// The job with its media facts, which are ignored if the request is not an object; or what is wrong with the wrapper's members.
    fn with_media(&self, job: Job<'a>, has_id: bool, lang: Lang) -> Result<Job<'a>, String> {
        if let Some(name) = KNOWN.iter().find(|name| self.all_of(name).len() > 1) {
            return Err(lang.pick(
                format!("`{name}` appears more than once; keep one"),
                format!("`{name}` 出现多次，请只保留一个"),
            ));
        }
        if !has_id && !self.all_of("id").is_empty() {
            let error = lang.pick("`id` must be a string or a number", "`id` 必须是字符串或数字");
            return Err(error.into());
        }
        if let Some((name, _)) = self.0.iter().find(|(name, _)| !KNOWN.contains(&&**name)) {
            return Err(lang.pick(
                format!("unknown field `{name}`; a job may have only `id`, `request` and `media`"),
                format!("未知字段 `{name}`，任务只能包含 `id`、`request` 和 `media`"),
            ));
        }
        let Some(media) = self.all_of("media").pop().filter(|_| job.body().is_object()) else {
            return Ok(job);
        };
        let facts = Facts::from_slice(media.get().as_bytes());
        facts.and_then(|facts| job.with_facts(facts)).map_err(|error| error.message(lang))
    }
}

/// Whether the value is a string or a number.
fn is_id(value: &RawValue) -> bool {
    value.get().starts_with(|first: char| matches!(first, '"' | '-' | '0'..='9')) && is_json(value)
}

fn is_json(value: &RawValue) -> bool {
    Job::new(value.get()).is_json()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> String {
        let Line { id, wrapped, job } = Line::read(line.as_bytes(), Edition::default(), Lang::En);
        let id = id.as_deref().map(RawValue::get);
        match (job, wrapped) {
            (Err(error), _) => format!("bad {id:?} {error}"),
            (Ok(_), Some(request)) => format!("job {id:?} {request}"),
            (Ok(_), None) if id.is_none() => "request".into(),
            (Ok(job), None) => format!("request {id:?} {}", job.is_json()),
        }
    }

    #[test]
    fn bare_requests() {
        for line in [
            r#"{"model":"m"}"#,
            r#"{"request":5}"#,
            r#"{"prompt":"a \"request\" \u00e9"}"#,
            r#"[{"request":{}}]"#,
            r#"{"request":{}"#,
            r#"{"request":{}} {}"#,
        ] {
            assert_eq!(read(line), "request", "{line}");
        }
        let not_text = b"{\"request\":{},\"x\":\"\xff\"}";
        let read_as = Line::read(not_text, Edition::default(), Lang::En);
        assert!(matches!(read_as, Line { id: None, wrapped: None, job: Ok(_) }));
        for line in [r#"{"model":"m","id":7}"#, r#"{"request":null,"id":7}"#] {
            assert_eq!(read(line), "request Some(\"7\") true");
        }
    }

    #[test]
    fn jobs_give_their_id_back_as_it_was_written() {
        assert_eq!(read(r#"{"request": {"a": 1} }"#), r#"job None {"a": 1}"#);
        assert_eq!(read(r#"{"id":1.50,"request":{}}"#), r#"job Some("1.50") {}"#);
        assert_eq!(
            read(r#"{"id":"\u00e9","request":{},"media":null}"#),
            r#"job Some("\"\\u00e9\"") {}"#
        );
        assert_eq!(read(r#"{"\u0072equest":{}}"#), "job None {}");
    }

    #[test]
    fn a_wrapper_that_is_not_json() {
        for (line, read_as) in [
            (r#"{"request":{},"id":1e400}"#, "request"),
            (r#"{"request":{},"id":"\ud800"}"#, "request"),
            (r#"{"request":{},"x":1e400,"id":7}"#, "request Some(\"7\") false"),
            (r#"{"request":{},"media":"\ud800"}"#, "request"),
            (r#"{"id":true,"request":{"a":"\ud800"}}"#, "request"),
            (r#"{"id":1,"request":{"a":1e400}}"#, r#"request Some("1") false"#),
        ] {
            assert_eq!(read(line), read_as, "{line}");
        }
    }

    #[test]
    fn bad_wrappers() {
        for (line, error) in [
            (r#"{"id":null,"request":{}}"#, "bad None `id` must be a string or a number"),
            (r#"{"id":true,"request":{}}"#, "bad None `id` must be a string or a number"),
            (r#"{"id":[1],"request":{}}"#, "bad None `id` must be a string or a number"),
            (r#"{"id":1,"id":1,"request":{}}"#, "bad None `id` appears more than once; keep one"),
            (
                r#"{"id":1,"request":{},"request":{}}"#,
                "bad Some(\"1\") `request` appears more than once; keep one",
            ),
            (
                r#"{"request":5,"request":{}}"#,
                "bad None `request` appears more than once; keep one",
            ),
            (
                r#"{"request":{},"media":1,"media":1}"#,
                "bad None `media` appears more than once; keep one",
            ),
            (
                r#"{"id":1,"request":{},"media":5}"#,
                "bad Some(\"1\") media facts: expected an object, found a number",
            ),
            (
                r#"{"id":"a","request":{},"medla":{}}"#,
                "bad Some(\"\\\"a\\\"\") unknown field `medla`; a job may have only `id`, `request` and `media`",
            ),
        ] {
            assert_eq!(read(line), error, "{line}");
        }
    }
}
