//! Reads what was charged: a table with a header, or one JSON object a line.

use std::collections::HashMap;

use seedance_batch::numbered_lines;
use serde_json::value::RawValue;

use super::amount;
use super::charge::Charges;
use super::entry::{CURRENCY, Columns, Entered, STATUS};
use super::table;
use crate::id;
use crate::problem::{LineError, Problem};

/// Reads what was charged by id, several charges and refunds of one together.
///
/// # Errors
/// Where the first line stands that is not a charge, and why it is none.
pub fn read_charges(text: &[u8], columns: Columns<'_>) -> Result<Charges, LineError> {
    let is_json = matches!(text.trim_ascii_start(), [b'{' | b'[', ..]);
    let entries: Vec<(u64, Result<Entered, Problem>)> = match is_json {
        false => table::entries(text, columns),
        true => numbered_lines(text)
            .map(|(number, line)| (number, json_entry(line, columns)))
            .collect(),
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
    let currency = entry
        .currency
        .filter(|currency| !currency.trim().is_empty());
    let currency = currency.or(written);
    let charge = charges.entry(entry.id.clone()).or_default();
    if let (Some(before), Some(now)) = (&charge.currency, &currency)
        && before != now
    {
        return Err(Problem::TwoCurrencies {
            id: entry.id,
            currencies: [before.clone(), now.clone()],
        });
    }
    charge.currency = charge.currency.take().or(currency);
    charge.is_failed |= is_failed;
    charge.add(amount).ok_or(Problem::NotAnAmount {
        amount: entry.amount,
        error: "too many digits".into(),
    })
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
    let is_name = |id: &str| {
        id.starts_with(|first: char| first == '"' || first == '-' || first.is_ascii_digit())
    };
    let id = needed(columns.id)?;
    if !is_name(id.get()) {
        return Err(Problem::NotAnId {
            id: id.get().into(),
        });
    }
    Ok(Entered {
        id: id::of_json(id),
        amount: id::of_json(needed(columns.amount)?),
        currency: text(CURRENCY),
        status: text(STATUS),
    })
}
