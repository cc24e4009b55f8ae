//! Messages: the rules' templates, filled in with the parameters of a finding.
//!
//! `{index}` counts from 1, `{name://}` appends `://` to every name of a list, and some names are not parameters: `{related}`,
//! for example, lists the finding's related fields.

use alloc::string::String;
use alloc::vec::Vec;

use crate::Lang;
use crate::number;
use crate::params::{Param, Params};
use crate::syntax::Syntax;
use crate::table::{Cause, Field, RuleId, Text};
use crate::template::render;

/// The most characters of a caller's own text that a message repeats.
const MAX_ECHO: usize = 60;

/// The message of a rule for a cause and its `params`. `other` returns the text for a name that is not a parameter.
pub(crate) fn of(
    rule: RuleId,
    cause: &Cause<'_>,
    params: &Params,
    other: impl Fn(&str) -> Option<String>,
    lang: Lang,
) -> String {
    let last = match rule {
        RuleId::RatioUnlisted | RuleId::UrlSuspect => AND,
        _ => OR,
    };
    render(rule.message().get(lang), &|name| {
        let (name, ending) = match name.strip_suffix(URL_START) {
            Some(name) => (name, URL_START),
            None => (name, ""),
        };
        match params.get(name) {
            Some(Param::Number(index)) if name == "index" => Some(number::to_string(index + 1.0)),
            Some(Param::Number(number)) => Some(number::to_string(*number)),
            Some(Param::Numbers(numbers)) => {
                let numbers: Vec<_> = numbers.iter().map(|it| number::to_string(*it)).collect();
                Some(joined(&numbers, last, lang))
            }
            Some(Param::Text(text)) => Some(word(name, text, lang)),
            Some(Param::List(names)) => {
                Some(listed(names.iter().map(|it| it.clone() + ending), last, lang))
            }
            None => other(name).or_else(|| {
                let advice = advice(cause).filter(|_| name == "advice");
                advice.map(|words| words.get(lang).into())
            }),
        }
    })
}

/// Why a name is unknown that once was a model's.
pub(crate) const WITHDRAWN: Text = Text::new("the vendor withdrew it", "厂商已下架");

const URL_START: &str = "://";
const AND: Text = Text::new(" and ", " 和 ");
pub(crate) const OR: Text = Text::new(" or ", " 或 ");

/// The text for `{advice}`: what the user can do about the cause.
fn advice(cause: &Cause<'_>) -> Option<Text> {
    match cause {
        Cause::SchemeNotAccepted { allowed, .. } if allowed == &["asset"] => Some(Text::new(
            "upload the file, submit it for asset review, wait until it is Active, and use `asset://ID`",
            "请先上传文件并提交素材审核，状态变为 Active 后使用 `asset://ID`",
        )),
        Cause::UnknownModel { suggestions: None, .. } => Some(Text::new(
            "`seedance routes` and the form list all models",
            "全部模型见 `seedance routes` 或表单中的列表",
        )),
        _ => None,
    }
}

/// A text parameter as it appears in a sentence: a code is replaced by its words, a caller's text is repeated.
fn word(name: &str, text: &str, lang: Lang) -> String {
    match name {
        "bound" | "expected" | "found" | "problem" => {
            let mut words = WORDS.iter().filter(|(of, code, _)| *of == name && *code == text);
            words.next().map_or(text, |(.., words)| words.get(lang)).into()
        }
        "reason" => Syntax::reason_in(text, lang).into(),
        _ => echo(text),
    }
}

/// Names as they are listed in the middle of a sentence, with `last` before the last one.
pub(crate) fn listed<N: AsRef<str>>(
    names: impl IntoIterator<Item = N>,
    last: Text,
    lang: Lang,
) -> String {
    let quoted = |name: N| alloc::format!("`{}`", echo(name.as_ref()));
    let names: Vec<_> = names.into_iter().map(quoted).collect();
    joined(&names, last, lang)
}

fn joined(words: &[String], last: Text, lang: Lang) -> String {
    match words {
        [others @ .., word] if !others.is_empty() => {
            others.join(Text::new(", ", "、").get(lang)) + last.get(lang) + word
        }
        words => words.concat(),
    }
}

/// A caller's text on one line, cut after `MAX_ECHO` characters.
pub(crate) fn echo(text: &str) -> String {
    let visible = |it: char| if it.is_control() { ' ' } else { it };
    let mut characters = text.chars().map(visible);
    let mut echo: String = characters.by_ref().take(MAX_ECHO).collect();
    if characters.next().is_some() {
        echo.push('…');
    }
    echo
}

/// A field's title in lower case, for the middle of a sentence.
pub(crate) fn title(field: Field, lang: Lang) -> String {
    field.info().title.get(lang).to_ascii_lowercase()
}

/// The words for the codes of some parameters: parameter, code, words.
static WORDS: &[(&str, &str, Text)] = &[
    ("bound", "at-least", Text::new("at least", "至少")),
    ("bound", "at-most", Text::new("at most", "至多")),
    ("expected", "array", Text::new("an array of strings", "字符串数组")),
    ("expected", "boolean", Text::new("a boolean", "布尔值")),
    ("expected", "integer", Text::new("an integer", "整数")),
    ("expected", "json", Text::new("a JSON value", " JSON 值")),
    ("expected", "string", Text::new("a string", "字符串")),
    ("found", "array", Text::new("an array", "数组")),
    ("found", "boolean", Text::new("a boolean", "布尔值")),
    ("found", "fraction", Text::new("a number with decimals", "带小数的数字")),
    (
        "found",
        "not-json",
        Text::new("a value that JSON cannot hold, such as NaN", " JSON 无法表示的值（如 NaN）"),
    ),
    ("found", "null", Text::new("null", " null")),
    ("found", "number", Text::new("a number", "数字")),
    ("found", "object", Text::new("an object", "对象")),
    ("found", "string", Text::new("a string", "字符串")),
    (
        "problem",
        "bad-address",
        Text::new("the part in brackets is not an IPv6 address", "方括号中不是 IPv6 地址"),
    ),
    ("problem", "no-asset-id", Text::new("it has no asset ID", "缺少素材 ID")),
    ("problem", "no-host", Text::new("it has no host", "缺少主机名")),
    (
        "problem",
        "white-space",
        Text::new("it contains white space or control characters", "含有空白或控制字符"),
    ),
];
