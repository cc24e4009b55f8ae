//! What changed between two price books.

use std::collections::BTreeSet;
use std::fmt::Write;

use seedance_core::{Decimal, Lang, PriceBook};
use serde::Serialize;

use crate::human::{lines, new_table};
use crate::plain::plain;

/// The labels that changed, and the prices that did.
#[derive(Debug, Serialize)]
pub struct Difference {
    pub currency: [String; 2],
    pub as_of: [Option<String>; 2],
    pub changes: Vec<Change>,
}

/// One name whose price is not the same in both books.
#[derive(Debug, Serialize)]
pub struct Change {
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old: Option<Decimal>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new: Option<Decimal>,
    pub change: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Added,
    Removed,
    Dearer,
    Cheaper,
}

impl Difference {
    /// Prices are the same when their values are, however they are written.
    pub fn of(old: &PriceBook, new: &PriceBook) -> Self {
        let names: BTreeSet<&str> = old
            .prices()
            .chain(new.prices())
            .map(|(name, _)| name)
            .collect();
        // In two currencies only what is there can be told, not what costs more.
        let is_comparable = old.currency() == new.currency();
        let changes = names.into_iter().filter_map(|name| {
            let price = |book: &PriceBook| book.price(name).map(|price| price.price);
            let (old, new) = (price(old), price(new));
            let change = match (old, new) {
                (None, _) => Kind::Added,
                (_, None) => Kind::Removed,
                (Some(old), Some(new)) if is_comparable && old < new => Kind::Dearer,
                (Some(old), Some(new)) if is_comparable && old > new => Kind::Cheaper,
                _ => return None,
            };
            Some(Change {
                name: name.into(),
                old,
                new,
                change,
            })
        });
        Self {
            currency: [old, new].map(|book| book.currency().into()),
            as_of: [old, new].map(|book| book.as_of().map(Into::into)),
            changes: changes.collect(),
        }
    }

    pub fn is_clean(&self) -> bool {
        self.changes.is_empty() && self.currency[0] == self.currency[1]
    }
}

/// The changes for people.
pub fn show_difference(difference: &Difference, lang: Lang) -> String {
    let zh = lang == Lang::Zh;
    let mut shown = String::new();
    let [old, new] = &difference.currency;
    if old != new {
        let (old, new) = (plain(old), plain(new));
        let _ = match zh {
            true => writeln!(shown, "币种不同：{old} 与 {new}，价格不可比较"),
            false => writeln!(
                shown,
                "the currencies differ, {old} and {new}: the prices cannot be compared"
            ),
        };
    }
    if difference.is_clean() {
        shown.push_str(if zh {
            "价格没有变化\n"
        } else {
            "no price changed\n"
        });
    }
    if difference.changes.is_empty() {
        return shown;
    }
    let mut table = new_table(&if zh {
        ["计费名称", "旧价", "新价", "变化"]
    } else {
        ["BILLING NAME", "OLD", "NEW", "CHANGE"]
    });
    for change in &difference.changes {
        let amount =
            |amount: Option<Decimal>| amount.map(|amount| amount.to_string()).unwrap_or_default();
        let kind = match (change.change, zh) {
            (Kind::Added, false) => "added",
            (Kind::Added, true) => "新增",
            (Kind::Removed, false) => "removed",
            (Kind::Removed, true) => "删除",
            (Kind::Dearer, false) => "dearer",
            (Kind::Dearer, true) => "涨价",
            (Kind::Cheaper, false) => "cheaper",
            (Kind::Cheaper, true) => "降价",
        };
        table.add_row([
            plain(&change.name).as_ref(),
            &amount(change.old),
            &amount(change.new),
            kind,
        ]);
    }
    shown + &lines(&table)
}
