//! One row of a bill.

use super::amount;
use crate::problem::Problem;
use crate::signed::Signed;

/// The names of the columns or members that a charge must have. Those of optional ones are fixed.
#[derive(Clone, Copy, Debug)]
pub struct Columns<'a> {
    /// The name of the column with the job's id.
    pub id: &'a str,
    /// The name of the column with the amount.
    pub amount: &'a str,
}

const CURRENCY: &str = "currency";
const STATUS: &str = "status";
/// The names of a task's number of tokens: the vendor bills the first, the second is read where the first is absent.
pub const TOKENS: [&str; 2] = ["completion_tokens", "total_tokens"];

impl<'a> Columns<'a> {
    /// The names of all columns that are read.
    pub(super) fn names(self) -> [&'a str; 6] {
        let [completion, total] = TOKENS;
        [self.id, self.amount, CURRENCY, STATUS, completion, total]
    }
}

/// One row of a bill.
#[derive(Debug)]
pub struct Entry {
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

/// The rows of a bill with the numbers of the lines that they begin on.
pub type Entries = Vec<(u64, Entry)>;

impl Entry {
    /// Reads a row. `cell` is the text under a name, blank if there is none.
    pub fn read(
        columns: Columns<'_>,
        may_have_commas: bool,
        cell: impl Fn(&str) -> String,
    ) -> Result<Self, Problem> {
        let id = cell(columns.id);
        if id.is_empty() {
            return Err(problem!("the id is missing", "缺少编号"));
        }
        let is_failed = says_failed(&cell(STATUS));
        let text = match cell(columns.amount) {
            blank if blank.is_empty() && is_failed => "0".into(),
            text => text,
        };
        if text.is_empty() {
            return Err(problem!("the amount is missing", "缺少金额"));
        }
        let (amount, currency) = amount::read(&text, &cell(CURRENCY), may_have_commas)?;
        let tokens = TOKENS.map(cell).into_iter().find(|tokens| !tokens.is_empty());
        let not_tokens = |it: &str| {
            problem!(
                "`{it}` is not a number of tokens; write a whole number without separators",
                "`{it}` 不是 token 数，请写不带分隔符的整数"
            )
        };
        let tokens = tokens.map(|it| it.parse().map_err(|_| not_tokens(&it))).transpose()?;
        Ok(Self { id, amount, currency, is_failed, tokens })
    }
}

/// Whether a task's status, in the bill's words, is that it failed.
pub fn says_failed(status: &str) -> bool {
    let status = status.to_lowercase();
    ["fail", "error", "失败"].iter().any(|word| status.contains(word))
}
