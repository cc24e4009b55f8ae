//! Reads charges from any of their formats.

use std::collections::{BTreeMap, HashMap};

use seedance_batch::numbered_lines;
use seedance_core::{Decimal, Quote};
use serde_json::value::RawValue;

use super::amount::{self, may_be};
use super::entry::{CURRENCY, Columns, Entered, Entries, STATUS, TOKENS};
use super::quotes::{Quoted, ids};
use super::{own, table};
use crate::ids;
use crate::problem::{LineError, Problem};
use crate::signed::Signed;

/// Everything that was charged for one id.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Charge {
    /// The sum of all charges less all refunds.
    pub net: Signed,
    /// Each single charge, without refunds.
    pub charges: Vec<Decimal>,
    /// Whether there was a refund.
    pub is_refunded: bool,
    /// How many tokens were used, if the bill says so.
    pub tokens: Option<u64>,
    /// Whether the bill says that the task failed.
    pub is_failed: bool,
    /// The currency as the bill names it, if it does: a code or a sign.
    pub currency: Option<String>,
}

/// What was charged, by id.
pub type Charges = BTreeMap<String, Charge>;

impl Charge {
    /// The net amount to compare with a quote; `None` if it is negative.
    pub(super) fn amount(&self) -> Option<Decimal> {
        (!self.net.is_negative()).then(|| self.net.amount())
    }

    /// Sets the currency to that of a quote if the bill names none, or one that may stand for it.
    pub(super) fn read_as(&mut self, quoted: &str) {
        let named = self.currency.as_deref();
        if named.is_none_or(|named| may_be(named, quoted)) {
            self.currency = Some(quoted.into());
        }
    }

    /// Whether the charge is in the currency of a quote.
    pub(super) fn is_in_currency_of(&self, quote: &Quote) -> bool {
        self.currency.as_deref() == Some(&*quote.terms().currency)
    }
}

/// Reads charges and adds up those with the same id. The text is a table, one JSON object per line, the companion's journal, or
/// a history exported by the form. If an attempt and its task have an id each, that of a quote is taken.
///
/// # Errors
/// The number of the first line that cannot be read, and why.
pub fn read_charges(
    text: &[u8],
    columns: Columns<'_>,
    quotes: &[Quoted],
) -> Result<Charges, LineError> {
    let entries: Entries = match text.trim_ascii_start() {
        [b'[', ..] => own::charged(text, &ids(quotes))?,
        text if text.starts_with(own::JOURNAL) => own::journal(text, &ids(quotes)),
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
    let currency = entry.currency.filter(|currency| !currency.trim().is_empty()).or(written);
    let charge = charges.entry(entry.id.clone()).or_default();
    if let (Some(before), Some(now)) = (&charge.currency, &currency)
        && !may_be(before, now)
    {
        let id = entry.id;
        return Err(problem!(
            "the id `{id}` is charged in two currencies, {before} and {now}",
            "编号 `{id}` 的扣费有两种币种：{before}、{now}"
        ));
    }
    charge.currency = charge.currency.take().or(currency);
    charge.is_failed |= is_failed;
    if let Some(tokens) = entry.tokens {
        let total = tokens.checked_add(charge.tokens.unwrap_or(0));
        let (id, most) = (entry.id, u64::MAX);
        charge.tokens = Some(total.ok_or_else(|| {
            problem!(
                "the `total_tokens` of the id `{id}` add up to more than {most}, correct them",
                "编号 `{id}` 的 `total_tokens` 合计超过 {most}，请更正"
            )
        })?);
    }
    let too_large = || Problem::not_an_amount(&entry.amount, "too many digits");
    charge.net = charge.net.checked_add(amount).ok_or_else(too_large)?;
    match amount.is_negative() {
        true => charge.is_refunded = true,
        false => charge.charges.push(amount.amount()),
    }
    Ok(())
}

fn json_entry(line: &[u8], columns: Columns<'_>) -> Result<Entered, Problem> {
    let read: Result<HashMap<String, Box<RawValue>>, _> = serde_json::from_slice(line);
    let members = read.map_err(|error| Problem::not_a_charge(&error.to_string()))?;
    let needed = |name: &str| {
        let member = members.get(name);
        member.ok_or_else(|| Problem::not_a_charge(&format!("it has no `{name}`")))
    };
    // Numbers are taken as written, without conversion to a float.
    let text = |name: &str| {
        let member = members.get(name).filter(|member| member.get() != "null");
        member.map(|member| ids::of_json(member))
    };
    let usage = || own::tokens(members.get("usage")?);
    let id = needed(columns.id)?;
    if !id.get().starts_with(|first| matches!(first, '"' | '-' | '0'..='9')) {
        return Err(Problem::not_an_id(id.get()));
    }
    Ok(Entered {
        id: ids::of_json(id),
        amount: ids::of_json(needed(columns.amount)?),
        currency: text(CURRENCY),
        status: text(STATUS),
        tokens: text(TOKENS).and_then(|it| it.parse().ok()).or_else(usage),
    })
}
