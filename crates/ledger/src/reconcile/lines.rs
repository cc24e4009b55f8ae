//! Reads charges from lines of JSON: charges, responses of the API as they came, or the companion's journal.

use std::collections::HashMap;

use indexmap::IndexMap;
use seedance_batch::numbered_lines;
use seedance_core::{CHARGE_CURRENCY, CreateAnswer, Decimal, UnknownAnswer, read_create_answer};
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;
use serde_with::{Map, serde_as};

use super::entry::{Columns, Entries, Entry, TOKENS, says_failed};
use crate::ids;
use crate::problem::{LineError, Problem};
use crate::signed::Signed;

/// A record of the journal, reduced to what concerns charges.
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

/// The members of a line, in their order and as they are written.
#[serde_as]
#[derive(Deserialize)]
struct Members(#[serde_as(as = "Map<_, _>")] Vec<(String, Box<RawValue>)>);

/// What one line says.
enum Line {
    Charge(Entry),
    Task {
        task: String,
        attempt: Option<String>,
        status: Option<String>,
        charge: seedance_core::Charge,
    },
    Nothing,
}

/// What all lines say about a task.
struct Task {
    line: u64,
    id: String,
    cost: Option<Decimal>,
    is_failed: bool,
    tokens: Option<u64>,
}

/// Reads the charges of all lines. Of what several lines say about a task, the last counts. The id of a task's charge is that of
/// its attempt if it was quoted, or else that of the task.
pub fn entries(
    text: &[u8],
    columns: Columns<'_>,
    is_quoted: impl Fn(&str) -> bool,
) -> Result<Entries, LineError> {
    let mut entries = Entries::new();
    let mut tasks = IndexMap::new();
    for (line, text) in numbered_lines(text) {
        match read(text, columns).map_err(|problem| LineError { line, problem })? {
            Line::Charge(entry) => entries.push((line, entry)),
            Line::Task { task, attempt, status, charge } => {
                let known = tasks.entry(task.clone()).or_insert_with(|| {
                    let id = attempt.filter(|attempt| is_quoted(attempt)).unwrap_or(task);
                    Task { line, id, cost: None, is_failed: false, tokens: None }
                });
                known.cost = charge.cost.or(known.cost);
                known.is_failed = status.map_or(known.is_failed, |status| says_failed(&status));
                known.tokens = charge.usage.as_deref().and_then(tokens).or(known.tokens);
            }
            Line::Nothing => {}
        }
    }
    // A task of which no line has the cost was not charged.
    entries.extend(tasks.into_values().filter_map(|Task { line, id, cost, is_failed, tokens }| {
        let (amount, currency) = (Signed::new(cost?, false), Some(CHARGE_CURRENCY.into()));
        Some((line, Entry { id, amount, currency, is_failed, tokens }))
    }));
    Ok(entries)
}

fn read(line: &[u8], columns: Columns<'_>) -> Result<Line, Problem> {
    let not_a_charge = || {
        Problem::unlike(
            line,
            "not a charge, which has `id`, `amount` and perhaps `currency`",
            "不是扣费记录，应有 `id`、`amount`，可有 `currency`",
        )
    };
    let Members(written) = serde_json::from_slice(line).map_err(|_| not_a_charge())?;
    let mut members = HashMap::new();
    for (name, value) in &written {
        if members.insert(name.as_str(), value).is_some() {
            return Err(problem!(
                "`{name}` appears twice; keep one",
                "`{name}` 出现了两次，请只保留一个"
            ));
        }
    }
    if members.contains_key(columns.id) || members.contains_key(columns.amount) {
        // Numbers are taken as written, without conversion to a float.
        let given = |name: &str| members.get(name).filter(|it| it.get() != "null");
        let cell = |name: &str| given(name).map(|it| ids::of_json(it)).unwrap_or_default();
        let mut entry = Entry::read(columns, false, cell)?;
        entry.tokens = entry.tokens.or_else(|| tokens(given("usage")?));
        return Ok(Line::Charge(entry));
    }
    if !members.contains_key("record") {
        return said(line, None, None)?.ok_or_else(not_a_charge);
    }
    let record = serde_json::from_slice(line).map_err(|_| not_a_charge())?;
    Ok(match record {
        Record::Ended { attempt, status, answer } => {
            said(answer.as_bytes(), Some(status), Some(attempt))?.unwrap_or(Line::Nothing)
        }
        Record::Charged { task, charge } => {
            Line::Task { task, attempt: None, status: None, charge }
        }
        Record::Other => Line::Nothing,
    })
}

/// What a response says about the cost of its task; `None` if it is neither about a task nor a refusal. A cost that cannot be read
/// is an error: it must not count as none.
fn said(
    response: &[u8],
    http_status: Option<u16>,
    attempt: Option<String>,
) -> Result<Option<Line>, Problem> {
    let (task, status, charge) = match read_create_answer(response, http_status) {
        CreateAnswer::Created { task_id, status, charge, .. } => (task_id, status, charge),
        CreateAnswer::Unknown(UnknownAnswer { task_id: Some(task), status, charge, .. }) => {
            (task, status, charge)
        }
        CreateAnswer::Refused(_)
        | CreateAnswer::Unknown(UnknownAnswer { code: Some(_), message: Some(_), .. })
            if written_cost(response).is_none() =>
        {
            return Ok(Some(Line::Nothing));
        }
        _ => return Ok(None),
    };
    if charge.cost.is_none()
        && let Some(cost) = written_cost(response)
    {
        return Err(problem!(
            "the response's cost `{cost}` cannot be read; write `id` and `amount` instead",
            "无法读取响应中的费用 `{cost}`，请改写为 `id` 和 `amount`"
        ));
    }
    Ok(Some(Line::Task { task, attempt, status, charge }))
}

/// The cost of a response as it is written, whatever its type.
fn written_cost(response: &[u8]) -> Option<Value> {
    let whole: Value = serde_json::from_slice(response).ok()?;
    let mut costs = ["/data/cost", "/cost"].into_iter().filter_map(|path| whole.pointer(path));
    costs.find(|cost| !cost.is_null()).cloned()
}

/// The number of tokens of a usage object.
fn tokens(usage: &RawValue) -> Option<u64> {
    let usage: Value = serde_json::from_str(usage.get()).ok()?;
    TOKENS.iter().find_map(|name| usage.get(name)?.as_u64())
}
