//! Reads a history that the form exported: it has the quotes of tasks and what they cost.

use seedance_core::table::Unit;
use seedance_core::{Decimal, Edition, Quantity, Quote};
use serde::Deserialize;
use serde_json::{Value, json};

use super::amount;
use super::entry::{Entries, Entry, says_failed};
use crate::problem::{LineError, Problem};

#[derive(Deserialize)]
struct Task {
    attempt: String,
    task_id: Option<String>,
    state: Option<String>,
    model: Option<String>,
    route: Option<String>,
    edition: Option<String>,
    /// A [`QuotedThen`]; one that cannot be read is that of its own task alone.
    quoted: Option<Value>,
    charged: Option<ChargedThen>,
}

#[derive(Deserialize)]
struct QuotedThen {
    kind: Option<String>,
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
    serde_json::from_slice(text).map_err(|error| LineError {
        line: error.line() as u64,
        problem: Problem::unlike(
            text,
            "a JSON array, but not a history that the form exported; charges are read one per line, and `jq -c '.[]'` writes them so",
            "是 JSON 数组，但不是表单导出的历史；扣费记录应每行一个，可用 `jq -c '.[]'` 改写",
        ),
    })
}

/// Reads what the tasks cost. The id is that of the attempt if it was quoted, or else that of the task.
pub fn charged(text: &[u8], is_quoted: impl Fn(&str) -> bool) -> Result<Entries, LineError> {
    let mut entries = Entries::new();
    for (line, task) in (1..).zip(tasks(text)?) {
        let Some(ChargedThen { amount, currency, tokens }) = task.charged else {
            continue;
        };
        let (amount, currency) = amount::read(&amount, &currency, false)
            .map_err(|problem| LineError { line, problem })?;
        let id = task.task_id.filter(|_| !is_quoted(&task.attempt)).unwrap_or(task.attempt);
        let is_failed = task.state.is_some_and(|state| says_failed(&state));
        entries.push((line, Entry { id, amount, currency, is_failed, tokens }));
    }
    Ok(entries)
}

/// Reads the quotes with the ids of their tasks; `None` for those that had no price.
pub fn quoted(text: &[u8]) -> Result<Vec<(String, Option<Quote>)>, LineError> {
    let quoted = tasks(text)?.into_iter().map(|task| {
        let then = task.quoted.clone().and_then(|then| serde_json::from_value(then).ok());
        let quote = then.and_then(|then: QuotedThen| then.quote(&task));
        (task.task_id.unwrap_or(task.attempt), quote)
    });
    Ok(quoted.collect())
}

/// What an open quote would have to know.
const UNKNOWN: &str = "/reference_videos/0";

impl QuotedThen {
    /// The quote, as far as the history has it; `None` if nothing could be priced.
    fn quote(&self, task: &Task) -> Option<Quote> {
        let edition: Edition =
            task.edition.as_deref().map_or(Ok(Edition::default()), str::parse).ok()?;
        let mut quote = json!({
            "kind": self.kind, "edition": edition, "model": task.model, "route": task.route,
            "unit_price": self.unit_price, "currency": self.currency,
        });
        let terms = match (self.kind.as_deref()?, self.unit_price.zip(self.quantity)) {
            ("not-priceable", _) => {
                let by_usage = Unit::MillionTokens;
                let (route, _) = edition.find_model(task.model.as_deref()?)?;
                (route.unit.value == by_usage).then_some(())?;
                json!({ "unit": by_usage, "reason": "billed-by-usage" })
            }
            (_, Some((price, quantity))) => {
                let amount = match (price.checked_mul(quantity.min())?, quantity.max()) {
                    (amount, Some(max)) if max == quantity.min() => Quantity::Exact(amount),
                    (min, Some(max)) => Quantity::Between { min, max: price.checked_mul(max)? },
                    (min, None) => Quantity::AtLeast { min },
                };
                let is_exact = quantity.max() == Some(quantity.min());
                // How many of the seconds are those of a reference video is not known any more.
                let of = if is_exact { "/duration" } else { UNKNOWN };
                json!({
                    "unit": "second", "quantity": quantity, "amount": amount, "unknown": UNKNOWN,
                    "parts": [{ "of": of, "quantity": quantity }],
                })
            }
            (_, None) => json!({
                "unit": "task", "unit_price": self.amount?, "quantity": 1, "amount": self.amount,
                "parts": [{ "of": "/model", "quantity": 1 }],
            }),
        };
        let terms = terms.as_object()?.clone();
        quote.as_object_mut()?.extend(terms);
        serde_json::from_value(quote).ok()
    }
}
