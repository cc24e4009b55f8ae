//! A plan for people.

use std::collections::BTreeMap;
use std::fmt::Write;

use comfy_table::Table;
use seedance_batch::plural;
use seedance_core::{Decimal, Lang};
use seedance_ledger::plan::{
    Budget, ChangingSum, Cost, Diff, Enough, NoMaximum, Reason, Row, Status, Summary, Sums,
};

use super::table::{lines, new_table, plain_table};
use crate::plain::plain;

/// More than this nobody reads; `--format json` has them all.
const MOST_CHANGES: usize = 20;

/// The table of jobs, block by block: later blocks are at least as wide as those before.
pub struct PlanTable {
    table: Table,
    rows: usize,
    /// Those of the block before.
    widths: Vec<u16>,
    has_budget: bool,
    lang: Lang,
}

impl PlanTable {
    pub fn new(has_budget: bool, lang: Lang) -> Self {
        let mut header = if lang == Lang::Zh {
            vec!["行", "编号", "状态", "模型", "最低", "最高"]
        } else {
            vec!["LINE", "ID", "STATUS", "MODEL", "BEST", "WORST"]
        };
        if has_budget {
            header.extend(match lang {
                Lang::Zh => ["累计", "预算内"],
                _ => ["TOTAL", "FITS"],
            });
        }
        header.extend(match lang {
            Lang::Zh => ["最便宜的模型", "可省", "说明"],
            _ => ["CHEAPEST MODEL", "SAVES", "WHY"],
        });
        Self {
            table: new_table(&header),
            rows: 0,
            widths: Vec::new(),
            has_budget,
            lang,
        }
    }

    pub fn add(&mut self, row: &Row) {
        self.rows += 1;
        self.table
            .add_row(cells(row, self.has_budget, self.lang == Lang::Zh));
    }

    /// How many rows there are since the last block.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// The text of a block; nothing where it has no row.
    pub fn take(&mut self) -> String {
        if self.rows == 0 {
            return String::new();
        }
        let text = lines(&mut self.table, &self.widths);
        let shown = self.table.column_max_content_widths();
        self.widths.resize(shown.len(), 0);
        for (width, shown) in self.widths.iter_mut().zip(shown) {
            *width = (*width).max(shown);
        }
        self.table = plain_table();
        self.rows = 0;
        text
    }
}

fn cells(row: &Row, has_budget: bool, zh: bool) -> Vec<String> {
    let amount =
        |amount: Option<Decimal>| amount.map(|amount| amount.to_string()).unwrap_or_default();
    let worst = match (row.status, row.highest) {
        (Status::Ready, None) => "?".into(),
        (_, highest) => amount(highest),
    };
    let mut cells = vec![
        row.line.to_string(),
        plain(&row.name().unwrap_or_default()).into_owned(),
        status(row.status, zh).into(),
        row.model.as_deref().unwrap_or_default().into(),
        amount(row.lowest),
        worst,
    ];
    if has_budget {
        let fits = match (row.fits, zh) {
            (None, _) => "",
            (Some(true), false) => "yes",
            (Some(true), true) => "是",
            (Some(false), false) => "no",
            (Some(false), true) => "否",
        };
        cells.extend([amount(row.cumulative), fits.into()]);
    }
    cells.extend([
        row.cheapest_model.unwrap_or_default().into(),
        amount(row.saving),
        plain(&row.reason().unwrap_or_default()).into_owned(),
    ]);
    cells
}

fn status(status: Status, zh: bool) -> &'static str {
    match (status, zh) {
        (Status::Ready, false) => "ready",
        (Status::Ready, true) => "可发送",
        (Status::Unpriced, false) => "no price",
        (Status::Unpriced, true) => "缺单价",
        (Status::ByUsage, false) => "by usage",
        (Status::ByUsage, true) => "按用量计费",
        (Status::Refused, false) => "not accepted",
        (Status::Refused, true) => "校验未通过",
        (Status::Error, false) => "unreadable",
        (Status::Error, true) => "无法读取",
    }
}

