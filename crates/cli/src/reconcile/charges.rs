//! What was really charged: a CSV file with a header, or one JSON object a line.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::path::Path;

use seedance_core::{Decimal, Lang};
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::failure::Failure;
use crate::input::{self, Document};
use crate::plain::plain;

/// One charge.
#[derive(Clone, Debug, PartialEq)]
pub struct Charge {
    pub amount: Decimal,
    pub currency: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct JsonCharge {
    id: Box<RawValue>,
    amount: Box<RawValue>,
    currency: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CsvCharge {
    id: String,
    amount: String,
    currency: Option<String>,
}

/// Reads the charges by id; each id once.
pub fn read(path: &Path, lang: Lang) -> Result<HashMap<String, Charge>, Failure> {
    let document = input::read(Some(path), lang)?;
    let is_csv = path
        .extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
    let mut charges = HashMap::new();
    let entries = if is_csv {
        csv_entries(&document)
    } else {
        json_entries(&document)
    };
    for (line, entry) in entries {
        let bad = |reason: String| {
            let name = &document.name;
            let reason = plain(&reason);
            Failure::new(
                lang,
                format!("`{name}`, line {line}: {reason}"),
                format!("`{name}` 第 {line} 行：{reason}"),
            )
        };
        let (id, amount, currency) = entry.map_err(bad)?;
        let amount: Decimal = amount
            .trim()
            .parse()
            .map_err(|error| bad(format!("the amount `{amount}` is {error}")))?;
        let currency = currency.filter(|currency| !currency.trim().is_empty());
        match charges.entry(id) {
            Entry::Vacant(place) => place.insert(Charge { amount, currency }),
            Entry::Occupied(place) => {
                return Err(bad(format!(
                    "the id `{}` was already charged above",
                    place.key()
                )));
            }
        };
    }
    Ok(charges)
}

/// An id as text: a string's characters, or a number as it was written.
pub fn id_of(raw: &RawValue) -> String {
    serde_json::from_str(raw.get()).unwrap_or_else(|_| raw.get().to_owned())
}

type Parts = Result<(String, String, Option<String>), String>;

fn csv_entries(document: &Document) -> Vec<(u64, Parts)> {
    let mut reader = csv::ReaderBuilder::new()
        .trim(csv::Trim::All)
        .from_reader(document.text.as_slice());
    let headers = reader.headers().cloned();
    let records = reader.into_records().map(|record| {
        let entry = headers
            .as_ref()
            .map_err(ToString::to_string)
            .and_then(|headers| {
                let record = record.as_ref().map_err(ToString::to_string)?;
                record
                    .deserialize::<CsvCharge>(Some(headers))
                    .map_err(|error| error.to_string())
            });
        let line = record
            .as_ref()
            .ok()
            .and_then(csv::StringRecord::position)
            .map_or(0, csv::Position::line);
        (
            line,
            entry.map(|charge| (charge.id, charge.amount, charge.currency)),
        )
    });
    records.collect()
}

fn json_entries(document: &Document) -> Vec<(u64, Parts)> {
    let lines = crate::batch::numbered_lines(&document.text);
    let entries = lines.map(|(number, line)| {
        let entry = serde_json::from_slice::<JsonCharge>(line).map_err(|error| error.to_string());
        // A number counts by the digits that were written, not by a float's.
        (
            number,
            entry.map(|charge| (id_of(&charge.id), id_of(&charge.amount), charge.currency)),
        )
    });
    entries.collect()
}
