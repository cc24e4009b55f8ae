//! Errors in the lines of an input file.

use itertools::Itertools;
use seedance_core::Lang;

/// A line that cannot be read, and why.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct LineError {
    /// The number of the line, from 1.
    pub line: u64,
    pub(crate) problem: Problem,
}

/// What is wrong with a line. Each `error` is the parser's own message, which is English only.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Problem {
    #[error("not a line of `seedance quote --ndjson`: {error}")]
    NotAQuote { error: String },
    #[error("the id `{id}` was already used on line {first_line}")]
    IdUsedTwice { id: String, first_line: u64 },
    #[error("not a charge, which has `id`, `amount` and perhaps `currency`: {error}")]
    NotACharge { error: String },
    #[error("not a history that the form exported: {error}")]
    NotAHistory { error: String },
    #[error("the id is `{id}`, it must be a string or a number")]
    NotAnId { id: String },
    #[error("`{amount}` is not a valid amount: {error}")]
    NotAnAmount { amount: String, error: String },
    #[error(
        "the amount `{amount}` can be read in two ways, write it without a thousands separator"
    )]
    AmbiguousAmount { amount: String },
    #[error("the `total_tokens` of the id `{id}` add up to more than {}, correct them", u64::MAX)]
    TooManyTokens { id: String },
    #[error("the id `{id}` is charged in two currencies, {}", .currencies.join(" and "))]
    TwoCurrencies { id: String, currencies: [String; 2] },
    /// The table has only blank lines, or its first row has only blank cells.
    #[error("the table has no header, its first line must name the columns")]
    NoHeader,
    #[error("the header has no column `{name}`, it has {}", quoted(.columns).join(", "))]
    NoColumn { name: String, columns: Vec<String> },
    #[error("the header has the column `{name}` twice")]
    ColumnTwice { name: String },
    #[error("fields on this line: {has}, in the header: {expected}")]
    OtherWidth { has: usize, expected: usize },
    #[error("it is not UTF-8, save the file as UTF-8")]
    NotUtf8,
    #[error("{error}")]
    NotATable { error: String },
}

fn quoted(names: &[String]) -> impl Iterator<Item = String> {
    names.iter().map(|name| format!("`{name}`"))
}

impl LineError {
    /// The problem as one sentence in a language, without the line number.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => self.problem.in_chinese(),
            _ => self.problem.to_string(),
        }
    }
}

impl Problem {
    fn in_chinese(&self) -> String {
        match self {
            Self::NotAQuote { error } => format!("不是 `seedance quote --ndjson` 的输出：{error}"),
            Self::IdUsedTwice { id, first_line } => {
                format!("编号 `{id}` 已在第 {first_line} 行出现")
            }
            Self::NotACharge { .. } => "不是扣费记录，应有 `id`、`amount`，可有 `currency`".into(),
            Self::NotAHistory { error } => format!("不是表单导出的历史：{error}"),
            Self::NotAnId { id } => format!("编号是 `{id}`，须为字符串或数字"),
            Self::NotAnAmount { amount, .. } => {
                format!("金额 `{amount}` 无效：请写 `0.05` 这样的小数")
            }
            Self::AmbiguousAmount { amount } => {
                format!("金额 `{amount}` 有两种读法，请去掉千位分隔符")
            }
            Self::TooManyTokens { id } => {
                format!("编号 `{id}` 的 `total_tokens` 合计超过 {}，请更正", u64::MAX)
            }
            Self::TwoCurrencies { id, currencies } => {
                format!("编号 `{id}` 的扣费有两种币种：{}", currencies.join("、"))
            }
            Self::NoHeader => "表格没有表头，首行应写明各列的名称".into(),
            Self::NoColumn { name, columns } => {
                format!("表头缺少 `{name}` 列，现有 {}", quoted(columns).join("、"))
            }
            Self::ColumnTwice { name } => format!("表头中 `{name}` 列出现了两次"),
            Self::OtherWidth { has, expected } => {
                format!("该行有 {has} 列，表头有 {expected} 列")
            }
            Self::NotUtf8 => "不是 UTF-8，请将文件另存为 UTF-8".into(),
            Self::NotATable { error } => error.clone(),
        }
    }
}
