//! Quotes beside what was really charged, and the cause of each difference.

mod cause;
mod charges;
mod show;

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use seedance_core::{Decimal, Lang, PriceBook, Quote};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use self::cause::{Agreed, Cause};
use self::charges::Charge;
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
    /// What was charged, by currency.
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
        let mut charges: HashMap<String, Charge> = charges::read(charges, lang)?;
        let mut agreed = Agreed::default();
        for (id, quote) in &quotes {
            agreed.count(quote.as_ref(), charges.get(id));
        }
        let mut jobs = Vec::with_capacity(quotes.len());
        for (id, quote) in quotes {
            let charge = charges.remove(&id);
            let cause = Cause::of(quote.as_ref(), charge.as_ref(), book, &agreed);
            jobs.push(Row::new(id, quote.as_ref(), charge, cause));
        }
        let mut unasked: Vec<(String, Charge)> = charges.into_iter().collect();
        unasked.sort_by(|(id, _), (other, _)| id.cmp(other));
        jobs.extend(
            unasked
                .into_iter()
                .map(|(id, charge)| Row::new(id, None, Some(charge), Cause::NotQuoted)),
        );
        Ok(Self {
            summary: Summary::of(&jobs),
            jobs,
        })
    }

    /// Whether every charge is what was quoted.
    pub fn is_clean(&self) -> bool {
        self.jobs.iter().all(|job| job.cause.is_expected())
    }
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
    fn of(jobs: &[Row]) -> Self {
        let mut summary = Self {
            jobs: jobs.len(),
            ..Self::default()
        };
        for job in jobs {
            *summary.causes.entry(job.cause.name()).or_default() += 1;
            if let (Some(charged), Some(currency)) = (job.charged, &job.currency) {
                let total = summary.charged.entry(currency.clone()).or_default();
                *total = total.checked_add(charged).unwrap_or(Decimal::MAX);
            }
        }
        summary
    }
}

fn quoted(document: &Document, lang: Lang) -> Result<Vec<(String, Option<Quote>)>, Failure> {
    let mut quotes: Vec<(String, Option<Quote>)> = Vec::new();
    let mut seen = HashMap::new();
    for (number, line) in crate::batch::numbered_lines(&document.text) {
        let name = &document.name;
        let QuotedLine { line, id, quote } = serde_json::from_slice(line).map_err(|error| {
            let en = format!(
                "`{name}`, line {number}: not a line of `seedance quote --ndjson`: {error}"
            );
            Failure::new(
                lang,
                en,
                format!("`{name}` 第 {number} 行不是 `seedance quote --ndjson` 的输出：{error}"),
            )
        })?;
        let id = id.map_or_else(|| line.to_string(), |id| charges::id_of(&id));
        if let Some(first) = seen.insert(id.clone(), number) {
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
        quotes.push((id, quote));
    }
    Ok(quotes)
}
