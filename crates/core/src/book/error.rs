//! The errors and warnings about a price book.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use serde::Serialize;

use crate::Lang;
use crate::document::{Flaw, one_line};
use crate::table::Text;
use crate::template::render;
use crate::wording::{OR, WITHDRAWN, listed};

/// A price book that cannot be used, and why.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message(Lang::En))]
pub struct BookError(pub(super) Flaw);

impl BookError {
    /// A JSON Pointer to the faulty entry; empty for the whole book.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// One sentence that says what is wrong and where.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        self.0.message(Text::new("price book", "价格表"), lang)
    }
}

/// A name in a price book that is not a billing name of any route.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct BookWarning {
    /// The name, as the book spells it.
    pub name: String,
    /// The billing names that were probably meant, the nearest first.
    pub suggestions: Vec<String>,
    /// Whether the vendor withdrew the model of this name; the suggestions are then what replaces it.
    #[serde(skip)]
    pub is_withdrawn: bool,
}

impl BookWarning {
    /// The warning as one sentence.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        let message = Text::new(
            "unknown billing name `{name}`[: {withdrawn}][; did you mean {meant}?]",
            "没有线路使用计费模型名 `{name}`[（{withdrawn}）][，是否想写 {meant}？]",
        );
        render(message.get(lang), &|it| match it {
            "name" => Some(one_line(&self.name)),
            "withdrawn" => self.is_withdrawn.then(|| WITHDRAWN.get(lang).into()),
            _ => (!self.suggestions.is_empty()).then(|| listed(&self.suggestions, OR, lang)),
        })
    }
}

impl fmt::Display for BookWarning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message(Lang::En))
    }
}
