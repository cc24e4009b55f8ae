//! Why a text is not JSON, and where: serde_json's messages and positions, translated into ours.

use alloc::format;
use alloc::string::{String, ToString};
use core::str::Utf8Error;

use crate::Lang;
use crate::table::Text;

/// Where a text is not JSON, and why. Line and column, in characters, count from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Syntax {
    pub line: usize,
    pub column: usize,
    pub reason: OwnedText,
}

/// A text in English and Chinese that is made at run time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OwnedText {
    pub en: String,
    pub zh: String,
}

impl Syntax {
    /// What serde_json found to be wrong with a text.
    pub fn of(text: &str, fault: &serde_json::Error) -> Self {
        let parser = parsers_words(fault);
        if parser == CONTROL {
            return Self::control(text, fault, parser);
        }
        let number = fault.line().max(1);
        let line = text.split('\n').nth(number - 1).unwrap_or_default();
        // serde_json counts columns in bytes.
        let before = line.as_bytes().get(..fault.column()).unwrap_or(line.as_bytes());
        let column = characters(before).max(1);
        let found = line.char_indices().nth(column - 1).and_then(|(at, _)| line.get(at..));
        // A value is missing after a colon; elsewhere a name, or the rest of a value, can be what is missing.
        let is_cut = parser == NO_VALUE && !text.trim_end().ends_with(':');
        let reason = match encoding(text.as_bytes()) {
            Some(words) => words.into(),
            None if is_cut => CUT.into(),
            None => foreign(&parser, found.unwrap_or_default()).unwrap_or_else(|| ours(parser)),
        };
        Self { line: number, column, reason }
    }

    /// Where a string holds a control character. serde_json stops at it or after it, and after a line feed counts one line more.
    fn control(text: &str, fault: &serde_json::Error, parser: String) -> Self {
        let before = text.split_inclusive('\n').take(fault.line().saturating_sub(1));
        let stop = before.map(str::len).sum::<usize>() + fault.column();
        let is_control = |at: &usize| text.as_bytes().get(*at).is_some_and(u8::is_ascii_control);
        let at = stop.checked_sub(1).filter(is_control).unwrap_or(stop);
        let (line, column) = place(text.as_bytes().get(..at).unwrap_or_default());
        let is_line_feed = text.as_bytes().get(at) == Some(&b'\n');
        Self { line, column, reason: if is_line_feed { LINE_FEED.into() } else { ours(parser) } }
    }

    /// Where bytes are not UTF-8.
    pub fn not_utf8(bytes: &[u8], fault: Utf8Error) -> Self {
        let (line, column) = place(bytes.get(..fault.valid_up_to()).unwrap_or_default());
        Self { line, column, reason: encoding(bytes).unwrap_or(NOT_UTF8).into() }
    }
}

impl OwnedText {
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::Zh => &self.zh,
        }
    }
}

impl From<Text> for OwnedText {
    fn from(words: Text) -> Self {
        Self { en: words.en.into(), zh: words.zh.into() }
    }
}

/// The line and the column of what follows these bytes.
fn place(before: &[u8]) -> (usize, usize) {
    let last = before.rsplit(|byte| *byte == b'\n').next().unwrap_or_default();
    (before.split(|byte| *byte == b'\n').count(), characters(last) + 1)
}

/// How many characters begin in these bytes.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count()
}

/// What is wrong with the whole text rather than with a place in it.
fn encoding(text: &[u8]) -> Option<Text> {
    match text {
        [0xEF, 0xBB, 0xBF, ..] => Some(BOM),
        [0xFE, 0xFF, ..] | [0xFF, 0xFE, ..] | [0, _, 0, _, ..] | [_, 0, _, 0, ..] => Some(UTF_16),
        text if text.iter().all(u8::is_ascii_whitespace) => Some(EMPTY),
        _ => None,
    }
}

/// serde_json's message for a fault, without the position at its end.
fn parsers_words(fault: &serde_json::Error) -> String {
    let mut words = fault.to_string();
    let place = format!(" at line {} column {}", fault.line(), fault.column());
    words.truncate(words.strip_suffix(&place).unwrap_or(&words).len());
    words
}

/// Our message for serde_json's, which is the fallback.
fn ours(parser: String) -> OwnedText {
    match REASONS.iter().find(|(theirs, _)| *theirs == parser) {
        Some((_, ours)) => (*ours).into(),
        None => OwnedText { en: parser.clone(), zh: parser },
    }
}

