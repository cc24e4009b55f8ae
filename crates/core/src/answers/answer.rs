//! What the answers of all endpoints have in common: a refusal, or what is known although the rest is not, and the charge.

use alloc::boxed::Box;
use alloc::string::String;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;
use serde_json::value::{RawValue, to_raw_value};

use crate::decimal::Decimal;

/// The answer to a query that costs nothing to repeat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Answer<T> {
    /// The requested data.
    Read(T),
    /// The endpoint refused the query.
    Refused(Refusal),
    /// The answer cannot be interpreted.
    Unknown(UnknownAnswer),
}

/// A refusal by an endpoint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// Why the endpoint refused.
    pub reason: RefusalReason,
    /// The vendor's message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

/// Why an endpoint refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefusalReason {
    /// The API key was rejected (code 20001).
    Key,
    /// The parameters were rejected (code 20002).
    Parameters,
    /// The server failed (code -1). With an HTTP status of 500 or more, a create request is safer taken as
    /// [`CreateAnswer::Unknown`](crate::CreateAnswer::Unknown), as the companion does.
    Server,
    /// There were too many requests at once (HTTP 429): the same request may be sent again later.
    Busy,
}

/// What is known from an answer that cannot be interpreted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnknownAnswer {
    /// The task's ID, if the answer names one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task_id: Option<String>,
    /// The status, as the answer spells it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// The code, as the answer spells it; `None` if the answer has none or it means success.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The vendor's message.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// What the task cost.
    #[serde(flatten)]
    pub charge: Charge,
}

/// The currency of charges and of the vendor's public price catalogue.
pub const CHARGE_CURRENCY: &str = "JimiCoin";

/// What a task cost, as far as an answer says: `None` is unknown, not free. The vendor has already applied the account's own
/// prices.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Charge {
    /// The cost in [`CHARGE_CURRENCY`], with exactly the digits of the answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<Decimal>,
    /// The usage, for models billed by it: an object such as `{"completion_tokens": 245388, "total_tokens": 245388}`, spelled
    /// as in the answer, line breaks included. Charges compare it by its spelling; deserializing respells it on one line. Only
    /// serde_json can serialize it.
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
