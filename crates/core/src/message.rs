//! Messages and labels: templates of the rule table, filled in.
//!
//! `{name}` stands for a parameter; what stands in square brackets is left out when a parameter in
//! it is not given. `{what}` and `{where}` are fields as people call them, `{related}` the fields
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
    render(hit.rule.message(lang), &hit.params, hit.related, lang)
}

/// A template with its parameters.
pub(crate) fn render(template: &str, params: &Params, related: &[Field], lang: Lang) -> String {
    let mut message = String::with_capacity(template.len());
    // Where the part begins that goes when a parameter in it is not given.
    let mut start = 0;
    let mut is_whole = true;
    let mut rest = template;
    loop {
        let mark = rest.bytes().position(|byte| b"[]{}".contains(&byte));
        let (text, marked) = rest.split_at(mark.unwrap_or(rest.len()));
        let mark = marked.bytes().next();
        if mark == Some(b'}') {
            is_whole &= write(&mut message, text, params, related, lang);
        } else {
            message.push_str(text);
        }
        if !matches!(mark, Some(b'{' | b'}')) {
            if !is_whole {
                message.truncate(start);
            }
            (start, is_whole) = (message.len(), true);
        }
        match marked.get(1..) {
            Some(behind) => rest = behind,
            None => return message,
        }
    }
}

/// Appends the parameter of this name; false when it is not given.
fn write(out: &mut String, name: &str, params: &Params, related: &[Field], lang: Lang) -> bool {
    match params.get(name) {
        Some(Param::Number(number)) => number::push(out, *number),
        Some(Param::Text(text)) => write_text(out, name, text, lang),
        Some(Param::List(names)) => {
            for (index, name) in names.iter().enumerate() {
                list(out, index, name, lang);
            }
        }
        None if name == "related" => {
            for (index, field) in related.iter().enumerate() {
                list(out, index, field.name(), lang);
            }
        }
        None => return false,
    }
    true
}

fn write_text(out: &mut String, name: &str, text: &str, lang: Lang) {
    match (name, lang) {
        ("expected" | "found" | "problem", _) => {
            let words = look_up(WORDS, &[name, text]);
            out.push_str(words.map_or(text, |words| half(words, lang)));
        }
        // Our own words, not the caller's.
        ("reason", Lang::En) => out.push_str(text),
        ("reason", Lang::Zh) => out.push_str(look_up(FAULTS, &[text]).unwrap_or(text)),
        // What people call a field, in the middle of a sentence.
        ("what" | "where", _) => {
            let title = Field::named(text).map_or("", |field| field.info().title.get(lang));
            for character in title.chars() {
                out.push(character.to_ascii_lowercase());
            }
        }
        _ => echo(out, text),
    }
}

/// What stands behind these words in a list's lines.
fn look_up(list: &'static str, words: &[&str]) -> Option<&'static str> {
    let mut lines = list;
    while let Some((line, others)) = split(lines, b'\n') {
        let behind = words.iter().try_fold(line, |line, word| {
            line.strip_prefix(word)?.strip_prefix("|")
        });
        if behind.is_some() {
            return behind;
        }
        lines = others;
    }
    None
}

/// The English or the Chinese of `English|Chinese`; what has no `|` is the same in both.
pub(crate) fn half(words: &str, lang: Lang) -> &str {
    match split(words, b'|') {
        Some((en, zh)) => [en, zh][lang as usize],
        None => words,
    }
}

/// What stands before and behind the first of an ASCII mark; `core`'s way is several times as large.
pub(crate) fn split(text: &str, mark: u8) -> Option<(&str, &str)> {
    let place = text.bytes().position(|byte| byte == mark)?;
    let (before, behind) = text.split_at(place);
    Some((before, behind.get(1..)?))
}

/// Names in the middle of a sentence.
pub(crate) fn listed(names: &[impl AsRef<str>], lang: Lang) -> String {
    let mut listed = String::new();
    for (index, name) in names.iter().enumerate() {
        list(&mut listed, index, name.as_ref(), lang);
    }
    listed
}

/// Appends one of several names.
fn list(out: &mut String, index: usize, name: &str, lang: Lang) {
    if index > 0 {
        out.push_str(SEPARATOR.get(lang));
    }
    out.push('`');
    echo(out, name);
    out.push('`');
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

/// What the codes in some parameters are called: parameter, code, English, Chinese.
const WORDS: &str = "\
expected|array|an array of strings|字符串数组
expected|integer|an integer|整数
expected|json|a JSON value|JSON 值
expected|string|a string|字符串
found|array|an array|数组
found|boolean|a boolean|布尔值
found|fraction|a number with a fraction|带小数的数字
found|not-json|a value that JSON cannot hold|JSON 无法表示的值
found|null|null| null
found|number|a number|数字
found|object|an object|对象
found|string|a string|字符串
problem|bad-address|what stands in brackets is no IPv6 address|方括号中不是 IPv6 地址
problem|no-asset-id|there is no asset id after `asset://`|`asset://` 后缺少素材 ID
problem|no-host|it has no host|缺少主机名
problem|white-space|it holds white space or control characters|含有空白或控制字符
";

/// The parser's words for what is wrong with a text, which are English, in Chinese.
const FAULTS: &str = "\
EOF while parsing a list|数组没有结束
EOF while parsing a string|字符串没有结束
EOF while parsing a value|文本在应有值的位置结束
EOF while parsing an object|对象没有结束
control character (\\u0000-\\u001F) found while parsing a string|字符串中有控制字符
expected `,` or `]`|此处应为 `,` 或 `]`
expected `,` or `}`|此处应为 `,` 或 `}`
expected `:`|此处应为 `:`
expected ident|此处应为一个值
expected value|此处应为一个值
invalid escape|转义序列无效
unexpected end of hex escape|转义序列无效
invalid number|数字写法无效
invalid unicode code point|转义序列不是有效的 Unicode 字符
lone leading surrogate in hex escape|转义序列不是有效的 Unicode 字符
key must be a string|字段名应为带引号的字符串
number out of range|数字超出范围
recursion limit exceeded|嵌套过深
the text begins with a byte-order mark|文本开头有字节顺序标记（BOM）
the text is not UTF-8|文本不是 UTF-8 编码
trailing characters|值之后还有多余内容
trailing comma|多了一个逗号
";

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
