//! A single charge as it is written in a bill.

use crate::problem::Problem;

/// A charge whose amount is not parsed yet.
#[derive(Debug, Default)]
pub struct Entered {
    pub id: String,
    pub amount: String,
    /// Whether the amount is a number of JSON, in which a point is always the decimal point.
    pub is_number: bool,
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
        blank if is_blank(blank) => Ok(None),
        digits => digits.parse().map(Some).map_err(|_| Problem::not_tokens(digits)),
    }
}

/// Whether a cell is empty, or says that there is nothing in it.
pub fn is_blank(text: &str) -> bool {
    const BLANK: [&str; 6] = ["", "-", "–", "—", "n/a", "无"];
    BLANK.iter().any(|blank| blank.eq_ignore_ascii_case(text.trim()))
}

impl Entered {
    /// Whether the bill says that the task failed, perhaps with a reason behind it.
    pub fn is_failed(&self) -> bool {
        const FAILED: [&str; 9] = [
            "failed",
            "failure",
            "fail",
            "error",
            "task failed",
            "失败",
            "已失败",
            "生成失败",
            "任务失败",
        ];
        let status = self.status.as_deref().unwrap_or_default().trim().to_lowercase();
        let mut behind = FAILED.iter().filter_map(|failed| status.strip_prefix(failed));
        behind.any(|reason| !reason.starts_with(char::is_alphanumeric))
    }
}
