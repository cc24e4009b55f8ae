//! What a task cost.

use alloc::boxed::Box;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use serde_json::value::{RawValue, to_raw_value};

use crate::decimal::Decimal;

/// What charges and the public catalogue are counted in.
pub const CHARGE_CURRENCY: &str = "JimiCoin";

/// What a task cost, as far as an answer says so. The account's own prices are applied.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Charge {
    /// In [`CHARGE_CURRENCY`], to the digit as it was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<Decimal>,
    /// What was used of what is billed by usage: an object such as `{"completion_tokens": 245388, "total_tokens": 245388}`, as the answer
    /// spells it, line breaks included. Charges are equal where they are spelled so; one that is read back is spelled on one line.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "anew")]
    pub usage: Option<Box<RawValue>>,
}

impl PartialEq for Charge {
    fn eq(&self, other: &Self) -> bool {
        let [own, others] = [self, other].map(|it| it.usage.as_deref().map(RawValue::get));
        self.cost == other.cost && own == others
    }
}

impl Eq for Charge {}

/// Spells a value anew: what reads the members of a flattened struct has no longer the spelling that they came in.
fn anew<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Box<RawValue>>, D::Error> {
    let usage = Option::<Value>::deserialize(deserializer)?;
    usage.map(|usage| to_raw_value(&usage).map_err(D::Error::custom)).transpose()
}
