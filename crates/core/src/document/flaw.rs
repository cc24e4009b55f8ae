//! What is said of a document that is not as it should be.

use alloc::format;
use alloc::string::{String, ToString};

use crate::Lang;
use crate::decimal::{PRICE_DIGITS_AFTER_POINT, PRICE_DIGITS_BEFORE_POINT};
use crate::message::listed;
use crate::syntax::Syntax;
use crate::table::Text;

/// What is wrong with a document, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Flaw {
    /// The JSON Pointer of the place; empty for the whole document.
    pub path: String,
    pub what: What,
}

/// What is wrong at a place of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum What {
    NotJson(Syntax),
    /// A member that has no meaning there.
    Unknown {
        allowed: &'static [&'static str],
    },
    Repeated,
    Missing,
    /// A value of another kind.
    Not {
        expected: Text,
        found: Text,
    },
    Blank,
    NotFinite,
    Negative,
    NotWhole,
    /// A price that is no decimal; as it was written, where that was a text.
    NotAPrice {
        written: Option<String>,
    },
    TooManyDigits {
        written: Option<String>,
    },
    /// A unit of prices that does not exist.
    NoUnit,
    /// A unit of prices that is not the route's.
    OtherUnit {
        route: &'static str,
    },
    /// More entries than the request has items.
    TooManyEntries {
        entries: usize,
        items: usize,
        of: Text,
    },
    /// An interval that lacks an end.
    NoEnd {
        name: &'static str,
    },
    MinAboveMax,
    TooLong {
        max: u32,
    },
}

pub(super) const NUMBER: Text = Text::new("a number", "数字");
pub(super) const TEXT: Text = Text::new("a string", "字符串");
pub(super) const LIST: Text = Text::new("an array", "数组");
pub(super) const OBJECT: Text = Text::new("an object", "对象");
pub(super) const BOOLEAN: Text = Text::new("a boolean", "布尔值");
pub(super) const NULL: Text = Text::new("null", " null");

impl Flaw {
    pub(super) fn not_json(syntax: Syntax) -> Self {
        Self { path: String::new(), what: What::NotJson(syntax) }
    }

    /// One sentence that names the document and the place.
    pub(crate) fn message(&self, document: Text, lang: Lang) -> String {
        let (document, what) = (document.get(lang), self.what.message(lang));
        let (separator, path) = (Text::new(": ", "：").get(lang), one_line(&self.path));
        match path.is_empty() {
            true => format!("{document}{separator}{what}"),
            false => format!("{document}{separator}`{path}`{separator}{what}"),
        }
    }
}

impl What {
    fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::En => self.in_english(),
            Lang::Zh => self.in_chinese(),
        }
    }

    fn in_english(&self) -> String {
        let (before, after) = (PRICE_DIGITS_BEFORE_POINT, PRICE_DIGITS_AFTER_POINT);
        match self {
            Self::NotJson(Syntax { line, column, reason }) => {
                format!("invalid JSON: {reason} (line {line}, column {column})")
            }
            Self::Unknown { allowed } => {
                format!("unknown field; use one of {}", listed(*allowed, Lang::En))
            }
            Self::Repeated => "appears more than once; keep one".into(),
            Self::Missing => "required field is missing".into(),
            Self::Not { expected, found } => {
                format!("expected {}, found {}", expected.en, found.en)
            }
            Self::Blank => "must not be blank".into(),
            Self::NotFinite => "must be a finite number".into(),
            Self::Negative => "must not be negative".into(),
            Self::NotWhole => "must be a whole number".into(),
            Self::NotAPrice { written } => {
                let written = written.as_deref().unwrap_or("the number");
                format!("{written} is not a price; write a plain decimal such as `\"0.05\"`")
            }
            Self::TooManyDigits { written } => {
                let written = written.as_deref().unwrap_or("the number");
                format!(
                    "{written} has too many digits: at most {before} before and {after} after the decimal point"
                )
            }
            Self::NoUnit => "must be `second`, `task` or `million-tokens`".into(),
            Self::OtherUnit { route } => {
                format!("must be `{route}`: the route bills this name that way")
            }
            Self::TooManyEntries { entries, items, of } => {
                format!("more entries ({entries}) than {} in the request ({items})", of.en)
            }
            Self::NoEnd { name } => format!("`{name}` is missing; give both `min` and `max`"),
            Self::MinAboveMax => "`min` is above `max`".into(),
            Self::TooLong { max } => {
                format!("more than {max} seconds; is the value in milliseconds?")
            }
        }
    }

    fn in_chinese(&self) -> String {
        let (before, after) = (PRICE_DIGITS_BEFORE_POINT, PRICE_DIGITS_AFTER_POINT);
        match self {
            Self::NotJson(Syntax { line, column, reason }) => {
                let reason = Syntax::reason_in(reason, Lang::Zh);
                format!("不是有效的 JSON：{reason}（第 {line} 行第 {column} 列）")
            }
            Self::Unknown { allowed } => {
                format!("未知字段，可用的有 {}", listed(*allowed, Lang::Zh))
            }
            Self::Repeated => "出现多次，请只保留一个".into(),
            Self::Missing => "缺少必填字段".into(),
            Self::Not { expected, found } => format!("应为{}，实际是{}", expected.zh, found.zh),
            Self::Blank => "不能为空白".into(),
            Self::NotFinite => "必须是有限的数字".into(),
            Self::Negative => "不能为负数".into(),
            Self::NotWhole => "必须是整数".into(),
            Self::NotAPrice { written } => {
                let written = written.as_deref().unwrap_or("该数字");
                format!(
                    "{written} 不是有效的价格，请写成不带正负号和货币符号的小数，例如 `\"0.05\"`"
                )
            }
            Self::TooManyDigits { written } => {
                let written = written.as_deref().unwrap_or("该数字");
                format!("{written} 位数过多：小数点前最多 {before} 位，小数点后最多 {after} 位")
            }
            Self::NoUnit => {
                "只能是 `second`（按秒）、`task`（按次）或 `million-tokens`（按百万 tokens）".into()
            }
            Self::OtherUnit { route } => format!("应为 `{route}`：该线路按此单位计费"),
            Self::TooManyEntries { entries, items, of } => {
                format!("有 {entries} 条，但请求里只有 {items} 个{}", of.zh)
            }
            Self::NoEnd { name } => format!("缺少 `{name}`，`min` 和 `max` 都要填写"),
            Self::MinAboveMax => "`min` 大于 `max`".into(),
            Self::TooLong { max } => format!("超过 {max} 秒，是否误用了毫秒？请以秒为单位填写"),
        }
    }
}

/// A caller's text with its line breaks and other control characters written out, so that a sentence stays one line.
pub(crate) fn one_line(text: &str) -> String {
    let spelled = |character: char| {
        if character.is_control() {
            character.escape_default().to_string()
        } else {
            character.into()
        }
    };
    text.chars().map(spelled).collect()
}
