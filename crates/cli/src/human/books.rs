//! What there is to say about price books.

use seedance_batch::plural;
use seedance_ledger::books::{AgeUnknown, Contradiction, Difference, Kind, Lint};

use super::table::{cell, table};
use crate::lang::{pick, say};
use crate::plain::plain;

/// The changes for people.
pub fn difference(difference: &Difference) -> String {
    let mut shown = String::new();
    let [old, new] = &difference.currency;
    if old != new {
        let (old, new) = (plain(old), plain(new));
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
    let header = ["BILLING NAME", "OLD", "NEW", "CHANGE"];
    let header = pick(header, ["计费模型名", "旧价", "新价", "变化"]);
    let rows = difference.changes.iter().map(|change| {
        let (en, zh) = match change.change {
            Kind::Added => ("added", "新增"),
            Kind::Removed => ("removed", "删除"),
            Kind::Dearer => ("increased", "涨价"),
            Kind::Cheaper => ("decreased", "降价"),
        };
        [plain(&change.name).into_owned(), cell(change.old), cell(change.new), pick(en, zh).into()]
    });
    shown + &table(header, rows)
}

/// The lint for people.
pub fn lint(lint: &Lint) -> String {
    let mut shown = String::new();
    let mut say = |en: String, zh: String| shown += &(pick(en, zh) + "\n");
    let joint = pick(", ", "、");
    let listed = |names: &[String]| format!("`{}`", names.join(&format!("`{joint}`")));
    for misspelt in &lint.misspelt {
        let name = plain(&misspelt.name);
        let (mut en, mut zh) =
            (format!("unknown name `{name}`"), format!("未知名称：没有线路使用 `{name}`"));
        if !misspelt.suggestions.is_empty() {
            let meant = listed(&misspelt.suggestions);
            en += &format!("; did you mean {meant}?");
            zh += &format!("，是否想写 {meant}？");
        }
        say(en, zh);
    }
    if !lint.to_fill_in.is_empty() {
        let names = plain(&lint.to_fill_in.join(joint)).into_owned();
        say(format!("to fill in: {names}"), format!("待填写：{names}"));
    }
    for Contradiction { smaller, larger } in &lint.contradictory {
        say(
            format!("contradictory: `{smaller}` costs more than the larger `{larger}`"),
            format!("价格矛盾：`{smaller}` 比分辨率更高的 `{larger}` 还贵"),
        );
    }
    for name in lint.free.iter().map(|name| plain(name)) {
        say(format!("free: `{name}` has the price 0"), format!("价格为零：`{name}`"));
    }
    if let Some(days) = lint.stale_days {
        let en = format!("old: the prices are {} old", plural(days, "day"));
        say(en, format!("价格较旧：已有 {days} 天"));
    }
    if let Some(days) = lint.future_days {
        let en = format!("date in the future: `as_of` is {} ahead", plural(days, "day"));
        say(en, format!("日期有误：`as_of` 在 {days} 天之后"));
    }
    match lint.age_unknown {
        None => {}
        Some(AgeUnknown::NoDate) => say(
            "note: add `as_of` so that the age of the prices can be checked".into(),
            "提示：没有 `as_of`，无法判断价格是否过旧".into(),
        ),
        Some(AgeUnknown::NotADate) => say(
            "note: `as_of` does not begin with a date such as 2026-07-01".into(),
            "提示：`as_of` 开头不是 2026-07-01 这样的日期".into(),
        ),
    }
    if !lint.missing.is_empty() {
        let missing = lint.missing.join(joint);
        say(format!("without a price: {missing}"), format!("没有价格：{missing}"));
    }
    if let Some(unused @ 1..) = lint.unused {
        let names = plural(unused as u64, "name");
        let en = format!("{names} that these jobs do not use without a price");
        say(en, format!("另有 {unused} 个名称没有价格，这些请求用不到"));
    }
    if lint.is_clean() {
        let (en, zh) = match lint.missing.is_empty() {
            true => ("nothing is wrong", "没有发现问题"),
            false => ("no problems in the prices given", "已有的价格没有发现问题"),
        };
        say(en.into(), zh.into());
    }
    shown
}
