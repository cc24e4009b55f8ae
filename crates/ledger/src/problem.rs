//! What can be wrong with a line of an input.

use seedance_core::Lang;

/// A line that does not say what its file should, and why.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {}", self.message(Lang::En))]
pub struct LineError {
    /// The number of the line, from 1.
    pub line: u64,
    pub(crate) problem: Problem,
}

impl LineError {
    /// The one sentence that says what is wrong, without the line.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        self.problem.message(lang)
    }
}

/// What is wrong with a line. An `error` is what its parser says of it, in English.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Problem {
    /// It is no answer of `seedance quote --ndjson`.
    NotAQuote { error: String },
    /// Another job has the same id.
    IdUsedTwice { id: String, first_line: u64 },
    /// It is no charge in JSON.
    NotACharge { error: String },
    /// The text is no history of the form.
    NotAHistory { error: String },
    /// The id of a charge is neither a string nor a number.
    NotAnId { id: String },
    /// The amount of a charge cannot be read.
    NotAnAmount { amount: String, error: String },
    /// The amount of a charge can be read in two ways.
    AmbiguousAmount { amount: String },
    /// The tokens of all charges of one id are more than can be counted.
    TooManyTokens { id: String },
    /// The charges of one id are in two currencies.
    TwoCurrencies { id: String, currencies: [String; 2] },
    /// A table has nothing but blank lines, or its first row is blank.
    NoHeader,
    /// The header of a table lacks a column; it has these.
    NoColumn { name: String, columns: Vec<String> },
    /// The header of a table has a column twice.
    ColumnTwice { name: String },
    /// A row of a table is shorter or longer than its header.
    OtherWidth { has: usize, expected: usize },
    /// A field of a table is not UTF-8.
    NotUtf8,
    /// The table cannot be read on.
    NotATable { error: String },
}

impl Problem {
    fn message(&self, lang: Lang) -> String {
        let named = |columns: &[String]| {
            let columns: Vec<String> = columns.iter().map(|name| format!("`{name}`")).collect();
            columns.join(lang.pick(", ", "、"))
        };
        let (en, zh) = match self {
            Self::NotAQuote { error } => (
                format!("not a line of `seedance quote --ndjson`: {error}"),
                format!("不是 `seedance quote --ndjson` 的输出：{error}"),
            ),
            Self::IdUsedTwice { id, first_line } => (
                format!("the id `{id}` was already used on line {first_line}"),
                format!("编号 `{id}` 已在第 {first_line} 行出现"),
            ),
            Self::NotACharge { error } => (
                format!("not a charge, which has `id`, `amount` and perhaps `currency`: {error}"),
                "不是扣费记录，应有 `id`、`amount`，可有 `currency`".into(),
            ),
            Self::NotAHistory { error } => (
                format!("not a history that the form exported: {error}"),
                format!("不是表单导出的历史：{error}"),
            ),
            Self::NotAnId { id } => (
                format!("the id is `{id}`, it must be a string or a number"),
                format!("编号是 `{id}`，须为字符串或数字"),
            ),
            Self::NotAnAmount { amount, error } => (
                format!("`{amount}` is not a valid amount: {error}"),
                format!("金额 `{amount}` 无效：请写 `0.05` 这样的小数"),
            ),
            Self::AmbiguousAmount { amount } => (
                format!(
                    "the amount `{amount}` can be read in two ways, write it without a thousands separator"
                ),
                format!("金额 `{amount}` 有两种读法，请去掉千位分隔符"),
            ),
            Self::TooManyTokens { id } => (
                format!(
                    "the `total_tokens` of the id `{id}` add up to more than {}, correct them",
                    u64::MAX
                ),
                format!("编号 `{id}` 的 `total_tokens` 合计超过 {}，请更正", u64::MAX),
            ),
            Self::TwoCurrencies { id, currencies } => (
                format!("the id `{id}` is charged in two currencies, {}", currencies.join(" and ")),
                format!("编号 `{id}` 的扣费有两种币种：{}", currencies.join("、")),
            ),
            Self::NoHeader => (
                "the table has no header, its first line must name the columns".into(),
                "表格没有表头，首行应写明各列的名称".into(),
            ),
            Self::NoColumn { name, columns } => (
                format!("the header has no column `{name}`, it has {}", named(columns)),
                format!("表头缺少 `{name}` 列，现有 {}", named(columns)),
            ),
            Self::ColumnTwice { name } => (
                format!("the header has the column `{name}` twice"),
                format!("表头中 `{name}` 列出现了两次"),
            ),
            Self::OtherWidth { has, expected } => (
                format!("fields on this line: {has}, in the header: {expected}"),
                format!("该行有 {has} 列，表头有 {expected} 列"),
            ),
            Self::NotUtf8 => (
                "it is not UTF-8, save the file as UTF-8".into(),
                "不是 UTF-8，请将文件另存为 UTF-8".into(),
            ),
            Self::NotATable { error } => return error.clone(),
        };
        lang.pick(en, zh)
    }
}
