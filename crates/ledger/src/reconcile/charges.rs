//! Reads charges from any of their formats.

use std::collections::{BTreeMap, HashMap};

use itertools::Itertools;
use seedance_core::{CHARGE_CURRENCY, Decimal, Quote};
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_with::{Map, serde_as};

use super::amount;
use super::currency::{self, may_be};
use super::entry::{CURRENCY, Columns, Entered, Entries, STATUS, TOKENS, is_blank, tokens};
use super::own::Line;
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
    /// Each single charge, without those of nothing and those that a refund of the same amount gave back.
    pub(super) charges: Vec<Single>,
    /// The refunds that are of no charge's amount.
    refunds: Vec<Decimal>,
    /// Whether there was a refund.
    pub is_refunded: bool,
    /// How many tokens the charges are for, if the bill says so.
    pub tokens: Option<u64>,
    /// The currency: that of the quotes if the bill names none or one that may stand for it, or else as the bill names it.
    pub currency: Option<String>,
}

/// A row of a bill that charges something.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Single {
    amount: Decimal,
    tokens: Option<u64>,
    is_failed: bool,
}

/// What was charged, by id.
pub type Charges = BTreeMap<String, Charge>;

impl Charge {
    /// The net amount to compare with a quote; `None` if it is negative.
    pub(super) fn amount(&self) -> Option<Decimal> {
        (!self.net.is_negative()).then(|| self.net.amount())
    }

    /// How often the same amount was charged and not given back, and that amount, if that is all and more than once.
    pub(super) fn repeated(&self) -> Option<(usize, Decimal)> {
        let each = self.charges.iter().map(|it| it.amount).all_equal_value().ok()?;
        let times = self.charges.len();
        (times > 1 && self.refunds.is_empty()).then_some((times, each))
    }

    /// Whether the bill says that the task failed for which a charge was not given back.
    pub(super) fn is_failed(&self) -> bool {
        self.charges.iter().any(|it| it.is_failed)
    }

    /// Takes out what refunds of the same amount gave back, of equal charges that of a failed task.
    fn settle(&mut self) {
        for refund in std::mem::take(&mut self.refunds) {
            let equal = self.charges.iter().positions(|it| it.amount == refund);
            match equal.max_by_key(|at| self.charges.get(*at).is_some_and(|it| it.is_failed)) {
                Some(at) => drop(self.charges.swap_remove(at)),
                None => self.refunds.push(refund),
            }
        }
        self.tokens = self.charges.iter().filter_map(|it| it.tokens).reduce(u64::saturating_add);
    }

    /// Whether the charge is in the currency of a quote.
    pub(super) fn is_in_currency_of(&self, quote: &Quote) -> bool {
        self.currency.as_deref() == Some(&*quote.terms().currency)
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
    let entries: Entries = match text.trim_ascii_start() {
        [b'[', ..] => own::charged(text, &ids(quotes))?,
        text if text.starts_with(own::JOURNAL) => own::journal(text, &ids(quotes)),
        [b'{', ..] => own::entries(text, |line| json_line(line, columns)),
        _ => table::entries(text, columns)?,
    };
    let amounts = entries.iter().filter_map(|(_, entry)| entry.as_ref().ok());
    let has_commas = amounts.into_iter().any(|entry| amount::has_decimal_comma(&entry.amount));
    let quoted = QuotedIn::of(quotes);
    let mut charges = Charges::new();
    for (line, entry) in entries {
        entry
            .and_then(|entry| {
                let has_commas = has_commas && !entry.is_number;
                add(&mut charges, entry, has_commas, &quoted)
            })
            .map_err(|problem| LineError { line, problem })?;
    }
    charges.values_mut().filter(|charge| charge.is_refunded).for_each(Charge::settle);
    Ok(charges)
}

/// The currencies of quotes.
struct QuotedIn<'a> {
    by_name: HashMap<&'a str, Option<&'a str>>,
    /// The currency of all quotes, if all have the same: that of charges without a quote that name none.
    sole: Option<&'a str>,
}

impl<'a> QuotedIn<'a> {
    fn of(quotes: &'a [Quoted]) -> Self {
        let currency = |it: &'a Quoted| Some(&*it.quote.as_ref()?.terms().currency);
        let sole = quotes.iter().filter_map(currency).all_equal_value();
        // If the line number of a job is the id of another, a charge under it belongs to that other job.
        let in_order = quotes.iter().sorted_by_key(|quoted| quoted.has_id);
        let named = in_order.map(|it| (it.name.as_str(), currency(it)));
        Self { by_name: named.collect(), sole: sole.ok() }
    }

    /// The id without the apostrophe with which spreadsheets mark a cell as text, if the id of a quote has none.
    fn id(&self, id: String) -> String {
        match id.strip_prefix('\'') {
            Some(bare) if self.by_name.contains_key(bare) && !self.by_name.contains_key(&*id) => {
                bare.into()
            }
            _ => id,
        }
    }

    /// The currency of a charge, of which the bill names this one.
    fn read(&self, id: &str, named: Option<String>) -> Option<String> {
        let quoted = self.by_name.get(id).copied().flatten().or(self.sole);
        let is_quoted = |quoted: &&str| named.as_ref().is_none_or(|named| may_be(named, quoted));
        quoted.filter(is_quoted).map(Into::into).or(named)
    }
}

