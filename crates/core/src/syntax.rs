//! Why a text is no JSON, and where: serde_json's words and places, made ours.

use alloc::borrow::Cow;
use alloc::string::ToString;
use core::str::Utf8Error;

use crate::Lang;
use crate::table::Text;

/// Where a text is no JSON, and why. Line and column, in characters, count from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Syntax {
    pub line: usize,
    pub column: usize,
    /// In English.
    pub reason: Cow<'static, str>,
}

impl Syntax {
    /// What serde_json found wrong with a text.
    pub fn of(text: &str, fault: &serde_json::Error) -> Self {
        let line = text
            .split('\n')
            .nth(fault.line().saturating_sub(1))
            .unwrap_or_default();
        // serde_json counts columns in bytes.
        let before = line
            .as_bytes()
            .get(..fault.column())
            .unwrap_or(line.as_bytes());
        Self {
            line: fault.line().max(1),
            column: characters(before).max(1),
            reason: encoding(text.as_bytes()).map_or_else(|| words(fault), Cow::Borrowed),
        }
    }

    /// Where bytes are no UTF-8.
    pub fn not_utf8(bytes: &[u8], fault: Utf8Error) -> Self {
        let before = bytes.get(..fault.valid_up_to()).unwrap_or_default();
        let last = before
            .rsplit(|byte| *byte == b'\n')
            .next()
            .unwrap_or_default();
        Self {
            line: before.split(|byte| *byte == b'\n').count(),
            column: characters(last) + 1,
            reason: Cow::Borrowed(encoding(bytes).unwrap_or(NOT_UTF8.en)),
        }
    }

    /// The reason in a language.
    pub fn reason_in(reason: &str, lang: Lang) -> &str {
        let known = REASONS
            .iter()
            .map(|(_, words)| words)
            .chain([&BOM, &EMPTY, &NOT_UTF8, &UTF_16]);
        let mut same = known.filter(|words| words.en == reason);
        same.next().map_or(reason, |words| words.get(lang))
    }
}

/// How many characters begin in these bytes.
fn characters(bytes: &[u8]) -> usize {
    bytes
        .iter()
        .filter(|byte| **byte & 0b1100_0000 != 0b1000_0000)
        .count()
}

/// What is wrong with the whole text rather than with a place in it.
fn encoding(text: &[u8]) -> Option<&'static str> {
    match text {
        [0xEF, 0xBB, 0xBF, ..] => Some(BOM.en),
        [0xFE, 0xFF, ..] | [0xFF, 0xFE, ..] | [0, _, 0, _, ..] | [_, 0, _, 0, ..] => {
            Some(UTF_16.en)
        }
        text if text.iter().all(u8::is_ascii_whitespace) => Some(EMPTY.en),
        _ => None,
    }
}

/// The words for a fault, without the place behind them.
fn words(fault: &serde_json::Error) -> Cow<'static, str> {
    let whole = fault.to_string();
    let place = alloc::format!(" at line {} column {}", fault.line(), fault.column());
    let parser = whole.strip_suffix(&place).unwrap_or(&whole);
    match REASONS.iter().find(|(theirs, _)| *theirs == parser) {
        Some((_, ours)) => Cow::Borrowed(ours.en),
        None => Cow::Owned(parser.into()),
    }
}

const fn say(en: &'static str, zh: &'static str) -> Text {
    Text { en, zh }
}

const BOM: Text = say(
    "the text begins with a byte-order mark; save it as UTF-8 without one",
    "文本开头有字节顺序标记（BOM），请另存为不带 BOM 的 UTF-8",
);
const UTF_16: Text = say(
    "the text is UTF-16; save it as UTF-8",
    "文本是 UTF-16 编码，请另存为 UTF-8",
);
const NOT_UTF8: Text = say("the text is not UTF-8", "文本不是 UTF-8 编码");
const EMPTY: Text = say("the text is empty", "文本为空");

/// serde_json's words for what is wrong with a text, and ours.
static REASONS: &[(&str, Text)] = &[
    (
        "EOF while parsing a list",
        say("the array is not closed", "数组没有结束"),
    ),
    (
        "EOF while parsing a string",
        say("the string is not closed", "字符串没有结束"),
    ),
    (
        "EOF while parsing a value",
        say("a value is missing", "此处缺少一个值"),
    ),
    (
        "EOF while parsing an object",
        say("the object is not closed", "对象没有结束"),
    ),
    (
        "control character (\\u0000-\\u001F) found while parsing a string",
        say(
            "there is a control character in a string",
            "字符串中有控制字符",
        ),
    ),
    (
        "expected `,` or `]`",
        say("expected `,` or `]`", "此处应为 `,` 或 `]`"),
    ),
    (
        "expected `,` or `}`",
        say("expected `,` or `}`", "此处应为 `,` 或 `}`"),
    ),
    ("expected `:`", say("expected `:`", "此处应为 `:`")),
    (
        "expected ident",
        say("a value is expected here", "此处应为一个值"),
    ),
    (
        "expected value",
        say("a value is expected here", "此处应为一个值"),
    ),
    ("invalid escape", say("invalid escape", "转义序列无效")),
    (
        "unexpected end of hex escape",
        say("the escape is incomplete", "转义序列不完整"),
    ),
    ("invalid number", say("invalid number", "数字写法无效")),
    (
        "invalid unicode code point",
        say(
            "the escape is not a Unicode character",
            "转义序列不是有效的 Unicode 字符",
        ),
    ),
    (
        "lone leading surrogate in hex escape",
        say(
            "the escape is not a Unicode character",
            "转义序列不是有效的 Unicode 字符",
        ),
    ),
    (
        "key must be a string",
        say(
            "a field name must be a quoted string",
            "字段名应为带引号的字符串",
        ),
    ),
    (
        "number out of range",
        say("number out of range", "数字超出范围"),
    ),
    (
        "recursion limit exceeded",
        say("the value is nested too deeply", "嵌套过深"),
    ),
    (
        "trailing characters",
        say("there is more text after the value", "值之后还有多余内容"),
    ),
    ("trailing comma", say("trailing comma", "多了一个逗号")),
];

#[cfg(test)]
mod tests {
    use super::*;

    /// The parser's words are its own to change: this fails when an update rewords one.
    #[test]
    fn what_is_wrong_with_a_text_is_said_in_both_languages() {
        for text in [
            "",
            "\u{feff}{}",
            "{\0}\0",
            "[",
            "{",
            "\"a",
            "[1",
            "[1 2]",
            "{\"a\" 1}",
            "{\"a\": 1 2}",
            "{1: 2}",
            "[1,]",
            "{\"a\":",
            "nope",
            "nul",
            "01",
            "1e400",
            "\"\\x\"",
            "\"\\u12\"",
            "\"\\ud800\"",
            "\"\\udc00\"",
            "\"\n\"",
            "1 2",
        ] {
            let job = crate::Job::new(text);
            for (lang, separator) in [(Lang::En, ": "), (Lang::Zh, "：")] {
                let message = job.check(lang).findings.remove(0).message;
                let (_, reason) = message.split_once(separator).unwrap();
                let is_ascii = reason.starts_with(|first: char| first.is_ascii());
                assert_eq!(is_ascii, lang == Lang::En, "{text}: {message}");
                assert!(
                    !reason.contains("EOF") && !reason.contains("ident"),
                    "{text}: {message}"
                );
            }
        }
    }
}
