//! Reads a bill in any of its formats and adds up what was charged for each id.

use std::collections::{BTreeMap, HashMap};

use itertools::Itertools;
use seedance_core::Decimal;

use super::amount::may_be;
use super::entry::{self, Columns, Entry};
use super::quotes::Quoted;
use super::{history, lines};
use crate::problem::{LineError, Problem};
use crate::signed::Signed;

/// Everything that was charged for one id.
#[derive(Clone, Debug, Default)]
pub struct Charge {
    /// The sum of all charges less all refunds.
    pub(super) net: Signed,
    /// The currency: that of the quotes if the bill names none or one that may stand for it, or else as the bill names it.
    pub(super) currency: Option<String>,
    /// All charges and, negative, all refunds; none is zero. Charges for failed tasks come first.
    entries: Vec<Entry>,
}

/// What was charged, by id.
pub type Charges = BTreeMap<String, Charge>;

impl Charge {
    /// The net amount to compare with a quote; `None` if it is negative.
    pub(super) fn amount(&self) -> Option<Decimal> {
        (!self.net.is_negative()).then(|| self.net.amount())
    }

    /// If all charges and refunds are of one amount: how many charges were not refunded, and that amount.
    pub(super) fn repeated(&self) -> Option<(usize, Decimal)> {
        let each = self.entries.iter().map(|it| it.amount.amount()).all_equal_value().ok()?;
        let refunds = self.refunds().count();
        Some(((self.entries.len() - refunds).checked_sub(refunds)?, each))
    }

    /// Whether there are several charges that are not one amount less its refunds.
    pub(super) fn is_sum(&self) -> bool {
        !self.entries.is_empty() && self.repeated().is_none_or(|(times, _)| times != 1)
    }

    /// Whether all that was charged was refunded.
    pub(super) fn is_refunded(&self) -> bool {
        !self.entries.is_empty() && self.net.amount().is_zero()
    }

    /// Whether the charges for failed tasks are more than all refunds.
    pub(super) fn is_failed(&self) -> bool {
        let counted = self.entries.iter().filter(|it| it.is_failed || it.amount.is_negative());
        let left = counted.map(|it| it.amount).try_fold(Signed::default(), Signed::checked_add);
        left.is_none_or(|left| !left.is_negative() && !left.amount().is_zero())
    }

    fn refunds(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|it| it.amount.is_negative())
    }

    /// Whether something was refunded that is no whole charge.
    pub(super) fn is_partly_refunded(&self) -> bool {
        self.refunds().any(|refund| !self.entries.iter().any(|charge| charge.is_for(refund)))
    }

    /// How many tokens the task used, without those of charges that were refunded: of equal charges those of one, of others those
    /// of all together.
    pub(super) fn tokens(&self) -> Option<u64> {
        let mut kept: Vec<_> = self.entries.iter().filter(|it| !it.amount.is_negative()).collect();
        for refund in self.refunds() {
            let is_same = |it: &&Entry| it.is_for(refund) && it.tokens == refund.tokens;
            let named = refund.tokens.and_then(|_| kept.iter().position(is_same));
            let place = named.or_else(|| kept.iter().position(|it| it.is_for(refund)));
            place.map(|place| kept.remove(place));
        }
        let mut tokens = kept.into_iter().filter_map(|it| it.tokens);
        match self.repeated() {
            Some(_) => tokens.next(),
            None => tokens.reduce(u64::saturating_add),
        }
    }

    /// Adds a row; `None` if a sum becomes too large.
    fn add(&mut self, entry: Entry) -> Option<()> {
        if entry.amount.amount().is_zero() {
            return Some(());
        }
        self.net = self.net.checked_add(entry.amount)?;
        let place = if entry.is_failed { 0 } else { self.entries.len() };
        self.entries.insert(place, entry);
        Some(())
    }
}

/// Reads charges and adds up those with the same id. The text is a table, one JSON object per line (a charge or a response of the
/// API), the companion's journal, or a history exported by the form. If an attempt and its task have an id each, that of a quote
/// is taken.
///
/// # Errors
/// The number of the first line that cannot be read, and why.
pub fn read_charges(
    text: &[u8],
    columns: Columns<'_>,
    quotes: &[Quoted],
) -> Result<Charges, LineError> {
    let currencies = quotes.iter().map(|Quoted { name, quote }| {
        (name.as_str(), quote.as_ref().map(|quote| quote.terms().currency.as_str()))
    });
    let quoted: HashMap<&str, Option<&str>> = currencies.collect();
    // The currency of charges without a quote that name none.
    let sole = quoted.values().flatten().all_equal_value().ok().copied();
    let is_quoted = |id: &str| quoted.contains_key(id);
    let entries = match text.trim_ascii_start() {
        [b'[', ..] => history::charged(text, is_quoted)?,
        [b'{', ..] => lines::entries(text, columns, &is_quoted)?,
        _ => entry::of_table(text, columns)?,
    };

    let mut charges = Charges::new();
    for entry in entries {
        let in_quote = quoted.get(entry.id.as_str()).copied().flatten().or(sole);
        let named = entry.currency.as_deref();
        let is_quotes = |quoted: &&str| named.is_none_or(|named| may_be(named, quoted));
        let currency = in_quote.filter(is_quotes).or(named).map(String::from);
        let charge = charges
            .entry(entry.id.clone())
            .or_insert_with(|| Charge { currency: currency.clone(), ..Charge::default() });
        if charge.currency != currency {
            let id = &entry.id;
            let [one, other] = [&charge.currency, &currency].map(|it| it.as_deref().unwrap_or("?"));
            let problem = problem!(
                "the id `{id}` is charged in two currencies, {one} and {other}",
                "编号 `{id}` 的扣费有两种币种：{one}、{other}"
            );
            return Err(problem.at(entry.line));
        }
        let (line, amount) = (entry.line, entry.amount);
        charge.add(entry).ok_or_else(|| {
            Problem::not_an_amount(&amount.to_string(), "too many digits").at(line)
        })?;
    }
    Ok(charges)
}
