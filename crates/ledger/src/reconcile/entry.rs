//! The rows of a bill, and reading them from a table.

use std::collections::HashMap;
use std::iter;

use itertools::Itertools;

use super::amount;
use crate::ids;
use crate::problem::{LineError, Problem};
use crate::sheet::{Rows, delimiter_of};
use crate::signed::Signed;

/// The names of the columns or members that a charge must have. Those of optional ones are fixed.
#[derive(Clone, Copy, Debug)]
pub struct Columns<'a> {
    /// The name of the column with the job's id.
    pub id: &'a str,
    /// The name of the column with the amount.
    pub amount: &'a str,
}

impl Columns<'_> {
    /// Whether this is a name of the id or of the amount.
    pub fn have(self, name: &str) -> bool {
        [self.id, self.amount]
            .into_iter()
            .flat_map(spellings)
            .any(|it| it.eq_ignore_ascii_case(name))
    }
}

/// The names of optional columns; the first that is not blank counts.
const CURRENCY: [&str; 3] = ["currency", "币种", "货币"];
const STATUS: [&str; 2] = ["status", "状态"];
/// The names of a task's number of tokens: the vendor bills the first, the second is read where the first is absent.
pub const TOKENS: [&str; 2] = ["completion_tokens", "total_tokens"];

/// One row of a bill.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The number of the line that it begins on.
    pub line: u64,
    pub id: String,
    /// Negative if it is a refund.
    pub amount: Signed,
    /// The currency as the bill names it.
    pub currency: Option<String>,
    /// Whether the bill says that the task failed.
    pub is_failed: bool,
    /// How many tokens the task used, if the bill says so.
    pub tokens: Option<u64>,
}

/// Reads a table: a header, then one charge per row.
pub fn of_table(text: &[u8], columns: Columns<'_>) -> Result<Vec<Entry>, LineError> {
    let delimiter = delimiter_of(text, |name| columns.have(name));
    let (rows, (line, header)) = Rows::of(text, delimiter)?;
    let names = header.iter().map(String::as_str).collect_vec();
    let places = places(columns, &names).map_err(|problem| problem.at(line))?;
    for (name, option) in [(columns.id, "--id-column"), (columns.amount, "--amount-column")] {
        if !places.contains_key(name) {
            let Problem { en, zh } = Problem::no_column(name, &header);
            let problem = problem!(
                "{en}; if one of these holds it, name that with `{option}`",
                "{zh}；如果是其中一列，请用 `{option}` 指定"
            );
            return Err(problem.at(line));
        }
    }
    let entry = |row: Result<(u64, Vec<String>), _>| {
        let (line, cells) = row?;
        let cell = |name: &str| {
            let cell = places.get(name).and_then(|place| cells.get(*place));
            cell.map(|cell| cell.trim().to_owned()).unwrap_or_default()
        };
        Entry::read(line, columns, delimiter == b';', cell).map_err(|problem| problem.at(line))
    };
    rows.map(entry).collect()
}

/// Where the parts of a charge are among the names of columns or members. Capitals do not matter.
pub fn places<'n>(
    columns: Columns<'n>,
    names: &[&str],
) -> Result<HashMap<&'n str, usize>, Problem> {
    let mut places = HashMap::new();
    let optional = [&CURRENCY[..], &STATUS, &TOKENS].concat();
    for part in [columns.id, columns.amount].into_iter().chain(optional) {
        for spelling in spellings(part) {
            let all = names.iter().enumerate();
            let mut named = all.filter(|(_, name)| name.eq_ignore_ascii_case(spelling));
            if let Some((place, name)) = named.next() {
                if let Some((_, other)) = named.next() {
                    return Err(Problem::same_column(name, other));
                }
                places.insert(part, place);
                break;
            }
        }
    }
    Ok(places)
}

/// A column's name, and the Chinese ones that stand for it where it is missing; the first that the header has counts.
fn spellings(name: &str) -> impl Iterator<Item = &str> {
    let chinese: &[&str] = match name {
        _ if name.eq_ignore_ascii_case("id") => &[ids::CHINESE_NAME],
        // What was charged, and then any amount.
        _ if name.eq_ignore_ascii_case("amount") => &["实扣", "金额"],
        _ => &[],
    };
    iter::once(name).chain(chinese.iter().copied())
}

impl Entry {
    /// Reads a row. `cell` is the text under a name, blank if there is none.
    pub fn read(
        line: u64,
        columns: Columns<'_>,
        may_have_commas: bool,
        cell: impl Fn(&str) -> String,
    ) -> Result<Self, Problem> {
        let id = cell(columns.id);
        if id.is_empty() {
            return Err(problem!(
                "the id is missing; delete a row that is not a charge, such as a total",
                "缺少编号；合计等非扣费的行，请删除"
            ));
        }
        let first_of =
            |names: &[&str]| names.iter().map(|name| cell(name)).find(|it| !it.is_empty());
        let is_failed = first_of(&STATUS).is_some_and(|status| says_failed(&status));
        let text = match cell(columns.amount) {
            blank if blank.is_empty() && is_failed => "0".into(),
            text => text,
        };
        if text.is_empty() {
            return Err(problem!("the amount is missing", "缺少金额"));
        }
        let (amount, currency) =
            amount::read(&text, &first_of(&CURRENCY).unwrap_or_default(), may_have_commas)?;
        let tokens = first_of(&TOKENS).map(|it| tokens(&it)).transpose()?;
        Ok(Self { line, id, amount, currency, is_failed, tokens })
    }

    /// Whether a refund gives back just this charge.
    pub fn is_for(&self, refund: &Self) -> bool {
        !self.amount.is_negative() && self.amount.amount() == refund.amount.amount()
    }
}

/// Reads a number of tokens.
pub fn tokens(text: &str) -> Result<u64, Problem> {
    text.parse().map_err(|_| {
        problem!(
            "`{text}` is not a number of tokens; write a whole number without separators",
            "`{text}` 不是 token 数，请写不带分隔符的整数"
        )
    })
}

/// Whether a task's status, in the bill's words, is that it failed.
pub fn says_failed(status: &str) -> bool {
    let status = status.to_lowercase();
    ["fail", "error", "失败"].iter().any(|word| status.contains(word))
}
