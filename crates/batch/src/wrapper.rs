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
        match Members::read(text) {
            Ok(members)
                if members
                    .requests
                    .iter()
                    .any(|request| request.starts_with('{')) =>
            {
                members.judge(lang)
            }
            _ => Self::Request,
        }
    }
}

/// Whether the name that makes a wrapper stands somewhere, looked for by its rarest letter, or an escape, with which it
/// could be written in another way.
fn may_have_request(line: &[u8]) -> bool {
    let follows =
        |at: usize, text: &[u8]| line.get(at..).is_some_and(|rest| rest.starts_with(text));
    memchr::memchr2_iter(b'q', b'\\', line)
        .any(|at| follows(at, b"\\u") || at >= 3 && follows(at - 3, b"\"request\""))
}

/// The members of a line that is an object, as they were written.
#[derive(Default)]
struct Members<'a> {
    ids: Vec<&'a str>,
    requests: Vec<&'a str>,
    medias: Vec<&'a str>,
    further: Vec<(Cow<'a, str>, &'a str)>,
}

impl<'a> Members<'a> {
    fn read(line: &'a str) -> Result<Self, Fault> {
        let mut members = Self::default();
        let mut reader = Reader::new(line);
        if reader.value() != Value::Object {
            return Ok(members);
        }
        while let Some(name) = reader.key() {
            // What is wrong inside is told with the job's `id`.
            let value = reader.raw_unjudged();
            match name.as_ref() {
                "id" => members.ids.push(value),
                "request" => members.requests.push(value),
                "media" => members.medias.push(value),
                _ => members.further.push((name, value)),
            }
        }
        reader.end()?;
        Ok(members)
    }

    fn judge(self, lang: Lang) -> Line<'a> {
        let id = match self.ids.as_slice() {
            [id] if is_id(id) => Some(*id),
            _ => None,
        };
        let further = self.further.iter().map(|(_, value)| value);
        let mut beside = self.ids.iter().chain(&self.medias).chain(further);
        if !beside.all(|value| is_json(value)) {
            return Line::NotJson { id };
        }
        match (
            self.error(lang),
            self.requests.as_slice(),
            self.medias.as_slice(),
        ) {
            (None, [request], medias) => Line::Job {
                id,
                request,
                media: medias.first().copied(),
            },
            (Some(error), requests, _) if requests.iter().all(|value| is_json(value)) => {
                Line::Bad { id, error }
            }
            _ => Line::NotJson { id },
        }
    }

    /// Why this is no wrapper as the contract has it.
    fn error(&self, lang: Lang) -> Option<String> {
        let zh = lang == Lang::Zh;
        match (self.ids.as_slice(), self.further.first()) {
            ([id], _) if !is_id(id) && zh => Some("`id` 必须是字符串或数字".into()),
            ([id], _) if !is_id(id) => Some("`id` must be a string or a number".into()),
            ([_, _, ..], _) => Some(repeated("id", zh)),
            (_, Some((name, _))) if zh => Some(format!(
                "任务中有未知成员 `{name}`，只能有 `id`、`request` 和 `media`"
            )),
            (_, Some((name, _))) => Some(format!(
                "unknown member `{name}` beside `request`, a job has only `id`, `request` and `media`"
            )),
            _ if self.requests.len() > 1 => Some(repeated("request", zh)),
            _ if self.medias.len() > 1 => Some(repeated("media", zh)),
            _ => None,
        }
    }
}

fn repeated(name: &str, zh: bool) -> String {
    if zh {
        format!("`{name}` 出现了不止一次，请只保留一个")
    } else {
        format!("`{name}` is given more than once, keep one of them")
    }
}

fn is_json(raw: &str) -> bool {
    let mut reader = Reader::new(raw);
    reader.raw();
    reader.fault().is_none()
}

/// Whether the value is a string or a number.
fn is_id(raw: &str) -> bool {
    matches!(Reader::new(raw).value(), Value::Text(_) | Value::Number(_))
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
