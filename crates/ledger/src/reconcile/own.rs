//! Reads this project's own records: the companion's journal and the history exported by the form.

use std::collections::{BTreeMap, HashMap, HashSet};

use seedance_batch::numbered_lines;
use seedance_core::{CHARGE_CURRENCY, CreateAnswer, Quote, read_create_answer};
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::entry::{Entered, Entries};
use crate::problem::{LineError, Problem};

/// The beginning of every line of the companion's journal.
pub const JOURNAL: &[u8] = b"{\"record\":\"";

/// A line of the journal, reduced to what concerns charges.
#[derive(Deserialize)]
#[serde(tag = "record", rename_all = "snake_case")]
enum Record {
    Ended {
        attempt: String,
        status: u16,
        answer: String,
    },
    Charged {
        task: String,
        #[serde(flatten)]
        charge: seedance_core::Charge,
    },
    #[serde(other)]
    Other,
}

/// Reads what each task cost from a journal; the last record of a task counts. The id is that of the attempt if it was quoted,
/// or else that of the task.
pub fn journal(text: &[u8], quoted: &HashSet<&str>) -> Entries {
    let mut entries = BTreeMap::new();
    let mut first_lines = HashMap::new();
    for (line, written) in numbered_lines(text) {
        let record: Record = match serde_json::from_slice(written) {
            Ok(record) => record,
            Err(_) => {
                entries.insert(line, Err(Problem::not_a_charge(written)));
                continue;
            }
        };
        let (task, attempt, charge) = match record {
            Record::Ended { attempt, status, answer } => {
                match read_create_answer(answer.as_bytes(), status) {
                    CreateAnswer::Created { task_id, charge, .. } => {
                        (task_id, Some(attempt), charge)
                    }
                    _ => continue,
                }
            }
            Record::Charged { task, charge } => (task, None, charge),
            Record::Other => continue,
        };
        let first_line = *first_lines.entry(task.clone()).or_insert(line);
        let entry = entries.entry(first_line).or_insert_with(|| {
            let id = attempt.filter(|attempt| quoted.contains(attempt.as_str())).unwrap_or(task);
            Ok(Entered { id, ..Entered::default() })
        });
        if let (Ok(entered), Some(cost)) = (entry, charge.cost) {
            entered.amount = cost.to_string();
            entered.currency = Some(CHARGE_CURRENCY.into());
            entered.tokens = charge.usage.as_deref().and_then(tokens).or(entered.tokens);
        }
    }
    entries.retain(|_, entry| !entry.as_ref().is_ok_and(|it| it.amount.is_empty()));
    entries.into_iter().collect()
}

/// The member `total_tokens` of a usage object.
pub fn tokens(usage: &RawValue) -> Option<u64> {
    let usage: Value = serde_json::from_str(usage.get()).ok()?;
    usage.get("total_tokens")?.as_u64()
}

/// A task of a history exported by the form.
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

/// Parses a history.
fn tasks(text: &[u8]) -> Result<Vec<Task>, LineError> {
    serde_json::from_slice(text).map_err(|error| LineError {
        line: error.line() as u64,
        problem: Problem::unlike(
            text,
            "not a history that the form exported",
            "不是表单导出的历史",
        ),
    })
}

/// Reads what the tasks of a history cost, without those whose cost it does not have.
pub fn charged(text: &[u8], quoted: &HashSet<&str>) -> Result<Entries, LineError> {
    let tasks = tasks(text)?.into_iter().zip(1..);
    let entries = tasks.filter_map(|(task, number)| {
        let Task { attempt, task_id, state, charged, .. } = task;
        let ChargedThen { amount, currency, tokens } = charged?;
        let is_quoted = |id: &str| quoted.contains(id);
        let id = task_id.filter(|id| !is_quoted(&attempt) || is_quoted(id)).unwrap_or(attempt);
        Some((number, Ok(Entered { id, amount, currency: Some(currency), status: state, tokens })))
    });
    Ok(entries.collect())
}

/// Reads the quotes of a history with the ids of their tasks. Only exact quotes can be restored; others are `None`.
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
