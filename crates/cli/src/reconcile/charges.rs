//! What was really charged: a CSV file with a header, or one JSON object a line.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::path::Path;

use seedance_core::{Decimal, Lang, Quote};
use serde::Deserialize;
use serde_json::value::RawValue;

use super::csv_charges;
use crate::failure::Failure;
use crate::input::{self, Document};
use crate::plain::plain;

/// The charges by id.
pub type Charges = HashMap<String, Charge>;

/// One charge.
#[derive(Clone, Debug, PartialEq)]
pub struct Charge {
    pub amount: Decimal,
    pub currency: Option<String>,
}

impl Charge {
    /// Whether it can be compared with a quote; a charge that names no currency is taken to be in the quote's.
    pub fn is_in_currency_of(&self, quote: &Quote) -> bool {
        let quoted = &quote.terms().currency;
        self.currency
            .as_ref()
            .is_none_or(|currency| **currency == **quoted)
    }
}

/// A charge as it is written.
#[derive(Debug)]
pub struct Entered {
    pub id: String,
    pub amount: String,
    pub currency: Option<String>,
}

/// What is wrong with a charge, in English and in Chinese.
pub type Problem = (String, String);

/// The lines that charges stand on, each with a charge or what is wrong with it.
pub type Entries = Vec<(u64, Result<Entered, Problem>)>;

/// Reads the charges by id; each id once.
pub fn read(path: &Path, lang: Lang) -> Result<Charges, Failure> {
    let document = input::read(Some(path), lang)?;
    let is_csv = path
        .extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
    let entries = if is_csv {
        csv_charges::entries(&document.text)
    } else {
        json_entries(&document)
    };
    let mut charges = HashMap::new();
    for (line, entry) in entries {
        add(&mut charges, entry).map_err(|(en, zh)| {
            let name = &document.name;
            let (en, zh) = (plain(&en), plain(&zh));
            Failure::new(
                lang,
                format!("`{name}`, line {line}: {en}"),
                format!("`{name}` 第 {line} 行：{zh}"),
            )
        })?;
    }
    Ok(charges)
}

/// An id as text: a string's characters, or a number as it was written.
pub fn id_of(raw: &RawValue) -> String {
    serde_json::from_str(raw.get()).unwrap_or_else(|_| raw.get().to_owned())
}

fn add(charges: &mut Charges, entry: Result<Entered, Problem>) -> Result<(), Problem> {
    let Entered {
        id,
        amount,
        currency,
    } = entry?;
    let amount = amount.trim().parse().map_err(|error| {
        (
            format!("the amount `{amount}` is {error}"),
            format!("金额 `{amount}` 不是 `0.05` 这样的十进制数，或位数过多"),
        )
    })?;
    let currency = currency.filter(|currency| !currency.trim().is_empty());
    match charges.entry(id) {
        Entry::Vacant(place) => place.insert(Charge { amount, currency }),
        Entry::Occupied(place) => {
            let id = place.key();
            return Err((
                format!("the id `{id}` was already charged above"),
                format!("编号 `{id}` 在上文已有扣费"),
            ));
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

fn json_entries(document: &Document) -> Entries {
    crate::batch::numbered_lines(&document.text)
        .map(|(number, line)| (number, json_entry(line)))
        .collect()
}

fn json_entry(line: &[u8]) -> Result<Entered, Problem> {
    let JsonCharge {
        id,
        amount,
        currency,
    } = serde_json::from_slice(line).map_err(|error| {
        (
            format!("not a charge: {error}"),
            format!("不是一笔扣费：{error}"),
        )
    })?;
    let is_name = |id: &str| {
        id.starts_with(|first: char| first == '"' || first == '-' || first.is_ascii_digit())
    };
    if !is_name(id.get()) {
        return Err((
            format!("the id is `{}`, it must be a string or a number", id.get()),
            format!("编号是 `{}`，须为字符串或数字", id.get()),
        ));
    }
    // A number counts by the digits that were written, not by a float's.
    Ok(Entered {
        id: id_of(&id),
        amount: id_of(&amount),
        currency,
    })
}
