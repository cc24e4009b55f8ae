//! What is wrong with a document, and the message about it.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::Lang;
use crate::syntax::{OwnedText, Syntax};
use crate::table::Text;
use crate::template::render;
use crate::wording::{OR, listed};

/// What is wrong with a document, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Flaw {
    /// A JSON Pointer to the place; empty for the whole document.
    pub path: String,
    /// The template of a sentence that says what is wrong.
    pub what: Text,
    /// The values of the names in the template.
    values: Vec<(&'static str, Said)>,
}

/// The value of a name in a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Said {
    Plain(String),
    Words(Text),
    Names(&'static [&'static str]),
    Owned(OwnedText),
}

pub(crate) const BLANK: Text = Text::new("must not be blank", "不能为空白");
pub(super) const NUMBER: Text = Text::new("a number", "数字");
pub(super) const TEXT: Text = Text::new("a string", "字符串");
pub(super) const LIST: Text = Text::new("an array", "数组");
pub(super) const OBJECT: Text = Text::new("an object", "对象");
pub(super) const BOOLEAN: Text = Text::new("a boolean", "布尔值");
pub(super) const NULL: Text = Text::new("null", " null");

impl Flaw {
    pub(crate) const fn new(path: String, what: Text) -> Self {
        Self { path, what, values: Vec::new() }
    }

    /// Adds the value of a name in the template.
    pub(crate) fn with(mut self, name: &'static str, value: Said) -> Self {
        self.values.push((name, value));
        self
    }

    pub(crate) fn with_text(self, name: &'static str, value: impl ToString) -> Self {
        self.with(name, Said::Plain(value.to_string()))
    }

    pub(super) fn not_json(Syntax { line, column, reason }: Syntax) -> Self {
        let what = Text::new(
            "invalid JSON: {reason} (line {line}, column {column})",
            "不是有效的 JSON：{reason}（第 {line} 行第 {column} 列）",
        );
        let flaw = Self::new(String::new(), what).with("reason", Said::Owned(reason));
        flaw.with_text("line", line).with_text("column", column)
    }

    /// One sentence that names the document and the place.
    pub(crate) fn message(&self, document: Text, lang: Lang) -> String {
        let value_of = |name: &str| {
            let value = self.values.iter().find(|(known, _)| *known == name);
            debug_assert!(value.is_some(), "`{name}` has no value");
            Some(match &value?.1 {
                Said::Plain(text) => text.clone(),
                Said::Words(words) => words.get(lang).into(),
                Said::Names(names) => listed(*names, OR, lang),
                Said::Owned(reason) => reason.get(lang).into(),
            })
        };
        let (document, what) = (document.get(lang), render(self.what.get(lang), &value_of));
        let (separator, path) = (Text::new(": ", "：").get(lang), one_line(&self.path));
        match path.is_empty() {
            true => format!("{document}{separator}{what}"),
            false => format!("{document}{separator}`{path}`{separator}{what}"),
        }
    }
}

/// A caller's text with its line breaks and other control characters escaped, so that a message stays on one line.
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
