//! What can be wrong with an input.

use itertools::Itertools;
use seedance_core::{BookError, Job, Lang, RuleId};

/// A line that cannot be read, and why.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct LineError {
    /// The number of the line, from 1.
    pub line: u64,
    /// What is wrong with it.
    pub problem: Problem,
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

    /// The problem as that of a line.
    pub(crate) fn at(self, line: u64) -> LineError {
        LineError { line, problem: self }
    }

    /// The header has these columns, but not one of this name.
    pub(crate) fn no_column(name: &str, columns: &[String]) -> Self {
        let columns = columns.iter().map(|column| format!("`{column}`")).collect_vec();
        let (en, zh) = (columns.join(", "), columns.join("、"));
        problem!(
            "the header has no column `{name}`; it has {en}",
            "表头缺少 `{name}` 列，现有 {zh}"
        )
    }

    /// Two columns have one meaning.
    pub(crate) fn same_column(first: &str, second: &str) -> Self {
        problem!(
            "the columns `{first}` and `{second}` mean the same; keep one",
            "`{first}` 列与 `{second}` 列含义相同，请只保留一列"
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
