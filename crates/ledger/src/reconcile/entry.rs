//! A single charge as it is written in a bill.

use crate::problem::Problem;

/// A charge whose amount is not parsed yet.
#[derive(Debug, Default)]
pub struct Entered {
    pub id: String,
    pub amount: String,
    pub currency: Option<String>,
    /// The status of the task, in the bill's words.
    pub status: Option<String>,
    /// How many tokens the task used, if the bill says so.
    pub tokens: Option<u64>,
}

/// Charges with the numbers of the lines that they begin on.
pub type Entries = Vec<(u64, Result<Entered, Problem>)>;

/// The names of the columns or members that a charge must have. Those of optional ones are fixed.
#[derive(Clone, Copy, Debug)]
pub struct Columns<'a> {
    /// The name of the column with the job's id.
    pub id: &'a str,
    /// The name of the column with the amount.
    pub amount: &'a str,
}

pub const CURRENCY: &str = "currency";
pub const STATUS: &str = "status";
/// The names of a task's number of tokens: the vendor bills the first, the second is read where the first is absent.
pub const TOKENS: [&str; 2] = ["completion_tokens", "total_tokens"];

/// Reads a number of tokens; `None` if the text is blank.
pub fn tokens(text: &str) -> Result<Option<u64>, Problem> {
    match text.trim() {
        "" => Ok(None),
        digits => digits.parse().map(Some).map_err(|_| Problem::not_tokens(digits)),
    }
}

impl Entered {
    /// Whether the bill says that the task failed.
    pub fn is_failed(&self) -> bool {
        const FAILED: [&str; 6] = ["failed", "failure", "fail", "error", "失败", "生成失败"];
        let status = self.status.as_deref().unwrap_or_default().trim();
        FAILED.iter().any(|failed| failed.eq_ignore_ascii_case(status))
    }
}