/// What the jobs come to.
pub fn summary(summary: &Summary, lang: Lang) -> String {
    let zh = lang == Lang::Zh;
    let currency = plain(&summary.currency);
    let Sums {
        jobs,
        ready,
        unpriced,
        by_usage,
        refused,
        errors,
        best,
        worst,
    } = &summary.all;
    let (best, worst) = (
        or_unknown(*best, &currency, zh),
        or_unknown(*worst, &currency, zh),
    );
    let mut shown = if zh {
        format!(
            "共 {jobs} 个请求：{ready} 个可发送，{unpriced} 个缺单价，{refused} 个校验未通过，{errors} 个无法读取\n最低 {best}，最高 {worst}\n"
        )
    } else {
        let jobs = plural(*jobs as u64, "job");
        format!(
            "{jobs}: {ready} ready, {unpriced} without a price, {refused} not accepted, {errors} unreadable\nbest case {best}, worst case {worst}\n"
        )
    };
    if let Some(line) = summary.first_by_usage {
        let many = plural(*by_usage as u64, "job");
        shown += &lang.pick(
            format!("{many} billed by usage, first on line {line}: the cost is known only afterwards and not included\n"),
            format!("{by_usage} 个请求按用量计费，首个在第 {line} 行：完成后才知道金额，未计入\n"),
        );
    }
    if let Some(set_aside) = &summary.no_maximum {
        shown.push_str(&no_maximum(set_aside, *ready, &currency, zh));
    }
    for (name, reason) in &summary.reasons {
        shown.push_str(&counted(name, reason, zh));
    }
    for repeated in summary.repeated_ids.repeated() {
        let _ = writeln!(shown, "{}", plain(&repeated.message(lang)));
    }
    if let Some(saving) = summary.saving.filter(|saving| !saving.is_zero()) {
        let _ = match zh {
            true => writeln!(
                shown,
                "各项要求不变，换用最便宜的模型至少可省 {saving} {currency}"
            ),
            false => writeln!(
                shown,
                "switching to the cheapest models would save at least {saving} {currency}, everything as asked"
            ),
        };
    }
    if let Some(sum) = &summary.changing {
        shown.push_str(&changing(sum, &currency, zh));
    }
    if let Some(groups) = &summary.groups {
        shown.push_str(&grouped(groups, zh));
    }
    if let Some(budget) = &summary.budget {
        shown.push_str(&against(budget, *ready, &currency, zh));
    }
    let left = jobs - ready - by_usage;
    if left > 0 {
        let _ = match zh {
            true => writeln!(shown, "以上金额不含 {left} 个还不能发送的请求"),
            false => writeln!(
                shown,
                "not included: {} that cannot be sent yet",
                plural(left as u64, "job")
            ),
        };
    }
    shown
}

fn or_unknown(amount: Option<Decimal>, currency: &str, zh: bool) -> String {
    match amount {
        Some(amount) => format!("{amount} {currency}"),
        None => String::from(if zh { "未知" } else { "unknown" }),
    }
}

/// The jobs that may cost anything, apart from what the others cost.
fn no_maximum(set_aside: &NoMaximum, ready: usize, currency: &str, zh: bool) -> String {
    let NoMaximum {
        jobs,
        first_line,
        others,
    } = set_aside;
    let (left, cost) = (ready - jobs, or_unknown(*others, currency, zh));
    match (jobs, zh) {
        (_, true) => format!(
            "{jobs} 个请求的最高金额未知，首个在第 {first_line} 行；其余 {left} 个最多 {cost}\n"
        ),
        (1, false) => format!(
            "1 job has no known maximum, on line {first_line}; the other {left} cost at most {cost}\n"
        ),
        (_, false) => format!(
            "{jobs} jobs have no known maximum, first on line {first_line}; the other {left} cost at most {cost}\n"
        ),
    }
}

/// A reason with how many jobs have it, and what it is in the first of them.
fn counted(name: &str, reason: &Reason, zh: bool) -> String {
    let (name, jobs, line) = (plain(name), reason.jobs, reason.first_line);
    let counted = match (jobs, zh) {
        (1, false) => format!("  {name}, line {line}"),
        (1, true) => format!("  {name}，第 {line} 行"),
        (_, false) => format!("  {jobs} × {name}, first on line {line}"),
        (_, true) => format!("  {jobs} × {name}，首个在第 {line} 行"),
    };
    match (&reason.detail, zh) {
        (None, _) => counted + "\n",
        (Some(detail), false) => format!("{counted}: {}\n", plain(detail)),
        (Some(detail), true) => format!("{counted}：{}\n", plain(detail)),
    }
}

fn changing(sum: &ChangingSum, currency: &str, zh: bool) -> String {
    let saving = or_unknown(sum.saving, currency, zh);
    let changes = sum.changes.iter().map(|(field, jobs)| match zh {
        true => format!("{jobs} 个请求的 `{field}`"),
        false => format!("`{field}` of {}", plural(*jobs as u64, "job")),
    });
    let changes: Vec<String> = changes.collect();
    match zh {
        true => format!(
            "换用会改变内容的模型至少可省 {saving}，受影响的有 {}\n",
            changes.join("、")
        ),
        false => format!(
            "models that change something would save at least {saving}: {}\n",
            changes.join(", ")
        ),
    }
}

