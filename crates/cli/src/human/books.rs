//! What there is to say about price books.

use std::fmt::Write;

use seedance_batch::plural;
use seedance_core::{Decimal, Lang};
use seedance_ledger::books::{AgeUnknown, Change, Difference, Kind, Lint};

use super::table::{lines, new_table};
use crate::plain::plain;

/// The changes for people.
pub fn difference(difference: &Difference, lang: Lang) -> String {
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
        ["计费模型名", "旧价", "新价", "变化"]
    } else {
        ["BILLING NAME", "OLD", "NEW", "CHANGE"]
    });
    for change in &difference.changes {
        let amount =
            |amount: Option<Decimal>| amount.map(|amount| amount.to_string()).unwrap_or_default();
        let kind = match (change.change, zh) {
            (Kind::Dearer, false) => "increased",
            (Kind::Cheaper, false) => "decreased",
            (kind, false) => kind.name(),
            (Kind::Added, true) => "新增",
            (Kind::Removed, true) => "删除",
            (Kind::Dearer, true) => "涨价",
            (Kind::Cheaper, true) => "降价",
        };
        table.add_row([
            plain(&change.name).as_ref(),
            &amount(change.old),
            &amount(change.new),
            kind,
        ]);
    }
    shown + &lines(&mut table, &[])
}

/// A change for programs.
pub fn price_row(change: &Change) -> Vec<Option<String>> {
    let amount = |amount: Option<Decimal>| Some(amount?.to_string());
    vec![
        Some(change.name.clone()),
        amount(change.old),
        amount(change.new),
        Some(change.change.name().into()),
    ]
}

/// The lint for people.
pub fn lint(lint: &Lint, lang: Lang) -> String {
    let zh = lang == Lang::Zh;
    let mut shown = String::new();
    for misspelt in &lint.misspelt {
        let name = plain(&misspelt.name);
        let meant = misspelt.suggestions.join(", ");
        let _ = match (meant.is_empty(), zh) {
            (false, true) => writeln!(shown, "未知名称：没有线路使用 `{name}`，是否想写 {meant}？"),
            (false, false) => writeln!(shown, "unknown name `{name}`; did you mean {meant}?"),
            (true, true) => writeln!(shown, "未知名称：没有线路使用 `{name}`"),
            (true, false) => writeln!(shown, "unknown name `{name}`"),
        };
    }
    if !lint.to_fill_in.is_empty() {
        let names = lint.to_fill_in.iter().map(|name| plain(name).into_owned());
        let names: Vec<String> = names.collect();
        let _ = match zh {
            true => writeln!(shown, "待填写：{}", names.join("、")),
            false => writeln!(shown, "to fill in: {}", names.join(", ")),
        };
    }
    for pair in &lint.contradictory {
        let _ = match zh {
            true => writeln!(
                shown,
                "价格矛盾：`{}` 比分辨率更高的 `{}` 还贵",
                pair.smaller, pair.larger
            ),
            false => writeln!(
                shown,
                "contradictory: `{}` costs more than the larger `{}`",
                pair.smaller, pair.larger
            ),
        };
    }
    for name in &lint.free {
        let name = plain(name);
        let _ = if zh {
            writeln!(shown, "价格为零：`{name}`")
        } else {
            writeln!(shown, "free: `{name}` has the price 0")
        };
    }
    if let Some(days) = lint.stale_days {
        let _ = if zh {
            writeln!(shown, "价格较旧：已有 {days} 天")
        } else {
            writeln!(shown, "old: the prices are {} old", plural(days, "day"))
        };
    }
    if let Some(days) = lint.future_days {
        let _ = if zh {
            writeln!(shown, "日期有误：`as_of` 在 {days} 天之后")
        } else {
            writeln!(
                shown,
                "date in the future: `as_of` is {} ahead",
                plural(days, "day")
            )
        };
    }
    match (lint.age_unknown, zh) {
        (None, _) => {}
        (Some(AgeUnknown::NoDate), false) => {
            shown.push_str("note: add `as_of` so that the age of the prices can be checked\n")
        }
        (Some(AgeUnknown::NoDate), true) => {
            shown.push_str("提示：没有 `as_of`，无法判断价格是否过旧\n")
        }
        (Some(AgeUnknown::NotADate), false) => {
            shown.push_str("note: `as_of` does not begin with a date such as 2026-07-01\n")
        }
        (Some(AgeUnknown::NotADate), true) => {
            shown.push_str("提示：`as_of` 开头不是 2026-07-01 这样的日期\n")
        }
    }
    if !lint.missing.is_empty() {
        let missing = lint.missing.join(", ");
        let _ = if zh {
            writeln!(shown, "没有价格：{missing}")
        } else {
            writeln!(shown, "without a price: {missing}")
        };
    }
    if let Some(unused @ 1..) = lint.unused {
        let _ = if zh {
            writeln!(shown, "另有 {unused} 个名称没有价格，这些请求用不到")
        } else {
            let names = plural(unused as u64, "name");
            writeln!(shown, "{names} that these jobs do not use without a price")
        };
    }
    if lint.is_clean() {
        shown.push_str(match (lint.missing.is_empty(), zh) {
            (true, false) => "nothing is wrong\n",
            (true, true) => "没有发现问题\n",
            (false, false) => "no problems in the prices given\n",
            (false, true) => "已有的价格没有发现问题\n",
        });
    }
    shown
}
