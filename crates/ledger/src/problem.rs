//! What can be wrong with an input.

use itertools::Itertools;
use seedance_core::{BookError, Job, Lang, RuleId};

/// A line that cannot be read, and why.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
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
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{en}")]
pub struct Problem {
    pub(crate) en: String,
    pub(crate) zh: String,
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
            "the table has no header; its first line must name the columns",
            "表格没有表头，首行应写明各列的名称"
        )
    }

    /// The header has these columns, but not one of this name.
    pub(crate) fn no_column<'a>(name: &str, columns: impl IntoIterator<Item = &'a str>) -> Self {
        let columns = columns.into_iter().map(|column| format!("`{column}`")).collect_vec();
        let (en, zh) = (columns.join(", "), columns.join("、"));
        problem!(
            "the header has no column `{name}`; it has {en}",
            "表头缺少 `{name}` 列，现有 {zh}"
        )
    }

    /// A row has more or fewer cells than it may have.
    pub(crate) fn other_width(has: usize, expected: usize) -> Self {
        if has < expected {
            return problem!(
                "fields on this line: {has}, in the header: {expected}",
                "该行有 {has} 列，表头有 {expected} 列"
            );
        }
        problem!(
            "fields on this line: {has}, in the header: {expected}; put a cell that holds the separator in quotation marks",
            "该行有 {has} 列，表头有 {expected} 列；单元格内有分隔符时，请加引号"
        )
    }

    /// Two columns have one meaning.
    pub(crate) fn same_column(first: &str, second: &str) -> Self {
        if first == second {
            return problem!(
                "the header has the column `{first}` twice",
                "表头中 `{first}` 列出现了两次"
            );
        }
        problem!(
            "the columns `{first}` and `{second}` mean the same; keep one",
            "`{first}` 列与 `{second}` 列含义相同，请只保留一列"
        )
    }

    /// The file ends between quotation marks.
    pub(crate) fn not_closed() -> Self {
        problem!(
            "a quotation mark opens on this line and is not closed; add the closing mark; inside a quoted cell write it twice",
            "此行开始的引号没有闭合，请补上；带引号的单元格内，引号要写两遍"
        )
    }

    /// A cell goes on behind the quotation mark that closes it.
    pub(crate) fn behind_mark() -> Self {
        problem!(
            "there is text behind a closing quotation mark; inside a quoted cell write the mark twice",
            "闭合的引号后面还有文字；带引号的单元格内，引号要写两遍"
        )
    }

    pub(crate) fn not_utf8() -> Self {
        problem!("not UTF-8; save the file as UTF-8", "不是 UTF-8，请将文件另存为 UTF-8")
    }

    /// The total of a charge's tokens is not a whole number.
    pub(crate) fn not_tokens(tokens: &str) -> Self {
        problem!(
            "`{tokens}` is not a number of tokens; write a whole number without separators",
            "`{tokens}` 不是 token 数，请写不带分隔符的整数"
        )
    }

    /// The text is not what it should be. If it is not even JSON, says where and why.
    #[must_use]
    pub fn unlike(text: &[u8], en: &str, zh: &str) -> Self {
        let is_one_line = !text.trim_ascii().contains(&b'\n');
        let fault = |lang: Lang, joint: &str, [line, column]: [&str; 2]| {
            let mut findings = Job::new(text).check(lang).findings.into_iter();
            let fault = findings.find(|finding| finding.rule == RuleId::InvalidJson);
            let fault = fault.map(|it| match is_one_line {
                true => it.message.replacen(line, column, 1),
                false => it.message,
            });
            fault.map(|fault| format!("{joint}{fault}")).unwrap_or_default()
        };
        let en_fault = fault(Lang::En, ": ", ["line 1, column", "column"]);
        let zh_fault = fault(Lang::Zh, "：", ["第 1 行第", "第"]);
        problem!("{en}{en_fault}", "{zh}{zh_fault}")
    }

    pub(crate) fn not_a_charge(line: &[u8]) -> Self {
        Self::unlike(
            line,
            "not a charge, which has `id`, `amount` and perhaps `currency`",
            "不是扣费记录，应有 `id`、`amount`，可有 `currency`",
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
