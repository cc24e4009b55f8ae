//! Reads a history that the form exported: it has the quotes of tasks and what they cost.

use seedance_core::table::Unit;
use seedance_core::{Decimal, Edition, Quantity, Quote, UNKNOWN_LENGTH};
use serde::Deserialize;
use serde_json::json;
use serde_with::{DefaultOnError, serde_as};

use super::amount;
use super::entry::{Entry, says_failed};
use crate::problem::{LineError, Problem};

#[serde_as]
#[derive(Deserialize)]
struct Task {
    attempt: String,
    task_id: Option<String>,
    state: Option<String>,
    model: Option<String>,
    route: Option<String>,
    edition: Option<String>,
    /// `None` if it cannot be read: the other tasks can still be used.
    #[serde(default)]
    #[serde_as(as = "DefaultOnError")]
    quoted: Option<QuotedThen>,
    charged: Option<ChargedThen>,
}

#[derive(Deserialize)]
struct QuotedThen {
    kind: String,
    amount: Option<Decimal>,
    currency: String,
    /// Units of a model that is billed by the second.
    quantity: Option<Quantity>,
    unit_price: Option<Decimal>,
}

#[derive(Deserialize)]
struct ChargedThen {
    amount: String,
    currency: String,
    tokens: Option<u64>,
}

fn tasks(text: &[u8]) -> Result<Vec<Task>, LineError> {
    serde_json::from_slice(text).map_err(|error| {
        let problem = Problem::unlike(
            text,
            "a JSON array, but not a history that the form exported; charges are read one per line, and `jq -c '.[]'` writes them so",
            "是 JSON 数组，但不是表单导出的历史；扣费记录应每行一个，可用 `jq -c '.[]'` 改写",
        );
        problem.at(error.line() as u64)
    })
}

/// Reads what the tasks cost. The id is that of the attempt if it was quoted, or else that of the task.
pub fn charged(text: &[u8], is_quoted: impl Fn(&str) -> bool) -> Result<Vec<Entry>, LineError> {
    let mut entries = Vec::new();
    for (line, task) in (1..).zip(tasks(text)?) {
        let Some(ChargedThen { amount, currency, tokens }) = task.charged else {
            continue;
        };
        let (amount, currency) =
            amount::read(&amount, &currency, false).map_err(|problem| problem.at(line))?;
        let id = task.task_id.filter(|_| !is_quoted(&task.attempt)).unwrap_or(task.attempt);
        let is_failed = task.state.is_some_and(|state| says_failed(&state));
        entries.push(Entry { line, id, amount, currency, is_failed, tokens });
    }
    Ok(entries)
}

/// Reads the quotes with the names of their tasks: a task's id or else that of its attempt.
pub fn quoted(text: &[u8]) -> Result<Vec<(String, Option<Quote>)>, LineError> {
    let quoted = tasks(text)?.into_iter().map(|task| {
        let quote = task.quote();
        (task.task_id.unwrap_or(task.attempt), quote)
    });
    Ok(quoted.collect())
}

impl Task {
    /// The quote, as far as the history has it; `None` if nothing could be priced.
    fn quote(&self) -> Option<Quote> {
        let QuotedThen { kind, amount, currency, quantity, unit_price } = self.quoted.as_ref()?;
        let edition: Edition =
            self.edition.as_deref().map_or(Ok(Edition::default()), str::parse).ok()?;
        let mut quote = json!({
            "kind": kind, "edition": edition, "model": self.model, "route": self.route,
            "unit_price": unit_price, "currency": currency,
        });
        let mut terms = match (kind.as_str(), unit_price.zip(*quantity)) {
            ("not-priceable", _) => {
                let by_usage = Unit::MillionTokens;
                let (route, _) = edition.find_model(self.model.as_deref()?)?;
                (route.unit.value == by_usage).then_some(())?;
                json!({ "unit": by_usage, "reason": "billed-by-usage" })
            }
            (_, Some((price, quantity))) => {
                let min = price.checked_mul(quantity.min())?;
                // How many of the seconds are those of a reference video is not known any more.
                let (of, amount) = match quantity.max() {
                    Some(max) if max == quantity.min() => ("/duration", Quantity::Exact(min)),
                    Some(max) => {
                        let max = price.checked_mul(max)?;
                        (UNKNOWN_LENGTH, Quantity::Between { min, max })
                    }
                    None => (UNKNOWN_LENGTH, Quantity::AtLeast { min }),
                };
                json!({
                    "unit": "second", "quantity": quantity, "amount": amount, "unknown": UNKNOWN_LENGTH,
                    "parts": [{ "of": of, "quantity": quantity }],
                })
            }
            (_, None) => json!({
                "unit": "task", "unit_price": (*amount)?, "quantity": 1, "amount": amount,
                "parts": [{ "of": "/model", "quantity": 1 }],
            }),
        };
        quote.as_object_mut()?.append(terms.as_object_mut()?);
        serde_json::from_value(quote).ok()
    }
}
