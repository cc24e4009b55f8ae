//! A charge as it is written.

use crate::problem::Problem;

/// A charge whose amount was not read yet.
#[derive(Debug, Default)]
pub struct Entered {
    pub id: String,
    pub amount: String,
    pub currency: Option<String>,
    /// What became of the task, in the bill's words.
    pub status: Option<String>,
    /// How many tokens it used, where it is billed by those.
    pub tokens: Option<u64>,
}

/// Charges by the lines that they begin on.
pub type Entries = Vec<(u64, Result<Entered, Problem>)>;

/// The names of what a charge needs; what else may be there has names of its own.
#[derive(Clone, Copy, Debug)]
pub struct Columns<'a> {
    /// What names the job.
    pub id: &'a str,
    /// What was charged for it.
    pub amount: &'a str,
}

pub const CURRENCY: &str = "currency";
pub const STATUS: &str = "status";
pub const TOKENS: &str = "total_tokens";

impl Entered {
    /// Whether the bill says that the task failed.
    pub fn is_failed(&self) -> bool {
        const FAILED: [&str; 6] = ["failed", "failure", "fail", "error", "失败", "生成失败"];
        let status = self.status.as_deref().unwrap_or_default().trim();
        FAILED.iter().any(|failed| failed.eq_ignore_ascii_case(status))
    }
}
