//! What one line of a batch holds: a request, or a job that wraps one.

use std::borrow::Cow;

use seedance_core::Lang;
use seedance_json::{Fault, Reader, Source, Value};

/// What the line says, not yet judged.
#[derive(Debug)]
pub enum Line<'a> {
    /// The line is the request (or no JSON at all, which is the core's to say).
    Request,
    /// `{ "id": …, "request": …, "media": … }`
    Job {
        /// As it was written.
        id: Option<&'a str>,
        /// JSON text of an object.
        request: &'a str,
        /// JSON text.
        media: Option<&'a str>,
    },
    /// A wrapper that is not JSON beside its request: then the whole line is judged as a request is.
    NotJson {
        /// As it was written, where it is one.
        id: Option<&'a str>,
    },
    /// A wrapper that is not as the contract has it.
    Bad {
        /// As it was written, where it is one.
        id: Option<&'a str>,
        /// What is wrong, in one sentence.
        error: String,
    },
}

impl<'a> Line<'a> {
    /// Tells what a line is.
    pub fn read(line: &'a [u8], lang: Lang) -> Self {
        // Nearly every line is a bare request: it is read once, by the core.
        if !may_have_request(line) {
            return Self::Request;
        }
        let Ok(text) = std::str::from_utf8(line) else {
            return Self::Request;
        };
        let mut members = Members::default();
        if members.read(text).is_ok() && members.have_request() {
            members.judge(lang)
        } else {
            Self::Request
        }
    }
}

/// Whether the name that makes a wrapper stands somewhere, looked for by its rarest letter, or an escape, with which it
/// could be written in another way.
fn may_have_request(line: &[u8]) -> bool {
    let follows =
        |at: usize, text: &[u8]| line.get(at..).is_some_and(|rest| rest.starts_with(text));
    let mut start = 0;
    while let Some(place) = line.get(start..).and_then(|rest| find(b'q', b'\\', rest)) {
        let at = start + place;
        if follows(at, b"\\u") || at >= 3 && follows(at - 3, b"\"request\"") {
            return true;
        }
        start = at + 1;
    }
    false
}

/// Where the first of two bytes stands.
// Whoever looks for one asks for it twice: the search is compiled once.
#[inline(never)]
pub fn find(one: u8, other: u8, bytes: &[u8]) -> Option<usize> {
    memchr::memchr2(one, other, bytes)
}

/// The members of a job.
const KNOWN: [&str; 3] = ["id", "request", "media"];

/// The members of a line that is an object.
#[derive(Default)]
struct Members<'a> {
    /// Their values as they were written: those of each known name, and of all others.
    values: [Vec<&'a str>; KNOWN.len() + 1],
    /// The first of the other names.
    unknown: Option<Cow<'a, str>>,
}

impl<'a> Members<'a> {
    fn read(&mut self, line: &'a str) -> Result<(), Fault> {
        let mut reader = Reader::new(line);
        if reader.value() != Value::Object {
            return Ok(());
        }
        while let Some(name) = reader.key() {
            // What is wrong inside is told with the job's `id`.
            let value = reader.raw_unjudged();
            let known = KNOWN.iter().position(|known| *known == name);
            self.values[known.unwrap_or(KNOWN.len())].push(value);
            if known.is_none() {
                self.unknown.get_or_insert(name);
            }
        }
        reader.end()
    }

    /// Whether one of them is what makes the line a wrapper.
    fn have_request(&self) -> bool {
        let [_, requests, ..] = &self.values;
        requests
            .iter()
            .any(|request| matches!(request.as_bytes(), [b'{', ..]))
    }

    fn judge(&self, lang: Lang) -> Line<'a> {
        let [ids, requests, medias, further] = &self.values;
        let id = match ids.as_slice() {
            [id] if is_id(id) => Some(*id),
            _ => None,
        };
        if !(are_json(ids) && are_json(medias) && are_json(further)) {
            return Line::NotJson { id };
        }
        match (self.error(id.is_some(), lang), requests.as_slice()) {
            (None, [request]) => Line::Job {
                id,
                request,
                media: medias.first().copied(),
            },
            (Some(error), _) if are_json(requests) => Line::Bad { id, error },
            _ => Line::NotJson { id },
        }
    }

    /// Why this is no wrapper as the contract has it.
    fn error(&self, has_id: bool, lang: Lang) -> Option<String> {
        let [ids, ..] = &self.values;
        let (name, sentence) = match (ids.len(), &self.unknown) {
            (1, _) if !has_id => ("id", BAD_ID),
            (0 | 1, Some(name)) => (name.as_ref(), UNKNOWN),
            _ => {
                let mut known = self.values.iter().zip(KNOWN);
                let (_, name) = known.find(|(values, _)| values.len() > 1)?;
                (name, REPEATED)
            }
        };
        let [before, behind] = sentence[lang as usize];
        Some(String::from(before) + name + behind)
    }
}

