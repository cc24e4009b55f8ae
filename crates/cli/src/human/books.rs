//! Comparisons and checks of price books, for people.

use seedance_batch::plural;
use seedance_ledger::books::{AgeUnknown, Change, Contradiction, Difference, Kind, Lint};

use super::table::{LabelledColumn, cell, table};
use crate::lang::{lang, pick, say};

/// What changed between two price books.
pub fn difference(difference: &Difference) -> String {
    let mut shown = String::new();
    let [old, new] = &difference.currency;
    if old != new {
        shown += &say!(
            "the currencies differ, {old} and {new}: the prices cannot be compared\n",
            "币种不同：{old} 与 {new}，价格不可比较\n"
        );
    }
    if difference.is_clean() {
        shown += pick("no price changed\n", "价格没有变化\n");
    }
    if difference.changes.is_empty() {
        return shown;
    }
    shown + &table(&CHANGES, &difference.changes)
}

const CHANGES: [LabelledColumn<Change>; 4] = [
    ("BILLING NAME", "计费模型名", |row| row.name.clone()),
    ("OLD", "旧价", |row| cell(row.old)),
    ("NEW", "新价", |row| cell(row.new)),
    ("CHANGE", "变化", |row| match row.change {
        Kind::Added => pick("added", "新增").into(),
        Kind::Removed => pick("removed", "移除").into(),
        Kind::Dearer => pick("increased", "涨价").into(),
        Kind::Cheaper => pick("decreased", "降价").into(),
    }),
];

/// What is wrong with a price book.
pub fn lint(lint: &Lint) -> String {
    let mut shown = String::new();
    let joint = pick(", ", "、");
    for misspelt in &lint.misspelt {
        shown += &(misspelt.message(lang()) + "\n");
    }
    if !lint.to_fill_in.is_empty() {
        let names = lint.to_fill_in.join(joint);
        shown += &say!("to fill in: {names}\n", "待填写：{names}\n");
    }
    for Contradiction { smaller, larger } in &lint.contradictory {
        shown += &say!(
            "contradictory: `{smaller}` costs more than the larger `{larger}`\n",
            "价格矛盾：`{smaller}` 比分辨率更高的 `{larger}` 还贵\n"
        );
    }
    for name in &lint.free {
        shown += &say!("free: `{name}` has the price 0\n", "价格为零：`{name}`\n");
    }
    if let Some(days) = lint.stale_days {
        let many = plural(days, "day");
        shown += &say!("old: the prices are {many} old\n", "价格较旧：已有 {days} 天\n");
    }
    if let Some(days) = lint.future_days {
        let many = plural(days, "day");
        shown += &say!(
            "date in the future: `as_of` is {many} ahead\n",
            "日期有误：`as_of` 在 {days} 天之后\n"
        );
    }
    shown += match lint.age_unknown {
        None => "",
        Some(AgeUnknown::NoDate) => pick(
            "note: add `as_of` so that the age of the prices can be checked\n",
            "提示：没有 `as_of`，无法判断价格是否过旧\n",
        ),
        Some(AgeUnknown::NotADate) => pick(
            "note: `as_of` does not begin with a date such as 2026-07-01\n",
            "提示：`as_of` 开头不是 2026-07-01 这样的日期\n",
        ),
    };
    if !lint.missing.is_empty() {
        let missing = lint.missing.join(joint);
        shown += &say!("without a price: {missing}\n", "没有单价：{missing}\n");
    }
    if let Some(unused @ 1..) = lint.unused {
        let many = plural(unused as u64, "name");
        shown += &say!(
            "without a price, but not used by these jobs: {many}\n",
            "另有 {unused} 个计费模型名没有单价，这些请求用不到\n"
        );
    }
    shown += match (lint.is_clean(), lint.missing.is_empty()) {
        (false, _) => "",
        (true, true) => pick("nothing is wrong\n", "没有发现问题\n"),
        (true, false) => pick("no problems in the prices given\n", "已有的价格没有发现问题\n"),
    };
    shown
}
