//! What is said of a document that does not have the shape that it should have.

use alloc::format;
use alloc::string::{String, ToString};

use super::child;
use crate::Lang;
use crate::message::listed;

/// A document that does not have the shape that it should have, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShapeError {
    pub(super) path: String,
    pub(super) problem: ShapeProblem,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ShapeProblem {
    NotJson {
        fault: Fault,
        line: usize,
        column: usize,
    },
    WrongType {
        expected: Kind,
        found: Kind,
    },
    UnknownMember {
        allowed: &'static [&'static str],
    },
    Repeated,
    Missing,
}

/// What is wrong with a text that is not one JSON value in UTF-8.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    Empty,
    ByteOrderMark,
    Utf16,
    EndsEarly,
    MoreBehind,
    Syntax(&'static str),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Null,
    Bool,
    Number,
    Text,
    List,
    Object,
    TooDeep,
    Price,
    Seconds,
}

impl ShapeError {
    pub(super) fn not_json(text: &[u8], fault: seedance_json::Fault) -> Self {
        Self {
            path: String::new(),
            problem: not_json(text, fault),
        }
    }

    pub(crate) fn missing(path: &str, name: &str) -> Self {
        Self {
            path: child(path, name),
            problem: ShapeProblem::Missing,
        }
    }

    /// The JSON Pointer of the place.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// One sentence about the place that does not name the document.
    pub(crate) fn message(&self, lang: Lang) -> String {
        let at = place(&self.path, lang);
        match (&self.problem, lang) {
            (
                ShapeProblem::NotJson {
                    fault,
                    line,
                    column,
                },
                Lang::Zh,
            ) => {
                format!(
                    "不是单个 UTF-8 编码的 JSON 值：{}（第 {line} 行第 {column} 列）",
                    fault.text(lang)
                )
            }
            (
                ShapeProblem::NotJson {
                    fault,
                    line,
                    column,
                },
                _,
            ) => {
                format!(
                    "not exactly one JSON value in UTF-8: {} (line {line}, column {column})",
                    fault.text(lang)
                )
            }
            (ShapeProblem::WrongType { expected, found }, Lang::Zh) => {
                format!(
                    "{at}应为{}，实际是{}",
                    expected.text(lang),
                    found.text(lang)
                )
            }
            (ShapeProblem::WrongType { expected, found }, _) => {
                format!(
                    "{at}expected {}, found {}",
                    expected.text(lang),
                    found.text(lang)
                )
            }
            (ShapeProblem::UnknownMember { allowed }, Lang::Zh) => {
                format!("{at}未知成员，只能是 {}", listed(allowed, lang))
            }
            (ShapeProblem::UnknownMember { allowed }, _) => {
                format!(
                    "{at}unknown member, allowed here are {}",
                    listed(allowed, lang)
                )
            }
            (ShapeProblem::Repeated, Lang::Zh) => format!("{at}出现了不止一次，请只保留一个"),
            (ShapeProblem::Repeated, _) => format!("{at}given more than once, keep one of them"),
            (ShapeProblem::Missing, Lang::Zh) => format!("{at}缺少这个成员"),
            (ShapeProblem::Missing, _) => format!("{at}this member is required and missing"),
        }
    }
}

/// How a message names a place: nothing for the document itself.
pub(crate) fn place(path: &str, lang: Lang) -> String {
    match (path, lang) {
        ("", _) => String::new(),
        (path, Lang::Zh) => format!("`{}`：", one_line(path)),
        (path, _) => format!("`{}`: ", one_line(path)),
    }
}

/// A caller's text with its line breaks and other control characters written out, so that a sentence stays one line.
pub(crate) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_control() {
            line.push_str(&character.escape_default().to_string());
        } else {
            line.push(character);
        }
    }
    line
}

impl Fault {
    fn text(&self, lang: Lang) -> &str {
        let (en, zh) = match self {
            Self::Empty => ("it is empty", "内容为空"),
            Self::ByteOrderMark => (
                "it begins with a byte-order mark, save it without one",
                "开头有字节顺序标记（BOM），请另存为不带 BOM 的 UTF-8",
            ),
            Self::Utf16 => (
                "it is UTF-16, save it as UTF-8",
                "编码是 UTF-16，请另存为 UTF-8",
            ),
            Self::EndsEarly => ("it ends too early", "内容不完整，提前结束"),
            Self::MoreBehind => ("something follows the value", "第一个值之后还有多余内容"),
            Self::Syntax(reason) => (*reason, "语法错误"),
        };
        if lang == Lang::Zh { zh } else { en }
    }
}

impl Kind {
    fn text(self, lang: Lang) -> &'static str {
        let (en, zh) = match self {
            Self::Null => ("null", "null"),
            Self::Bool => ("a boolean", "布尔值"),
            Self::Number => ("a number", "数字"),
            Self::Text => ("a string", "字符串"),
            Self::List => ("an array", "数组"),
            Self::Object => ("an object", "对象"),
            Self::TooDeep => ("something nested too deeply", "嵌套过深的内容"),
            Self::Price => (
                "a price: a decimal string, a number or an object with `price`",
                "价格：十进制字符串、数字，或带 `price` 的对象",
            ),
            Self::Seconds => (
                "a number or an object with `min` and `max`",
                "数字，或带 `min` 和 `max` 的对象",
            ),
        };
        if lang == Lang::Zh { zh } else { en }
    }
}

fn not_json(text: &[u8], fault: seedance_json::Fault) -> ShapeProblem {
    let (line, column) = fault.position(text);
    let fault = match text {
        [0xEF, 0xBB, 0xBF, ..] => Fault::ByteOrderMark,
        [0xFE, 0xFF, ..] | [0xFF, 0xFE, ..] | [0, _, ..] | [_, 0, ..] => Fault::Utf16,
        text if text.iter().all(u8::is_ascii_whitespace) => Fault::Empty,
        _ if fault.is_end() => Fault::EndsEarly,
        _ if fault.reason == "trailing characters" => Fault::MoreBehind,
        _ => Fault::Syntax(fault.reason),
    };
    ShapeProblem::NotJson {
        fault,
        line,
        column,
    }
}
