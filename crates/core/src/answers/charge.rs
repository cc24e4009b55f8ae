//! What a task cost.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::decimal::Decimal;

/// What charges and the public catalogue are counted in.
pub const CHARGE_CURRENCY: &str = "JimiCoin";

/// What a task cost, as far as an answer says so. The account's own prices are applied.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Charge {
    /// In [`CHARGE_CURRENCY`], to the digit as it was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<Decimal>,
    /// What was used of what is billed by usage: an object such as `{"completion_tokens": 245388, "total_tokens": 245388}`, as it came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usage: Option<Value>,
}