/// What each group comes to.
fn grouped(groups: &BTreeMap<String, Sums>, zh: bool) -> String {
    let mut table = new_table(&if zh {
        ["分组", "请求", "可发送", "最低", "最高"]
    } else {
        ["GROUP", "JOBS", "READY", "BEST", "WORST"]
    });
    for (name, sums) in groups {
        let amount = |amount: Option<Decimal>| match amount {
            Some(amount) => amount.to_string(),
            None => "?".into(),
        };
        table.add_row([
            plain(name).into_owned(),
            sums.jobs.to_string(),
            sums.ready.to_string(),
            amount(sums.best),
            amount(sums.worst),
        ]);
    }
    format!("\n{}\n", lines(&mut table, &[]))
}

fn against(budget: &Budget, ready: usize, currency: &str, zh: bool) -> String {
    let Budget { amount, enough, .. } = budget;
    let verdict = match (enough, zh) {
        (Enough::Yes, false) => "is enough for what is ready even in the worst case",
        (Enough::Yes, true) => "在最坏情况下也够",
        (Enough::Perhaps, false) => "may be enough, depending on the unknown lengths",
        (Enough::Perhaps, true) => "可能够，取决于未知的时长",
        (Enough::No, false) => "is not enough",
        (Enough::No, true) => "不够",
        (Enough::NothingToJudge, false) => {
            return format!("budget {amount} {currency}: nothing to judge, no job is ready\n");
        }
        (Enough::NothingToJudge, true) => {
            return format!("预算 {amount} {currency}：没有可发送的请求，无从判断\n");
        }
    };
    let (in_order, cheapest_first) = (budget.fit_in_order(), budget.fit_cheapest_first());
    match zh {
        true => format!(
            "预算 {amount} {currency} {verdict}：{ready} 个请求中，按文件顺序确定够 {in_order} 个，从最便宜的开始够 {cheapest_first} 个\n"
        ),
        false => format!(
            "budget {amount} {currency} {verdict}: it is sure to cover {in_order} of {ready} jobs in file order, {cheapest_first} if the cheapest go first\n"
        ),
    }
}

/// What is not as in an earlier plan.
pub fn diff(diff: &Diff, lang: Lang) -> String {
    let zh = lang == Lang::Zh;
    let [was, is] = [0, 1].map(|at| {
        let of = |amounts: &[Option<Decimal>; 2]| amounts.get(at).copied().flatten();
        let currency = diff.currency.get(at).map(|it| plain(it).into_owned());
        let currency = currency.unwrap_or_default();
        let (best, worst) = (of(&diff.best), of(&diff.worst));
        match zh {
            true => format!(
                "最低 {}、最高 {}",
                or_unknown(best, &currency, zh),
                or_unknown(worst, &currency, zh)
            ),
            false => format!(
                "best case {}, worst case {}",
                or_unknown(best, &currency, zh),
                or_unknown(worst, &currency, zh)
            ),
        }
    });
    let (added, removed, changed) = (diff.added, diff.removed, diff.changed.len());
    let mut shown = match zh {
        true => format!(
            "\n与之前的计划相比：新增 {added} 个，减少 {removed} 个，变化 {changed} 个\n  之前：{was}\n  现在：{is}\n"
        ),
        false => format!(
            "\nagainst the earlier plan: {added} added, {removed} removed, {changed} changed\n  before: {was}\n  now: {is}\n"
        ),
    };
    for change in diff.changed.iter().take(MOST_CHANGES) {
        let id = plain(&change.id);
        let _ = match zh {
            true => writeln!(
                shown,
                "  `{id}`：{} → {}",
                cost(&change.before, zh),
                cost(&change.now, zh)
            ),
            false => writeln!(
                shown,
                "  `{id}`: {} → {}",
                cost(&change.before, zh),
                cost(&change.now, zh)
            ),
        };
    }
    if let Some(more @ 1..) = changed.checked_sub(MOST_CHANGES) {
        let _ = match zh {
            true => writeln!(shown, "  另有 {more} 个未显示，`--format json` 会列出全部"),
            false => writeln!(
                shown,
                "  {more} more are not shown, `--format json` lists them all"
            ),
        };
    }
    shown
}

fn cost(cost: &Cost, zh: bool) -> String {
    match (cost.lowest, cost.highest) {
        (Some(lowest), Some(highest)) if lowest == highest => lowest.to_string(),
        (Some(lowest), Some(highest)) => format!("{lowest}…{highest}"),
        (Some(lowest), None) => format!("≥ {lowest}"),
        (None, _) => {
            let kinds = [
                Status::Unpriced,
                Status::ByUsage,
                Status::Refused,
                Status::Error,
            ];
            let known = kinds.into_iter().find(|kind| kind.name() == cost.status);
            known.map_or_else(
                || plain(&cost.status).into_owned(),
                |kind| status(kind, zh).into(),
            )
        }
    }
}
