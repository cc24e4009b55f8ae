//! Messages and labels: templates of the rule table, filled in.
//!
//! `{name}` stands for a parameter; what stands in square brackets is left out when a parameter in
//! it is not given. `{what}` is the field of that name as people call it, `{related}` the fields
//! that a finding is related to.

use alloc::string::String;

use crate::Lang;
use crate::check::Hit;
use crate::finding::{Param, Params};
use crate::number;
use crate::table::{Field, Text};

/// The most characters of a caller's own text that a message repeats.
pub(crate) const MAX_ECHO: usize = 60;

/// What a finding says.
pub(crate) fn of(hit: &Hit, lang: Lang) -> String {
    let template = hit.rule.finding().message.get(lang);
    if hit.related.is_empty() {
        return render(template, &hit.params, lang);
    }
    let mut params = hit.params.clone();
    params.list("related", hit.related.iter().map(|field| field.name()));
    render(template, &params, lang)
}

/// A template with its parameters.
pub(crate) fn render(template: &str, params: &Params, lang: Lang) -> String {
    let mut message = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, optional)) = rest.split_once('[') {
        message.push_str(&fill(before, params, lang).unwrap_or_default());
        let (inner, after) = optional.split_once(']').unwrap_or((optional, ""));
        message.push_str(&fill(inner, params, lang).unwrap_or_default());
        rest = after;
    }
    message.push_str(&fill(rest, params, lang).unwrap_or_default());
    message
}

/// The part with its parameters; `None` when one is not given.
fn fill(part: &str, params: &Params, lang: Lang) -> Option<String> {
    let mut filled = String::with_capacity(part.len());
    let mut rest = part;
    while let Some((before, braced)) = rest.split_once('{') {
        let (name, after) = braced.split_once('}')?;
        filled.push_str(before);
        write(&mut filled, name, params.get(name)?, lang);
        rest = after;
    }
    filled.push_str(rest);
    Some(filled)
}

fn write(out: &mut String, name: &str, param: &Param, lang: Lang) {
    match param {
        Param::Number(number) => out.push_str(&number::to_string(*number)),
        Param::Text(text) => match WORDS
            .iter()
            .find(|(of, word, _)| *of == name && word == text)
        {
            Some((.., words)) => out.push_str(words.get(lang)),
            // Our own words, not the caller's.
            None if name == "reason" => out.push_str(match lang {
                Lang::Zh => fault_zh(text),
                _ => text,
            }),
            None if name == "what" => out.push_str(&spoken(text, lang)),
            None => echo(out, text),
        },
        Param::List(list) => list_names(out, list, lang),
    }
}

/// Names in the middle of a sentence.
pub(crate) fn listed(names: &[impl AsRef<str>], lang: Lang) -> String {
    let mut listed = String::new();
    list_names(&mut listed, names, lang);
    listed
}

fn list_names(out: &mut String, names: &[impl AsRef<str>], lang: Lang) {
    for (index, name) in names.iter().enumerate() {
        if index > 0 {
            out.push_str(SEPARATOR.get(lang));
        }
        out.push('`');
        echo(out, name.as_ref());
        out.push('`');
    }
}

/// What people call a field, in the middle of a sentence.
fn spoken(field: &str, lang: Lang) -> String {
    let title = Field::named(field).map_or("", |field| field.info().title.get(lang));
    title.to_ascii_lowercase()
}

/// A caller's text on one line, cut where it is long.
fn echo(out: &mut String, text: &str) {
    for (count, character) in text.chars().enumerate() {
        if count == MAX_ECHO {
            out.push('…');
            return;
        }
        out.push(if character.is_control() {
            ' '
        } else {
            character
        });
    }
}

const SEPARATOR: Text = Text {
    en: ", ", zh: "、"
};

/// What the codes in some parameters are called.
static WORDS: &[(&str, &str, Text)] = &[
    word("expected", "array", "an array of strings", "字符串数组"),
    word("expected", "integer", "an integer", "整数"),
    word("expected", "json", "a JSON value", "JSON 值"),
    word("expected", "string", "a string", "字符串"),
    word("found", "array", "an array", "数组"),
    word("found", "boolean", "a boolean", "布尔值"),
    word(
        "found",
        "fraction",
        "a number with a fraction",
        "带小数的数字",
    ),
    word(
        "found",
        "not-json",
        "a value that JSON cannot hold",
        "JSON 无法表示的值",
    ),
    word("found", "null", "null", " null"),
    word("found", "number", "a number", "数字"),
    word("found", "object", "an object", "对象"),
    word("found", "string", "a string", "字符串"),
    word(
        "problem",
        "bad-address",
        "what stands in brackets is no IPv6 address",
        "方括号中不是 IPv6 地址",
    ),
    word(
        "problem",
        "no-asset-id",
        "there is no asset id after `asset://`",
        "`asset://` 后缺少素材 ID",
    ),
    word("problem", "no-host", "it has no host", "缺少主机名"),
    word(
        "problem",
        "white-space",
        "it holds white space or control characters",
        "含有空白或控制字符",
    ),
];

/// The parser's words for what is wrong with a text, which are English, in Chinese.
fn fault_zh(words: &str) -> &str {
    match words {
        "EOF while parsing a list" => "数组没有结束",
        "EOF while parsing a string" => "字符串没有结束",
        "EOF while parsing a value" => "文本在应有值的位置结束",
        "EOF while parsing an object" => "对象没有结束",
        "control character (\\u0000-\\u001F) found while parsing a string" => "字符串中有控制字符",
        "expected `,` or `]`" => "此处应为 `,` 或 `]`",
        "expected `,` or `}`" => "此处应为 `,` 或 `}`",
        "expected `:`" => "此处应为 `:`",
        "expected ident" | "expected value" => "此处应为一个值",
        "invalid escape" | "unexpected end of hex escape" => "转义序列无效",
        "invalid number" => "数字写法无效",
        "invalid unicode code point" | "lone leading surrogate in hex escape" => {
            "转义序列不是有效的 Unicode 字符"
        }
        "key must be a string" => "字段名应为带引号的字符串",
        "number out of range" => "数字超出范围",
        "recursion limit exceeded" => "嵌套过深",
        "the text begins with a byte-order mark" => "文本开头有字节顺序标记（BOM）",
        "the text is not UTF-8" => "文本不是 UTF-8 编码",
        "trailing characters" => "值之后还有多余内容",
        "trailing comma" => "多了一个逗号",
        other => other,
    }
}

const fn word(
    param: &'static str,
    code: &'static str,
    en: &'static str,
    zh: &'static str,
) -> (&'static str, &'static str, Text) {
    (param, code, Text { en, zh })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The parser's words are its own to change: this fails when an update rewords one.
    #[test]
    fn what_is_wrong_with_a_text_is_said_in_chinese() {
        for text in [
            "",
            "\u{feff}{}",
            "[",
            "{",
            "\"a",
            "[1 2]",
            "{\"a\" 1}",
            "{\"a\": 1 2}",
            "{1: 2}",
            "[1,]",
            "nope",
            "nul",
            "01",
            "1e400",
            "\"\\x\"",
            "\"\\u12\"",
            "\"\\ud800\"",
            "\"\n\"",
            "1 2",
        ] {
            let report = crate::Job::new(text).check(Lang::Zh).into_owned();
            let message = &report.findings[0].message;
            let reason = message.split_once('：').map(|(_, reason)| reason).unwrap();
            assert!(
                reason.starts_with(|c: char| !c.is_ascii()),
                "{text}: {message}"
            );
        }
    }
}
