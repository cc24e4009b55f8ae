//! What is said of a document that is not as it should be.

use alloc::boxed::Box;
use alloc::string::String;

use crate::message::{half, split};
use crate::{Lang, number};

/// The same in English and in Chinese.
pub(crate) type Words<'a> = [&'a str; 2];

/// Both halves of `English|Chinese`.
pub(super) fn pair(words: &str) -> Words<'_> {
    [half(words, Lang::En), half(words, Lang::Zh)]
}

/// What is wrong with a document, and where.
// Boxed, so that what is read where nothing is wrong is not the larger for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Flaw(Box<Said>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Said {
    path: String,
    sentences: [String; 2],
}

impl Flaw {
    /// A place, the sentence about it as `English|Chinese`, and the values for which each `%` of the sentence stands.
    pub(crate) fn new(path: String, sentence: &'static str, values: &[Words<'_>]) -> Self {
        let sentences = [
            filled(sentence, values, Lang::En),
            filled(sentence, values, Lang::Zh),
        ];
        Self(Box::new(Said { path, sentences }))
    }

    pub(super) fn not_json(text: &[u8], fault: &seedance_json::Fault) -> Self {
        let (line, column) = fault.position(text);
        let (line, column) = (number::of_count(line), number::of_count(column));
        Self::new(
            String::new(),
            "not exactly one JSON value in UTF-8: % (line %, column %)\
                |不是单个 UTF-8 编码的 JSON 值：%（第 % 行第 % 列）",
            &[reason(text, fault), [&line; 2], [&column; 2]],
        )
    }

    /// The JSON Pointer of the place; empty for the whole document.
    pub(crate) fn path(&self) -> &str {
        &self.0.path
    }

    /// One sentence that names the document and the place.
    pub(crate) fn message(&self, document: &'static str, lang: Lang) -> String {
        let mut message = String::from(half(document, lang));
        if !self.0.path.is_empty() {
            message.push('`');
            message.push_str(&one_line(&self.0.path));
            message.push_str(["`: ", "`："][lang as usize]);
        }
        message.push_str(&self.0.sentences[lang as usize]);
        message
    }
}

/// A caller's text with its line breaks and other control characters written out, so that a sentence stays one line.
pub(crate) fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\t' => line.push_str("\\t"),
            '\n' => line.push_str("\\n"),
            '\r' => line.push_str("\\r"),
            control if control.is_control() => {
                // All are below U+00A0.
                let code = u32::from(control);
                line.push_str("\\u{");
                let digit = |digit| char::from_digit(digit, 16).unwrap_or_default();
                if code > 15 {
                    line.push(digit(code / 16));
                }
                line.push(digit(code % 16));
                line.push('}');
            }
            other => line.push(other),
        }
    }
    line
}

pub(crate) fn quoted(text: &str) -> String {
    let mut quoted = String::from("`");
    quoted.push_str(&one_line(text));
    quoted.push('`');
    quoted
}

#[inline(never)]
fn filled(sentence: &str, values: &[Words<'_>], lang: Lang) -> String {
    let mut filled = String::new();
    let mut rest = half(sentence, lang);
    for value in values {
        let Some((before, behind)) = split(rest, b'%') else {
            break;
        };
        filled.push_str(before);
        filled.push_str(value[lang as usize]);
        rest = behind;
    }
    filled.push_str(rest);
    filled
}

fn reason(text: &[u8], fault: &seedance_json::Fault) -> Words<'static> {
    pair(match text {
        [0xEF, 0xBB, 0xBF, ..] => {
            "it begins with a byte-order mark, save it without one\
                |开头有字节顺序标记（BOM），请另存为不带 BOM 的 UTF-8"
        }
        [0xFE, 0xFF, ..] | [0xFF, 0xFE, ..] | [0, _, ..] | [_, 0, ..] => {
            "it is UTF-16, save it as UTF-8|编码是 UTF-16，请另存为 UTF-8"
        }
        text if text.iter().all(u8::is_ascii_whitespace) => "it is empty|内容为空",
        _ if fault.is_end() => "it ends too early|内容不完整，提前结束",
        _ if fault.reason == "trailing characters" => {
            "something follows the value|第一个值之后还有多余内容"
        }
        _ => return [fault.reason, "语法错误"],
    })
}
