//! What a task cost.

use alloc::boxed::Box;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use serde_json::value::{RawValue, to_raw_value};

use crate::decimal::Decimal;

/// The currency of charges and of the vendor's public price catalogue.
pub const CHARGE_CURRENCY: &str = "JimiCoin";

/// What a task cost, as far as an answer says. The vendor has already applied the account's own prices.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Charge {
    /// The cost in [`CHARGE_CURRENCY`], with exactly the digits of the answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<Decimal>,
    /// The usage, for models billed by it: an object such as `{"completion_tokens": 245388, "total_tokens": 245388}`, spelled
    /// as in the answer, line breaks included. Charges compare it by its spelling; deserializing respells it on one line.
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

/// Reads a value and writes it as JSON again: serde does not keep the original spelling of a flattened struct's members.
fn anew<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Box<RawValue>>, D::Error> {
    let usage = Option::<Value>::deserialize(deserializer)?;
    usage.map(|usage| to_raw_value(&usage).map_err(D::Error::custom)).transpose()
}
