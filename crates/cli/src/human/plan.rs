//! A plan for people.

use std::fmt::Write;

use comfy_table::Table;
use seedance_batch::plural;
use seedance_core::{Decimal, Lang};
use seedance_ledger::plan::{Budget, Enough, Reason, Row, Status, Summary};

use super::table::new_table;
use crate::plain::plain;

/// The table of jobs, a row a job to be added with [`cells`].
pub fn table(lang: Lang) -> Table {
    new_table(&if lang == Lang::Zh {
        [
            "行",
            "编号",
            "状态",
            "模型",
            "最低",
            "最高",
            "最便宜的模型",
            "可省",
            "说明",
        ]
    } else {
        [
            "LINE",
            "ID",
            "STATUS",
            "MODEL",
            "BEST",
            "WORST",
            "CHEAPEST MODEL",
            "SAVES",
            "WHY",
        ]
    })
}

/// What stands in the columns of a job.
pub fn cells(row: &Row, lang: Lang) -> [String; 9] {
    let zh = lang == Lang::Zh;
    let amount =
        |amount: Option<Decimal>| amount.map(|amount| amount.to_string()).unwrap_or_default();
    let unknown = if row.status == Status::Ready && row.highest.is_none() {
        "?"
    } else {
        ""
    };
    [
        row.line.to_string(),
        plain(&row.name().unwrap_or_default()).into_owned(),
        status(row.status, zh).into(),
        row.model.as_deref().unwrap_or_default().into(),
        amount(row.lowest),
        row.highest
            .map_or_else(|| unknown.into(), |highest| highest.to_string()),
        row.cheapest_model.unwrap_or_default().into(),
        amount(row.saving),
        plain(&row.reason().unwrap_or_default()).into_owned(),
    ]
}

fn status(status: Status, zh: bool) -> &'static str {
    match (status, zh) {
        (status, false) => status.name(),
        (Status::Ready, true) => "可提交",
        (Status::Unpriced, true) => "无价格",
        (Status::Refused, true) => "不通过",
        (Status::Error, true) => "出错",
    }
}

/// What the jobs come to.
pub fn summary(summary: &Summary, lang: Lang) -> String {
    let zh = lang == Lang::Zh;
    let currency = plain(&summary.currency);
    let amount = |amount: Option<Decimal>| match amount {
        Some(amount) => format!("{amount} {currency}"),
        None => String::from(if zh { "未知" } else { "unknown" }),
    };
    let (jobs, ready, unpriced, refused, errors) = (
        summary.jobs,
        summary.ready,
        summary.unpriced,
        summary.refused,
        summary.errors,
    );
    let (best, worst) = (amount(summary.best), amount(summary.worst));
    let mut shown = if zh {
        format!(
            "共 {jobs} 个任务：{ready} 个可提交，{unpriced} 个无价格，{refused} 个不通过，{errors} 个出错\n最低 {best}，最高 {worst}\n"
        )
    } else {
        let (jobs, errors) = (plural(jobs as u64, "job"), plural(errors as u64, "error"));
        format!(
            "{jobs}: {ready} ready, {unpriced} unpriced, {refused} refused, {errors}\nbest case {best}, worst case {worst}\n"
        )
    };
    for (name, reason) in &summary.reasons {
        shown.push_str(&counted(name, reason, zh));
    }
    if let Some(saving) = summary.saving.filter(|saving| !saving.is_zero()) {
        let _ = match zh {
            true => writeln!(shown, "换用最便宜的模型至少可省 {saving} {currency}"),
            false => writeln!(
                shown,
                "the cheapest models would save at least {saving} {currency}"
            ),
        };
    }
    if let Some(budget) = &summary.budget {
        shown.push_str(&against(budget, ready, &currency, zh));
    }
    let left = jobs - ready;
    if left > 0 {
        let _ = match zh {
            true => writeln!(
                shown,
                "以上金额未计入另外 {left} 个任务：它们尚不能按此提交"
            ),
            false => writeln!(
                shown,
                "these amounts leave out {}, not ready to be sent",
                plural(left as u64, "job")
            ),
        };
    }
    shown
}

/// A reason with how many jobs have it, and what it is in the first of them.
fn counted(name: &str, reason: &Reason, zh: bool) -> String {
    let (name, jobs, line) = (plain(name), reason.jobs, reason.first_line);
    let counted = match (jobs, zh) {
        (1, false) => format!("  {name}, line {line}"),
        (1, true) => format!("  {name}，第 {line} 行"),
        (_, false) => format!("  {jobs} × {name}, first on line {line}"),
        (_, true) => format!("  {jobs} × {name}，首见于第 {line} 行"),
    };
    match (&reason.detail, zh) {
        (None, _) => counted + "\n",
        (Some(detail), false) => format!("{counted}: {}\n", plain(detail)),
        (Some(detail), true) => format!("{counted}：{}\n", plain(detail)),
    }
}

fn against(budget: &Budget, ready: usize, currency: &str, zh: bool) -> String {
    let Budget { amount, enough, .. } = budget;
    let (fit_in_order, fit_cheapest_first) = (budget.fit_in_order(), budget.fit_cheapest_first());
    let verdict = match (enough, zh) {
        (Enough::Yes, false) => "is enough for what is ready even in the worst case",
        (Enough::Yes, true) => "对可提交的任务，在最坏情况下也足够",
        (Enough::Perhaps, false) => "may be enough, that depends on what is unknown",
        (Enough::Perhaps, true) => "可能足够，取决于未知的时长",
        (Enough::No, false) => "is not enough",
        (Enough::No, true) => "不够",
    };
    if zh {
        return format!(
            "预算 {amount} {currency} {verdict}：按文件顺序 {fit_in_order}/{ready} 个确定放得下，从便宜的开始 {fit_cheapest_first}/{ready} 个\n"
        );
    }
    format!(
        "budget {amount} {currency} {verdict}: {fit_in_order} of {ready} surely fit in the file's order, {fit_cheapest_first} of {ready} cheapest first\n"
    )
}
