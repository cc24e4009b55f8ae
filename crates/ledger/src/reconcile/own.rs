//! Reads what responses of the API say about costs, and this project's own records: the companion's journal and the history
//! exported by the form.

use std::collections::{HashMap, HashSet};

use seedance_batch::numbered_lines;
use seedance_core::{CHARGE_CURRENCY, CreateAnswer, Quote, UnknownAnswer, read_create_answer};
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::entry::{Entered, Entries, TOKENS};
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

/// What a line says about charges.
pub enum Line {
    Charge(Entered),
    Cost(Cost),
    Nothing,
}

/// What a line says about a task. Of what several lines say, the last counts: for its cost, its status and its tokens each.
pub struct Cost {
    task: String,
    /// The id of the task's charge, if that is not the task's own.
    id: Option<String>,
    status: Option<String>,
    charge: seedance_core::Charge,
}

/// Reads a response of the API. `None` if it names no task and is not a mere refusal.
///
/// # Errors
/// If it has a cost that cannot be read.
pub fn response(answer: &[u8]) -> Result<Option<Line>, Problem> {
    let whole: Value = serde_json::from_slice(answer).unwrap_or_default();
    let mut given = ["/data/cost", "/cost"].into_iter().filter_map(|path| whole.pointer(path));
    let given = given.find(|cost| !cost.is_null());
    let is_filled = |data: &Value| !data.is_null() && *data != json!({});
    let has_more = given.is_some() || whole.get("data").is_some_and(is_filled);
    let read = read_create_answer(answer, None);
    let is_refusal = matches!(
        read,
        CreateAnswer::Refused(_)
            | CreateAnswer::Unknown(UnknownAnswer { code: Some(_), message: Some(_), .. })
    );
    match (cost(read), given) {
        (Some(cost), Some(given)) if cost.charge.cost.is_none() => Err(problem!(
            "the response's cost `{given}` cannot be read; write `id` and `amount` instead",
            "无法读取响应中的费用 `{given}`，请改写为 `id` 和 `amount`"
        )),
        (Some(cost), _) => Ok(Some(Line::Cost(cost))),
        (None, _) => Ok((is_refusal && !has_more).then_some(Line::Nothing)),
    }
}

/// What a response of the API says about its task's cost.
fn cost(read: CreateAnswer) -> Option<Cost> {
    let (task, status, charge) = match read {
        CreateAnswer::Created { task_id, status, charge, .. } => (task_id, status, charge),
        CreateAnswer::Unknown(UnknownAnswer { task_id, status, charge, .. }) => {
            (task_id?, status, charge)
        }
        _ => return None,
    };
    Some(Cost { task, id: None, status, charge })
}

/// Reads what each task cost from a journal. The id is that of the attempt if it was quoted, or else that of the task.
pub fn journal(text: &[u8], quoted: &HashSet<&str>) -> Entries {
    entries(text, |record| {
        let read = serde_json::from_slice(record);
        let cost = match read.map_err(|_| Problem::not_a_charge(record))? {
            Record::Ended { attempt, status, answer } => {
                let id = Some(attempt).filter(|attempt| quoted.contains(attempt.as_str()));
                let read = read_create_answer(answer.as_bytes(), Some(status));
                cost(read).map(|cost| Cost { id, ..cost })
            }
            Record::Charged { task, charge } => Some(Cost { task, id: None, status: None, charge }),
            Record::Other => None,
        };
        Ok(cost.map_or(Line::Nothing, Line::Cost))
    })
}

/// Reads the charges of all lines. A task's charge is on the first line about the task; there is none if no line has its cost.
pub fn entries(text: &[u8], read: impl Fn(&[u8]) -> Result<Line, Problem>) -> Entries {
    let mut entries = Entries::new();
    let mut tasks = HashMap::new();
    for (number, line) in numbered_lines(text) {
        let Cost { task, id, status, charge } = match read(line) {
            Ok(Line::Cost(cost)) => cost,
            Ok(Line::Nothing) => continue,
            Ok(Line::Charge(entered)) => {
                entries.push((number, Ok(entered)));
                continue;
            }
            Err(problem) => {
                entries.push((number, Err(problem)));
                continue;
            }
        };
        let (_, entered) = tasks.entry(task.clone()).or_insert_with(|| {
            let (id, currency) = (id.unwrap_or(task), Some(CHARGE_CURRENCY.into()));
            (number, Entered { id, currency, is_number: true, ..Entered::default() })
        });
        if let Some(cost) = charge.cost {
            entered.amount = cost.to_string();
        }
        entered.status = status.or(entered.status.take());
        entered.tokens = charge.usage.as_deref().and_then(tokens).or(entered.tokens);
    }
    let charged = tasks.into_values().filter(|(_, entered)| !entered.amount.is_empty());
    entries.extend(charged.map(|(line, entered)| (line, Ok(entered))));
    entries.sort_by_key(|(line, _)| *line);
    entries
}

/// The number of tokens of a usage object.
pub fn tokens(usage: &RawValue) -> Option<u64> {
    let usage: Value = serde_json::from_str(usage.get()).ok()?;
    TOKENS.iter().find_map(|name| usage.get(name).filter(|it| !it.is_null()))?.as_u64()
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
            "a JSON array, but not a history that the form exported; charges are read one per line, and `jq -c '.[]'` writes them so",
            "是 JSON 数组，但不是表单导出的历史；扣费记录应每行一个，可用 `jq -c '.[]'` 改写",
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
        let (currency, status) = (Some(currency), state);
        Some((number, Ok(Entered { id, amount, is_number: true, currency, status, tokens })))
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