/// What is at the place where serde_json stopped, if it is not JSON, but known from other languages and keyboards.
fn foreign(parser: &str, found: &str) -> Option<OwnedText> {
    let is_name = parser == "key must be a string";
    let is_value = is_name || matches!(parser, "expected value" | "expected ident");
    let is_mark = matches!(
        parser,
        "expected `:`" | "expected `,` or `}`" | "expected `,` or `]`" | "trailing characters"
    );
    if !is_value && !is_mark {
        return None;
    }
    for (word, meant) in [("None", "null"), ("True", "true"), ("False", "false")] {
        if found.starts_with(word) {
            return Some(instead(word, "Python", meant));
        }
    }
    let first = found.chars().next()?;
    let code = format!("U+{:04X}", u32::from(first));
    let meant = match first {
        '“' | '”' | '„' | '＂' | '‘' | '’' | '\'' => "\"",
        '：' => ":",
        '，' | '、' => ",",
        '｛' => "{",
        '｝' => "}",
        '［' => "[",
        '］' => "]",
        '\u{A0}' | '\u{3000}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' | '\u{2028}' => {
            return Some(OwnedText {
                en: format!(
                    "an invisible character ({code}) is not JSON; delete it or write a space"
                ),
                zh: format!("此处有不可见字符（{code}），请移除或改为空格"),
            });
        }
        '/' | '#' => return Some(COMMENT.into()),
        '`' if found.starts_with("```") => return Some(FENCE.into()),
        ',' if is_name => return Some(Text::new("one comma too many", "多了一个逗号").into()),
        '{' if is_name => return Some(PLACEHOLDER.into()),
        '$' | '%' if is_value => return Some(PLACEHOLDER.into()),
        _ => return None,
    };
    Some(instead(&first.to_string(), &code, meant))
}

/// The message about something in place of what JSON has; `code` is its code point, or the language that it comes from.
fn instead(found: &str, code: &str, meant: &str) -> OwnedText {
    OwnedText {
        en: format!("`{found}` ({code}) is not JSON; write `{meant}`"),
        zh: format!("`{found}`（{code}）不是 JSON 的写法，请写 `{meant}`"),
    }
}

const BOM: Text = Text::new(
    "the text begins with a byte-order mark; save it as UTF-8 without one",
    "文本开头有字节顺序标记（BOM），请另存为不带 BOM 的 UTF-8",
);
const UTF_16: Text =
    Text::new("the text is UTF-16; save it as UTF-8", "文本是 UTF-16 编码，请另存为 UTF-8");
const NOT_UTF8: Text =
    Text::new("the text is not UTF-8; save it as UTF-8", "文本不是 UTF-8 编码，请另存为 UTF-8");
const EMPTY: Text = Text::new("the text is empty", "文本为空");
const CUT: Text = Text::new("the text ends too early", "内容不完整");

const LINE_FEED: Text = Text::new(
    "a line break (U+000A) inside a string; write `\\n`",
    "字符串中有换行（U+000A），请写 `\\n`",
);

const COMMENT: Text = Text::new("JSON has no comments; remove them", "JSON 不支持注释，请移除");
const PLACEHOLDER: Text = Text::new(
    "this looks like a placeholder of a template; fill it in",
    "这像是模板的占位符，请填入实际的值",
);

const FENCE: Text = Text::new(
    "the fence of a code block is not JSON; remove both",
    "代码块标记不是 JSON，请移除首尾两处",
);

/// serde_json's message for a string with a character that must be escaped.
const CONTROL: &str = "control character (\\u0000-\\u001F) found while parsing a string";

/// serde_json's message for a text that ends before a value, before a name or within a value.
const NO_VALUE: &str = "EOF while parsing a value";

