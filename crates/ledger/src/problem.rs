//! What can be wrong with an input.

use std::fmt;

use itertools::Itertools;
use seedance_core::{BookError, Lang};

/// A line that cannot be read, and why.
#[derive(PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct LineError {
    /// The number of the line, from 1.
    pub line: u64,
    pub(crate) problem: Problem,
}

impl LineError {
    /// The problem as one sentence in a language, without the line number.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        self.problem.message(lang)
    }
}

/// What is wrong with an input, as one sentence in each language.
#[derive(PartialEq, Eq, thiserror::Error)]
#[error("{en}")]
pub struct Problem {
    pub(crate) en: String,
    pub(crate) zh: String,
}

// An error returned from `main` is printed with `Debug`, so `Debug` shows the same sentence as `Display`.

impl fmt::Debug for LineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Debug for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Problem {
    /// The sentence in a language.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        lang.pick(&self.en, &self.zh).clone()
    }

    /// The table has only blank lines, or its first row has only blank cells.
    pub(crate) fn no_header() -> Self {
        problem!(
            "the table has no header, its first line must name the columns",
            "表格没有表头，首行应写明各列的名称"
        )
    }

    /// The header has these columns, but not one of this name.
    pub(crate) fn no_column<'a>(name: &str, columns: impl IntoIterator<Item = &'a str>) -> Self {
        let columns = columns.into_iter().map(|column| format!("`{column}`")).collect_vec();
        let (en, zh) = (columns.join(", "), columns.join("、"));
        problem!(
            "the header has no column `{name}`, it has {en}",
            "表头缺少 `{name}` 列，现有 {zh}"
        )
    }

    /// A row has more or fewer cells than it may have.
    pub(crate) fn other_width(has: usize, expected: usize) -> Self {
        problem!(
            "fields on this line: {has}, in the header: {expected}",
            "该行有 {has} 列，表头有 {expected} 列"
        )
    }

    pub(crate) fn not_utf8() -> Self {
        problem!("it is not UTF-8, save the file as UTF-8", "不是 UTF-8，请将文件另存为 UTF-8")
    }

    pub(crate) fn not_a_charge(error: &str) -> Self {
        problem!(
            "not a charge, which has `id`, `amount` and perhaps `currency`: {error}",
            "不是扣费记录，应有 `id`、`amount`，可有 `currency`"
        )
    }

    pub(crate) fn not_an_id(id: &str) -> Self {
        problem!(
            "the id is `{id}`, it must be a string or a number",
            "编号是 `{id}`，须为字符串或数字"
        )
    }

    pub(crate) fn not_an_amount(amount: &str, error: &str) -> Self {
        problem!(
            "`{amount}` is not a valid amount: {error}",
            "金额 `{amount}` 无效：请写 `0.05` 这样的小数"
        )
    }
}

impl From<BookError> for Problem {
    fn from(error: BookError) -> Self {
        Self { en: error.message(Lang::En), zh: error.message(Lang::Zh) }
    }
}
