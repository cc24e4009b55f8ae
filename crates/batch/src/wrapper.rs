//! What one line of a batch holds: a request, or a job that wraps one.

use std::borrow::Cow;
use std::fmt;
use std::sync::LazyLock;

use memchr::memmem::Finder;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use seedance_core::Lang;

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
        if REQUEST.find(line).is_none() && ESCAPE.find(line).is_none() {
            return Self::Request;
        }
        let Ok(text) = std::str::from_utf8(line) else {
            return Self::Request;
        };
        match serde_json::from_str::<Members<'a>>(text) {
            Ok(members)
                if members
                    .requests
                    .iter()
                    .any(|request| request.get().starts_with('{')) =>
            {
                members.judge(lang)
            }
            _ => Self::Request,
        }
    }
}

/// The name that makes a wrapper, as it is nearly always written.
static REQUEST: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(br#""request""#));
/// With one of these it could be written in another way.
static ESCAPE: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(br"\u"));

/// The members of a line that is an object.
#[derive(Default)]
struct Members<'a> {
    ids: Vec<&'a RawValue>,
    requests: Vec<&'a RawValue>,
    medias: Vec<&'a RawValue>,
    further: Option<String>,
}

impl<'a> Members<'a> {
    fn judge(self, lang: Lang) -> Line<'a> {
        let zh = lang == Lang::Zh;
        let id = match self.ids.as_slice() {
            [] => None,
            [id] => match is_id(id.get()) {
                Ok(true) => Some(id.get()),
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
                    request: request.get(),
                    media: None,
                };
            }
            (None, [request], [media]) => {
                return Line::Job {
                    id,
                    request: request.get(),
                    media: Some(media.get()),
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
fn is_id(raw: &str) -> serde_json::Result<bool> {
    match raw.as_bytes().first() {
        Some(b'"') => serde_json::from_str::<Cow<'_, str>>(raw).map(|_| true),
        Some(b'-' | b'0'..=b'9') => serde_json::from_str::<f64>(raw).map(|_| true),
        _ => Ok(false),
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(MembersVisitor(std::marker::PhantomData))
    }
}

#[derive(serde::Deserialize)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

struct MembersVisitor<'a>(std::marker::PhantomData<&'a ()>);

impl<'de: 'a, 'a> Visitor<'de> for MembersVisitor<'a> {
    type Value = Members<'a>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'a>, A::Error> {
        let mut members = Members::default();
        while let Some(Name(name)) = map.next_key::<Name<'de>>()? {
            match name.as_ref() {
                "id" => members.ids.push(map.next_value()?),
                "request" => members.requests.push(map.next_value()?),
                "media" => members.medias.push(map.next_value()?),
                _ => {
                    map.next_value::<IgnoredAny>()?;
                    members.further.get_or_insert_with(|| name.into_owned());
                }
            }
        }
        Ok(members)
    }
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