/// What is said before and behind a member's name, in English and in Chinese.
type Sentence = [[&'static str; 2]; 2];

const BAD_ID: &Sentence = &[
    ["`", "` must be a string or a number"],
    ["`", "` 必须是字符串或数字"],
];
const UNKNOWN: &Sentence = &[
    [
        "unknown member `",
        "` beside `request`, a job has only `id`, `request` and `media`",
    ],
    ["任务中有未知成员 `", "`，只能有 `id`、`request` 和 `media`"],
];
const REPEATED: &Sentence = &[
    ["`", "` is given more than once, keep one of them"],
    ["`", "` 出现了不止一次，请只保留一个"],
];

fn are_json(values: &[&str]) -> bool {
    let is_json = |raw: &&str| {
        let mut reader = Reader::new(raw);
        reader.raw();
        reader.fault().is_none()
    };
    values.iter().all(is_json)
}

/// Whether the value is a string or a number.
fn is_id(raw: &str) -> bool {
    matches!(raw.as_bytes(), [b'"' | b'-' | b'0'..=b'9', ..]) && are_json(&[raw])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> String {
        match Line::read(line.as_bytes(), Lang::En) {
            Line::Request => "request".into(),
            Line::Job { id, request, media } => format!("job {id:?} {request} {media:?}"),
            Line::NotJson { id } => format!("not json {id:?}"),
            Line::Bad { id, error } => format!("bad {id:?} {error}"),
        }
    }

    #[test]
    fn bare_requests() {
        for line in [
            r#"{"model":"m"}"#,
            r#"{"request":5}"#,
            r#"{"request":null,"id":1}"#,
            r#"{"prompt":"a \"request\" \u00e9"}"#,
            r#"[{"request":{}}]"#,
            r#"{"request":{}"#,
            r#"{"request":{}} {}"#,
            "",
        ] {
            assert_eq!(read(line), "request", "{line}");
        }
        assert!(matches!(
            Line::read(b"{\"request\":{},\"x\":\"\xff\"}", Lang::En),
            Line::Request
        ));
    }

    #[test]
    fn jobs_give_their_id_back_as_it_was_written() {
        assert_eq!(
            read(r#"{"request": {"a": 1} }"#),
            r#"job None {"a": 1} None"#
        );
        assert_eq!(
            read(r#"{"id":1.50,"request":{}}"#),
            r#"job Some("1.50") {} None"#
        );
        assert_eq!(
            read(r#"{"id":"\u00e9","request":{},"media":null}"#),
            r#"job Some("\"\\u00e9\"") {} Some("null")"#
        );
        assert_eq!(read(r#"{"\u0072equest":{}}"#), "job None {} None");
    }

    #[test]
    fn a_wrapper_that_is_not_json() {
        for (line, read_as) in [
            (r#"{"request":{},"id":1e400}"#, "not json None"),
            (r#"{"request":{},"id":"\ud800"}"#, "not json None"),
            (r#"{"request":{},"x":1e400,"id":7}"#, "not json Some(\"7\")"),
            (r#"{"request":{},"media":"\ud800"}"#, "not json None"),
            (r#"{"id":true,"request":{"a":"\ud800"}}"#, "not json None"),
            // Told as the request's own.
            (
                r#"{"id":1,"request":{"a":1e400}}"#,
                r#"job Some("1") {"a":1e400} None"#,
            ),
        ] {
            assert_eq!(read(line), read_as, "{line}");
        }
    }

    #[test]
    fn bad_wrappers() {
        for (line, error) in [
            (
                r#"{"id":null,"request":{}}"#,
                "bad None `id` must be a string or a number",
            ),
            (
                r#"{"id":true,"request":{}}"#,
                "bad None `id` must be a string or a number",
            ),
            (
                r#"{"id":[1],"request":{}}"#,
                "bad None `id` must be a string or a number",
            ),
            (
                r#"{"id":1,"id":1,"request":{}}"#,
                "bad None `id` is given more than once, keep one of them",
            ),
            (
                r#"{"id":1,"request":{},"request":{}}"#,
                "bad Some(\"1\") `request` is given more than once, keep one of them",
            ),
            (
                r#"{"request":5,"request":{}}"#,
                "bad None `request` is given more than once, keep one of them",
            ),
            (
                r#"{"request":{},"media":1,"media":1}"#,
                "bad None `media` is given more than once, keep one of them",
            ),
            (
                r#"{"id":"a","request":{},"medla":{}}"#,
                "bad Some(\"\\\"a\\\"\") unknown member `medla` beside `request`, a job has only `id`, `request` and `media`",
            ),
        ] {
            assert_eq!(read(line), error, "{line}");
        }
    }
}
