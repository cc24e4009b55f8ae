//! What may stand on a line beside a request.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// A job with the cells of its row that are no part of it.
#[derive(Debug, Serialize, Deserialize)]
pub struct Carrying<'a> {
    /// The cells, in the order of their columns.
    pub carried: Vec<String>,
    /// The job, as it stands on a line of its own.
    #[serde(borrow)]
    pub job: &'a RawValue,
}