/// serde_json's messages, and ours for them.
static REASONS: &[(&str, Text)] = &[
    ("EOF while parsing a list", Text::new("the array is not closed", "数组没有结束")),
    ("EOF while parsing a string", Text::new("the string is not closed", "字符串没有结束")),
    (NO_VALUE, Text::new("a value is missing", "此处缺少一个值")),
    ("EOF while parsing an object", Text::new("the object is not closed", "对象没有结束")),
    (
        CONTROL,
        Text::new(
            "a control character in a string must be escaped, a tab as `\\t`",
            "字符串中的控制字符须转义，制表符写作 `\\t`",
        ),
    ),
    ("expected `,` or `]`", Text::new("expected `,` or `]`", "此处应为 `,` 或 `]`")),
    ("expected `,` or `}`", Text::new("expected `,` or `}`", "此处应为 `,` 或 `}`")),
    ("expected `:`", Text::new("expected `:`", "此处应为 `:`")),
    ("expected ident", Text::new("a value is expected here", "此处应为一个值")),
    ("expected value", Text::new("a value is expected here", "此处应为一个值")),
    ("invalid escape", Text::new("invalid escape", "转义序列无效")),
    ("unexpected end of hex escape", Text::new("the escape is incomplete", "转义序列不完整")),
    ("invalid number", Text::new("invalid number", "数字写法无效")),
    (
        "invalid unicode code point",
        Text::new("the escape is not a Unicode character", "转义序列不是有效的 Unicode 字符"),
    ),
    (
        "lone leading surrogate in hex escape",
        Text::new("the escape is not a Unicode character", "转义序列不是有效的 Unicode 字符"),
    ),
    (
        "key must be a string",
        Text::new("a field name must be a quoted string", "字段名应为带引号的字符串"),
    ),
    ("number out of range", Text::new("number out of range", "数字超出范围")),
    ("recursion limit exceeded", Text::new("the value is nested too deeply", "嵌套过深")),
    ("trailing characters", Text::new("there is more text after the value", "值之后还有多余内容")),
    ("trailing comma", Text::new("trailing comma", "多了一个逗号")),
];

#[cfg(test)]
mod tests {
    use super::*;

    /// serde_json may change its messages at any time: this fails when an update rewords one.
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
            "{\"a\": 1,",
            "{\"a\": 1,, \"b\": 2}",
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
            "{'a': 1}",
            "{\"a\": None}",
            "{“a”: 1}",
            "{\u{a0}\"a\": 1}",
            "```json\n{}\n```",
            "{\"a\": {{x}}}",
            "{\"a\": 1, // c\n}",
        ] {
            let job = crate::Job::new(text);
            for (lang, separator) in [(Lang::En, ": "), (Lang::Zh, "：")] {
                let message = job.check(lang).findings.remove(0).message;
                let (_, reason) = message.split_once(separator).unwrap();
                let is_english = !reason.contains(|c| ('一'..='龥').contains(&c));
                assert_eq!(is_english, lang == Lang::En, "{text}: {message}");
                assert!(!reason.contains("EOF") && !reason.contains("ident"), "{text}: {message}");
            }
        }
    }

    #[test]
    fn what_is_foreign_is_named() {
        for (text, place, part) in [
            ("{\"model\"：1}", (1, 9), "`：` (U+FF1A) is not JSON; write `:`"),
            ("{\n\u{a0}\"a\": 1}", (2, 1), "an invisible character (U+00A0)"),
            ("{\"a\": \"é\nb\"}", (1, 9), "a line break (U+000A) inside a string; write `\\n`"),
            ("{\"model\": \"é\nb\"}", (1, 13), "a line break (U+000A)"),
            ("{\"model\": \"é\tb\"}", (1, 13), "a tab as"),
            ("{\"a\": {\"b\": {{c}}}}", (1, 14), "a placeholder"),
            ("{\"a\": 1}%", (1, 9), "more text"),
            ("{\"a\": ${x}}", (1, 7), "a placeholder"),
            ("{\"a\": 1}{", (1, 9), "more text"),
            ("{\"a\": ${B}}", (1, 7), "a placeholder"),
            ("{\"a\": %(b)s}", (1, 7), "a placeholder"),
            ("{\"a\": 1,", (1, 8), "the text ends too early"),
            ("[1,", (1, 3), "the text ends too early"),
            ("-", (1, 1), "the text ends too early"),
            ("{\"a\": tru", (1, 9), "the text ends too early"),
            ("{\"a\": ", (1, 6), "a value is missing"),
            ("{\"a\": 1,, \"b\": 2}", (1, 9), "one comma too many"),
            ("{\"a\":, \"b\": 2}", (1, 6), "a value is expected here"),
            ("{\"a\": True}", (1, 7), "`True` (Python) is not JSON; write `true`"),
        ] {
            let finding = crate::Job::new(text).check(Lang::En).findings.remove(0);
            let number = |name| finding.params.get(name).cloned();
            let at = |number: i32| Some(crate::Param::Number(number.into()));
            assert_eq!((number("line"), number("column")), (at(place.0), at(place.1)), "{text}");
            assert!(finding.message.contains(part), "{}", finding.message);
        }
    }
}