fn add(
    charges: &mut Charges,
    mut entry: Entered,
    has_commas: bool,
    quoted: &QuotedIn<'_>,
) -> Result<(), Problem> {
    entry.id = quoted.id(entry.id);
    if entry.id.trim().is_empty() {
        return Err(problem!("the id is missing", "缺少编号"));
    }
    let is_failed = entry.is_failed();
    if is_failed && is_blank(&entry.amount) {
        entry.amount = "0".into();
    }
    if entry.amount.trim().is_empty() {
        return Err(problem!("the amount is missing", "缺少金额"));
    }
    let (amount, written) = amount::read(&entry.amount, has_commas)?;
    let named = currency::joined(written, currency::named(entry.currency.as_deref()))?;
    let is_nothing = amount.amount().is_zero();
    // Nothing is nothing in every currency.
    let currency = quoted.read(&entry.id, named.filter(|_| !is_nothing));
    let charge = charges.entry(entry.id.clone()).or_default();
    if charge.charges.is_empty() && !charge.is_refunded {
        charge.currency.clone_from(&currency);
    }
    if is_nothing {
        return Ok(());
    }
    let [before, now] = [&charge.currency, &currency].map(|it| it.as_deref());
    let is_one = match (before, now) {
        (Some(before), Some(now)) => may_be(before, now),
        _ => before == now,
    };
    if !is_one {
        let id = entry.id;
        let none = ("one that is not named", "未注明的币种");
        let [(en, zh), (now_en, now_zh)] =
            [before, now].map(|it| it.map_or(none, |currency| (currency, currency)));
        return Err(problem!(
            "the id `{id}` is charged in two currencies, {en} and {now_en}",
            "编号 `{id}` 的扣费有两种币种：{zh}、{now_zh}"
        ));
    }
    charge.currency = currency::joined(charge.currency.take(), currency)?;
    let too_large = || Problem::not_an_amount(&entry.amount, "too many digits");
    charge.net = charge.net.checked_add(amount).ok_or_else(too_large)?;
    // A refund has the tokens of what is refunded.
    if amount.is_negative() {
        charge.is_refunded = true;
        charge.refunds.push(amount.amount());
        return Ok(());
    }
    let (amount, tokens) = (amount.amount(), entry.tokens);
    charge.charges.push(Single { amount, tokens, is_failed });
    if let Some(tokens) = tokens {
        let total = tokens.checked_add(charge.tokens.unwrap_or(0));
        let (id, most) = (entry.id, u64::MAX);
        charge.tokens = Some(total.ok_or_else(|| {
            problem!(
                "the tokens of the id `{id}` add up to more than {most}; correct them",
                "编号 `{id}` 的 token 合计超过 {most}，请更正"
            )
        })?);
    }
    Ok(())
}

/// The members of an object, also repeated ones.
#[serde_as]
#[derive(Deserialize)]
struct Members(#[serde_as(as = "Map<_, _>")] Vec<(String, Box<RawValue>)>);

/// Reads a charge, or a response of the API as it came.
fn json_line(line: &[u8], columns: Columns<'_>) -> Result<Line, Problem> {
    let read: Result<Members, _> = serde_json::from_slice(line);
    let Members(read) = read.map_err(|_| Problem::not_a_charge(line))?;
    let mut members = HashMap::new();
    for (name, value) in read {
        if members.contains_key(&name) {
            return Err(problem!(
                "field `{name}` appears twice; keep one",
                "字段 `{name}` 重复，请只保留一个"
            ));
        }
        members.insert(name, value);
    }
    let missing = |name: &str| problem!("the field `{name}` is missing", "缺少字段 `{name}`");
    let member = |name: &str| members.get(name).filter(|member| member.get() != "null");
    if members.contains_key("code")
        && ![columns.id, columns.amount].iter().any(|name| members.contains_key(*name))
    {
        return own::response(line)?.ok_or_else(|| missing("task_id"));
    }
    // Numbers are taken as written, without conversion to a float.
    let text = |name: &str| member(name).map(|member| ids::of_json(member));
    let id = members.get(columns.id).ok_or_else(|| missing(columns.id))?;
    if !id.get().starts_with(|first| matches!(first, '"' | '-' | '0'..='9')) {
        return Err(Problem::not_an_id(id.get()));
    }
    // The API's own name for an amount in its own currency.
    let cost = member("cost").filter(|_| member(columns.amount).is_none());
    let currency = cost.map(|_| CHARGE_CURRENCY.into());
    let amount = member(columns.amount).or(cost);
    let counts = TOKENS.iter().filter_map(|name| Some(tokens(&text(name)?)));
    let usage = || own::tokens(members.get("usage")?);
    Ok(Line::Charge(Entered {
        id: ids::of_json(id),
        amount: amount.map(|amount| ids::of_json(amount)).unwrap_or_default(),
        is_number: amount.is_some_and(|amount| !amount.get().starts_with('"')),
        currency: text(CURRENCY).or(currency),
        status: text(STATUS),
        tokens: counts.flatten_ok().next().transpose()?.or_else(usage),
    }))
}
