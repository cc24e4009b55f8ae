//! Reads charges from lines of JSON: charges, responses of the API as they came, or the companion's journal.

use indexmap::IndexMap;
use itertools::Itertools;
use seedance_batch::numbered_lines;
use seedance_core::{
    CHARGE_CURRENCY, Charge, CreateAnswer, Decimal, UnknownAnswer, read_create_answer,
};
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;
use serde_with::{Map, serde_as};

use super::entry::{self, Columns, Entry, TOKENS, says_failed};
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
    Charged(Told),
    #[serde(other)]
    Other,
}

/// What a line says about a task.
#[derive(Deserialize)]
struct Told {
    task: String,
    #[serde(skip)]
    status: Option<String>,
    #[serde(flatten)]
    charge: Charge,
}

/// The members of a line, in their order and as they are written.
#[serde_as]
#[derive(Deserialize)]
struct Members(#[serde_as(as = "Map<_, _>")] Vec<(String, Box<RawValue>)>);

/// What the lines have said so far.
struct Lines<'a> {
    columns: Columns<'a>,
    is_quoted: &'a dyn Fn(&str) -> bool,
    /// The number of the current line.
    line: u64,
    entries: Vec<Entry>,
    tasks: IndexMap<String, Task>,
}

/// What all lines say about a task; of what several say, the last counts.
struct Task {
    line: u64,
    /// The id of its attempt if that was quoted, or else that of the task.
    id: String,
    cost: Option<Decimal>,
    is_failed: bool,
    tokens: Option<u64>,
}

/// Reads the charges of all lines.
pub fn entries(
    text: &[u8],
    columns: Columns<'_>,
    is_quoted: &dyn Fn(&str) -> bool,
) -> Result<Vec<Entry>, LineError> {
    let (entries, tasks) = (Vec::new(), IndexMap::new());
    let mut lines = Lines { columns, is_quoted, line: 0, entries, tasks };
    for (line, text) in numbered_lines(text) {
        lines.line = line;
        lines.read(text).map_err(|problem| problem.at(line))?;
    }
    let Lines { mut entries, tasks, .. } = lines;
    // A task of which no line has the cost was not charged.
    entries.extend(tasks.into_values().filter_map(|Task { line, id, cost, is_failed, tokens }| {
        let (amount, currency) = (Signed::new(cost?, false), Some(CHARGE_CURRENCY.into()));
        Some(Entry { line, id, amount, currency, is_failed, tokens })
    }));
    Ok(entries)
}

