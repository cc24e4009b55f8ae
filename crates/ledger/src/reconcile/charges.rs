//! Reads what was charged, however it is written down.

use std::collections::HashMap;

use seedance_batch::numbered_lines;
use serde_json::value::RawValue;

use super::amount;
use super::charge::Charges;
use super::entry::{CURRENCY, Columns, Entered, Entries, STATUS, TOKENS};
use super::{own, table};
use crate::id;
use crate::problem::{LineError, Problem};

/// Reads what was charged by id, several charges and refunds of one together: a table, one JSON object a line, the companion's journal,
/// or the history that the form exports. `is_quoted` knows the ids of quotes.
///
/// # Errors
/// Where the first line stands that is not a charge, and why it is none.
pub fn read_charges(
    text: &[u8],
    columns: Columns<'_>,
    is_quoted: &dyn Fn(&str) -> bool,
) -> Result<Charges, LineError> {
    let entries: Entries = match text.trim_ascii_start() {
        [b'[', ..] => own::charged(text, is_quoted)?,
        text if text.starts_with(own::JOURNAL) => own::journal(text, is_quoted),
        [b'{', ..] => {
            numbered_lines(text).map(|(number, line)| (number, json_entry(line, columns))).collect()
        }
        _ => table::entries(text, columns),
    };
    let mut charges = Charges::new();
    for (line, entry) in entries {
        entry
            .and_then(|entry| add(&mut charges, entry))
            .map_err(|problem| LineError { line, problem })?;
    }
    Ok(charges)
}

fn add(charges: &mut Charges, entry: Entered) -> Result<(), Problem> {
    let (amount, written) = amount::read(&entry.amount)?;
    let is_failed = entry.is_failed();
    let currency = entry.currency.filter(|currency| !currency.trim().is_empty());
    let currency = currency.or(written);
    let charge = charges.entry(entry.id.clone()).or_default();
    if let (Some(before), Some(now)) = (&charge.currency, &currency)
        && !amount::may_be(before, now)
    {
        return Err(Problem::TwoCurrencies {
            id: entry.id,
            currencies: [before.clone(), now.clone()],
        });
    }
    charge.currency = charge.currency.take().or(currency);
    charge.is_failed |= is_failed;
    charge.tokens =
        entry.tokens.map(|tokens| tokens + charge.tokens.unwrap_or(0)).or(charge.tokens);
    charge
        .add(amount)
        .ok_or(Problem::NotAnAmount { amount: entry.amount, error: "too many digits".into() })
}

fn json_entry(line: &[u8], columns: Columns<'_>) -> Result<Entered, Problem> {
    let not_a_charge = |error: String| Problem::NotACharge { error };
    let read: Result<HashMap<String, Box<RawValue>>, _> = serde_json::from_slice(line);
    let members = read.map_err(|error| not_a_charge(error.to_string()))?;
    let needed = |name: &str| {
        let member = members.get(name);
        member.ok_or_else(|| not_a_charge(format!("it has no `{name}`")))
    };
    // A number counts by the digits that were written, not by a float's.
    let text = |name: &str| {
        let member = members.get(name).filter(|member| member.get() != "null");
        member.map(|member| id::of_json(member))
    };
    let usage = || own::tokens(members.get("usage")?);
    let is_name = |id: &str| {
        id.starts_with(|first: char| first == '"' || first == '-' || first.is_ascii_digit())
    };
    let id = needed(columns.id)?;
    if !is_name(id.get()) {
        return Err(Problem::NotAnId { id: id.get().into() });
    }
    Ok(Entered {
        id: id::of_json(id),
        amount: id::of_json(needed(columns.amount)?),
        currency: text(CURRENCY),
        status: text(STATUS),
        tokens: text(TOKENS).and_then(|it| it.parse().ok()).or_else(usage),
    })
}
