//! What one line of a batch holds: a request, or a job that wraps one.

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
    memchr::memchr_iter(b'q', line).any(|at| at >= 3 && follows(at - 3, b"\"request\""))
        || memchr::memchr_iter(b'\\', line).any(|at| follows(at, b"\\u"))
}

/// The members of a line that is an object, as they were written.
#[derive(Default)]
struct Members<'a> {
    ids: Vec<&'a str>,
    requests: Vec<&'a str>,
    medias: Vec<&'a str>,
    further: Option<String>,
}

impl<'a> Members<'a> {
    fn read(line: &'a str) -> Result<Self, Fault> {
        let mut members = Self::default();
        let mut reader = Reader::new(line);
        if reader.value()? != Value::Object {
            return Ok(members);
        }
        while let Some(name) = reader.key()? {
            // What is wrong inside is told with the job's `id`, where it is read.
            let value = reader.raw_unjudged()?;
            match name.as_ref() {
                "id" => members.ids.push(value),
                "request" => members.requests.push(value),
                "media" => members.medias.push(value),
                _ => {
                    members.further.get_or_insert_with(|| name.into_owned());
                }
            }
        }
        reader.end()?;
        Ok(members)
    }

    fn judge(self, lang: Lang) -> Line<'a> {
        let zh = lang == Lang::Zh;
        let id = match self.ids.as_slice() {
            [] => None,
            [id] => match is_id(id) {
                Ok(true) => Some(*id),
                Ok(false) => {
                    let error = if zh {
                        "`id` 必须是字符串或数字"
                    } else {
                        "`id` must be a string or a number"
                    };
                    return Line::Bad {
                        id: None,
                        error: error.into(),
                    };
                }
                // Not JSON by the core's rules, so the whole line is none.
                Err(_) => return Line::Request,
            },
            _ => {
                return Line::Bad {
                    id: None,
                    error: repeated("id", zh),
                };
            }
        };
        let error = match (
            &self.further,
            self.requests.as_slice(),
            self.medias.as_slice(),
        ) {
            (Some(name), ..) if zh => {
                format!("任务中有未知成员 `{name}`，只能有 `id`、`request` 和 `media`")
            }
            (Some(name), ..) => format!(
                "unknown member `{name}` beside `request`, a job has only `id`, `request` and `media`"
            ),
            (None, [request], []) => {
                return Line::Job {
                    id,
                    request,
                    media: None,
                };
            }
            (None, [request], [media]) => {
                return Line::Job {
                    id,
                    request,
                    media: Some(media),
                };
            }
            (None, [_], _) => repeated("media", zh),
            _ => repeated("request", zh),
        };
        Line::Bad { id, error }
    }
}

fn repeated(name: &str, zh: bool) -> String {
    if zh {
        format!("`{name}` 出现了不止一次，请只保留一个")
    } else {
        format!("`{name}` is given more than once, keep one of them")
    }
}

/// Whether the value is a string or a number that reads as JSON to the end.
fn is_id(raw: &str) -> Result<bool, Fault> {
    let value = Reader::new(raw).value()?;
    Ok(matches!(value, Value::Text(_) | Value::Number(_)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> String {
        match Line::read(line.as_bytes(), Lang::En) {
            Line::Request => "request".into(),
            Line::Job { id, request, media } => format!("job {id:?} {request} {media:?}"),
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
            r#"{"request":{},"id":1e400}"#,
            r#"{"request":{},"id":"\ud800"}"#,
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
