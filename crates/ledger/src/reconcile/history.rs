//! Reads a history that the form exported: it has the quotes of tasks and what they cost.

use seedance_core::Quote;
use serde::Deserialize;
use serde_json::json;

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
    quoted: Option<QuotedThen>,
    charged: Option<ChargedThen>,
}

#[derive(Deserialize)]
struct QuotedThen {
    kind: Option<String>,
    amount: Option<String>,
    currency: String,
    quantity: Option<u64>,
    unit_price: Option<String>,
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

/// Reads the quotes with the ids of their tasks. Only exact quotes can be restored; others are `None`.
pub fn quoted(text: &[u8]) -> Result<Vec<(String, Option<Quote>)>, LineError> {
    let quoted = tasks(text)?.into_iter().map(|task| {
        let quote = task.quoted.as_ref().and_then(|then| then.quote(&task));
        (task.task_id.unwrap_or(task.attempt), quote)
    });
    Ok(quoted.collect())
}

impl QuotedThen {
    fn quote(&self, task: &Task) -> Option<Quote> {
        let amount = self.amount.as_ref().filter(|_| self.kind.as_deref() == Some("exact"))?;
        let a_second = self.unit_price.as_ref().zip(self.quantity);
        let (unit, of, (price, quantity)) = match a_second {
            Some(a_second) => ("second", "/duration", a_second),
            None => ("task", "/model", (amount, 1)),
        };
        let quote = json!({
            "kind": "exact", "edition": task.edition.as_deref().unwrap_or("2026-07"), "model": task.model, "route": task.route,
            "unit": unit, "unit_price": price, "quantity": quantity, "amount": amount, "currency": self.currency,
            "parts": [{ "of": of, "quantity": quantity }],
        });
        serde_json::from_value(quote).ok()
    }
}