impl Lines<'_> {
    fn read(&mut self, line: &[u8]) -> Result<(), Problem> {
        let not_a_charge = || {
            Problem::unlike(
                line,
                "not a charge, which has `id`, `amount` and perhaps `currency`",
                "不是扣费记录，应有 `id`、`amount`，可有 `currency`",
            )
        };
        let Members(written) = serde_json::from_slice(line).map_err(|_| not_a_charge())?;
        let names = written.iter().map(|(name, _)| name.as_str()).collect_vec();
        if let Some(name) = names.iter().duplicates().next() {
            return Err(problem!(
                "`{name}` appears twice; keep one",
                "`{name}` 出现了两次，请只保留一个"
            ));
        }
        if names.iter().any(|name| self.columns.have(name)) {
            let places = entry::places(self.columns, &names)?;
            let id = self.columns.id;
            if !places.contains_key(id) {
                return Err(problem!(
                    "the line has no `{id}`; if the id has another name, name that with `--id-column`",
                    "该行没有 `{id}`；如果编号用了其他名称，请用 `--id-column` 指定"
                ));
            }
            // Numbers are taken as written, without conversion to a float.
            let given = |at: usize| {
                let (_, value) = written.get(at)?;
                Some(value).filter(|it| it.get() != "null")
            };
            let cell = |part: &str| {
                let given = places.get(part).and_then(|at| given(*at));
                given.map(|it| ids::of_json(it)).unwrap_or_default()
            };
            let mut entry = Entry::read(self.line, self.columns, false, cell)?;
            let usage = names.iter().position(|name| name.eq_ignore_ascii_case("usage"));
            if let (None, Some(usage)) = (entry.tokens, usage.and_then(given)) {
                entry.tokens = tokens(usage)?;
            }
            self.entries.push(entry);
            return Ok(());
        }
        if !names.contains(&"record") {
            return match told(line, None)? {
                Some(told) => self.add(told, None),
                None if is_refusal(line) => Ok(()),
                None => Err(not_a_charge()),
            };
        }
        match serde_json::from_slice(line).map_err(|_| not_a_charge())? {
            Record::Ended { attempt, status, answer } => {
                match told(answer.as_bytes(), Some(status))? {
                    Some(told) => self.add(told, Some(attempt)),
                    None => Ok(()),
                }
            }
            Record::Charged(told) => self.add(told, None),
            Record::Other => Ok(()),
        }
    }

    /// Adds what a line says about a task, and perhaps about the attempt that made it.
    fn add(&mut self, told: Told, attempt: Option<String>) -> Result<(), Problem> {
        let (line, is_quoted) = (self.line, self.is_quoted);
        let Told { task, status, charge } = told;
        let known = self.tasks.entry(task.clone()).or_insert_with(|| {
            let id = attempt.filter(|attempt| is_quoted(attempt)).unwrap_or(task);
            Task { line, id, cost: None, is_failed: false, tokens: None }
        });
        known.cost = charge.cost.or(known.cost);
        known.is_failed = status.map_or(known.is_failed, |status| says_failed(&status));
        if let Some(usage) = charge.usage.as_deref() {
            known.tokens = tokens(usage)?.or(known.tokens);
        }
        Ok(())
    }
}

/// What a response says about its task; `None` if it names none. A cost that cannot be read is an error: it must not count as none.
fn told(response: &[u8], http_status: Option<u16>) -> Result<Option<Told>, Problem> {
    let (task, status, charge) = match read_create_answer(response, http_status) {
        CreateAnswer::Created { task_id, status, charge, .. } => (task_id, status, charge),
        CreateAnswer::Unknown(UnknownAnswer { task_id: Some(task), status, charge, .. }) => {
            (task, status, charge)
        }
        _ => return Ok(None),
    };
    match written_cost(response) {
        Some(cost) if charge.cost.is_none() => Err(problem!(
            "the response's cost `{cost}` cannot be read; write `id` and `amount` instead",
            "无法读取响应中的费用 `{cost}`，请改写为 `id` 和 `amount`"
        )),
        _ => Ok(Some(Told { task, status, charge })),
    }
}

/// Whether a response refuses a request and has no cost.
fn is_refusal(response: &[u8]) -> bool {
    let answer = read_create_answer(response, None);
    let is_refused = matches!(
        answer,
        CreateAnswer::Refused(_)
            | CreateAnswer::Unknown(UnknownAnswer { code: Some(_), message: Some(_), .. })
    );
    is_refused && written_cost(response).is_none()
}

/// The cost of a response as it is written, whatever its type.
fn written_cost(response: &[u8]) -> Option<Value> {
    let whole: Value = serde_json::from_slice(response).ok()?;
    let mut costs = ["/data/cost", "/cost"].into_iter().filter_map(|path| whole.pointer(path));
    costs.find(|cost| !cost.is_null()).cloned()
}

/// The number of tokens of a usage object, if it has one.
fn tokens(usage: &RawValue) -> Result<Option<u64>, Problem> {
    let usage: Value = serde_json::from_str(usage.get()).unwrap_or_default();
    let spelled = |name: &&str| match usage.get(name)? {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        number @ Value::Number(_) => Some(number.to_string()),
        _ => None,
    };
    TOKENS.iter().find_map(spelled).map(|it| entry::tokens(&it)).transpose()
}
