//! Quotes beside what was really charged, and the cause of each difference.

mod cause;
mod charges;
mod csv_charges;
mod explain;
mod show;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

use seedance_core::{Decimal, Lang, PriceBook, Quote};
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use self::cause::Cause;
use self::charges::{Charge, Charges};
use self::explain::Agreed;
use crate::failure::Failure;
use crate::input::{self, Document};

pub use self::show::show;

/// The answer of `reconcile`.
#[derive(Debug, Serialize)]
pub struct Reconciliation {
    pub summary: Summary,
    pub jobs: Vec<Row>,
}

/// How often each cause was found, and the sums of what both sides know.
#[derive(Debug, Default, Serialize)]
pub struct Summary {
    pub jobs: usize,
    pub causes: BTreeMap<&'static str, usize>,
    /// What was charged, by currency; under no name what has none.
    pub charged: BTreeMap<String, Decimal>,
}

/// One job with its quote, its charge, and why they differ.
#[derive(Debug, Serialize)]
pub struct Row {
    pub id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quoted: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub charged: Option<Decimal>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<String>,
    #[serde(flatten)]
    pub cause: Cause,
}

/// One line of `seedance quote --ndjson`.
#[derive(Debug, Deserialize)]
struct QuotedLine {
    line: u64,
    id: Option<Box<RawValue>>,
    quote: Option<Quote>,
    error: Option<IgnoredAny>,
}

/// A job that was quoted, with the id that it has or the line that it stands on.
#[derive(Debug)]
struct Quoted {
    name: String,
    has_id: bool,
    quote: Option<Quote>,
}

impl Reconciliation {
    /// Matches the lines of `seedance quote --ndjson` with the charges by id, or by line where a job has none.
    pub fn of(
        quotes: &Path,
        charges: &Path,
        book: Option<&PriceBook>,
        lang: Lang,
    ) -> Result<Self, Failure> {
        let quotes = quoted(&input::read(Some(quotes), lang)?, lang)?;
        let mut charges = charges::read(charges, lang)?;
        let matched = matched(&quotes, &mut charges);
        let mut agreed = Agreed::default();
        for (Quoted { quote, .. }, charge) in quotes.iter().zip(&matched) {
            agreed.count(quote.as_ref(), charge.as_ref());
        }
        let currency = sole_currency(&quotes);
        let mut jobs = Vec::with_capacity(quotes.len());
        for (Quoted { name, quote, .. }, charge) in quotes.into_iter().zip(matched) {
            let cause = Cause::of(quote.as_ref(), charge.as_ref(), book, &agreed);
            jobs.push(Row::new(name, quote.as_ref(), charge, cause));
        }
        let mut unasked: Vec<(String, Charge)> = charges.into_iter().collect();
        unasked.sort_by(|(id, _), (other, _)| id.cmp(other));
        for (id, mut charge) in unasked {
            charge.currency = charge.currency.or_else(|| currency.clone());
            let cause = Cause::of(None, Some(&charge), book, &agreed);
            jobs.push(Row::new(id, None, Some(charge), cause));
        }
        let summary = Summary::of(&jobs).ok_or_else(|| {
            let en = "the charges are too large to add up";
            Failure::new(lang, en, "实收金额过大，无法相加")
        })?;
        Ok(Self { summary, jobs })
    }

    /// Whether every charge is what was quoted.
    pub fn is_clean(&self) -> bool {
        self.jobs.iter().all(|job| job.cause.is_expected())
    }
}

/// Each job's charge, taken from the charges.
fn matched(quotes: &[Quoted], charges: &mut Charges) -> Vec<Option<Charge>> {
    let ids: HashSet<&str> = quotes
        .iter()
        .filter(|quoted| quoted.has_id)
        .map(|quoted| quoted.name.as_str())
        .collect();
    // What one job has for its id is not the line of another.
    let takes = |quoted: &Quoted| quoted.has_id || !ids.contains(quoted.name.as_str());
    quotes
        .iter()
        .map(|quoted| takes(quoted).then(|| charges.remove(&quoted.name))?)
        .collect()
}

/// The currency of all quotes, where it is one: what a charge without one is in.
fn sole_currency(quotes: &[Quoted]) -> Option<String> {
    let mut currencies = quotes
        .iter()
        .filter_map(|quoted| quoted.quote.as_ref())
        .map(|quote| quote.terms().currency.as_ref());
    let first = currencies.next()?;
    currencies
        .all(|currency| currency == first)
        .then(|| first.into())
}

impl Row {
    fn new(id: String, quote: Option<&Quote>, charge: Option<Charge>, cause: Cause) -> Self {
        let quoted = quote.and_then(|quote| match (quote.lowest(), quote.highest()) {
            (Some(lowest), Some(highest)) if lowest == highest => Some(lowest.to_string()),
            (Some(lowest), Some(highest)) => Some(format!("{lowest}…{highest}")),
            (Some(lowest), None) => Some(format!("≥ {lowest}")),
            _ => None,
        });
        let currency = charge.as_ref().and_then(|charge| charge.currency.clone());
        let currency =
            currency.or_else(|| quote.map(|quote| quote.terms().currency.as_ref().into()));
        Self {
            id,
            quoted,
            charged: charge.map(|charge| charge.amount),
            currency,
            cause,
        }
    }
}

impl Summary {
    /// Nothing where a sum is too large.
    fn of(jobs: &[Row]) -> Option<Self> {
        let mut summary = Self {
            jobs: jobs.len(),
            ..Self::default()
        };
        for job in jobs {
            *summary.causes.entry(job.cause.name()).or_default() += 1;
            if let Some(charged) = job.charged {
                let currency = job.currency.clone().unwrap_or_default();
                let total = summary.charged.entry(currency).or_default();
                *total = total.checked_add(charged)?;
            }
        }
        Some(summary)
    }
}

fn quoted(document: &Document, lang: Lang) -> Result<Vec<Quoted>, Failure> {
    let mut quotes: Vec<Quoted> = Vec::new();
    let mut seen = HashMap::new();
    for (number, line) in crate::batch::numbered_lines(&document.text) {
        let name = &document.name;
        let read = serde_json::from_slice(line).map_err(|error| error.to_string());
        let read = read.and_then(|read: QuotedLine| match (&read.quote, &read.error) {
            (None, None) => Err("it has neither `quote` nor `error`".to_owned()),
            _ => Ok(read),
        });
        let QuotedLine {
            line, id, quote, ..
        } = read.map_err(|error| {
            let en = format!(
                "`{name}`, line {number}: not a line of `seedance quote --ndjson`: {error}"
            );
            Failure::new(
                lang,
                en,
                format!("`{name}` 第 {number} 行不是 `seedance quote --ndjson` 的输出：{error}"),
            )
        })?;
        let has_id = id.is_some();
        let id = id.map_or_else(|| line.to_string(), |id| charges::id_of(&id));
        if let Some(first) = seen.insert((has_id, id.clone()), number) {
            let shown = crate::plain::plain(&id);
            let en = format!(
                "`{name}`, line {number}: the id `{shown}` was already used on line {first}"
            );
            return Err(Failure::new(
                lang,
                en,
                format!("`{name}` 第 {number} 行：编号 `{shown}` 已在第 {first} 行出现"),
            ));
        }
        quotes.push(Quoted {
            name: id,
            has_id,
            quote,
        });
    }
    Ok(quotes)
}
