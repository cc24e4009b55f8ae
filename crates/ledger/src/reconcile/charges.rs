//! Reads what was charged: a CSV file with a header, or one JSON object a line.

use std::collections::hash_map::Entry;

use seedance_batch::numbered_lines;
use seedance_core::DecimalError;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::charge::{Charge, Charges};
use super::entry::Entered;
use super::table;
use crate::id;
use crate::problem::{LineError, Problem};

/// How charges are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// A table with a header: `id`, `amount` and perhaps `currency`.
    Csv,
    /// One object a line.
    JsonLines,
}

/// Reads the charges by id; each id once.
///
/// # Errors
/// Where the first line stands that is not a charge, and why it is none.
pub fn read_charges(text: &[u8], written: Written) -> Result<Charges, LineError> {
    let entries: Vec<(u64, Result<Entered, Problem>)> = match written {
        Written::Csv => table::entries(text),
        Written::JsonLines => numbered_lines(text)
            .map(|(number, line)| (number, json_entry(line)))
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
    let Entered {
        id,
        amount,
        currency,
    } = entry;
    let amount = match amount.trim().parse() {
        Ok(amount) => amount,
        Err(error) => {
            let error = DecimalError::to_string(&error);
            return Err(Problem::NotAnAmount { amount, error });
        }
    };
    let currency = currency.filter(|currency| !currency.trim().is_empty());
    match charges.entry(id) {
        Entry::Vacant(place) => place.insert(Charge { amount, currency }),
        Entry::Occupied(place) => {
            let id = place.key().clone();
            return Err(Problem::ChargedTwice { id });
        }
    };
    Ok(())
}

#[derive(Deserialize)]
#[serde(
    deny_unknown_fields,
    expecting = "an object with `id`, `amount` and perhaps `currency`"
)]
struct JsonCharge {
    id: Box<RawValue>,
    amount: Box<RawValue>,
    currency: Option<String>,
}

fn json_entry(line: &[u8]) -> Result<Entered, Problem> {
    let read: Result<JsonCharge, _> = serde_json::from_slice(line);
    let JsonCharge {
        id,
        amount,
        currency,
    } = read.map_err(|error| Problem::NotACharge {
        error: error.to_string(),
    })?;
    let is_name = |id: &str| {
        id.starts_with(|first: char| first == '"' || first == '-' || first.is_ascii_digit())
    };
    if !is_name(id.get()) {
        return Err(Problem::NotAnId {
            id: id.get().into(),
        });
    }
    // A number counts by the digits that were written, not by a float's.
    Ok(Entered {
        id: id::of_json(&id),
        amount: id::of_json(&amount),
        currency,
    })
}
