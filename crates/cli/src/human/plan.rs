//! The answer of `plan`, for people.

use std::collections::BTreeMap;

use itertools::Itertools;
use seedance_batch::plural;
use seedance_core::Decimal;
use seedance_ledger::plan::{
    Budget, ChangingSum, Cost, Diff, Enough, NoMaximum, Reason, Row, Status, Summary, Sums,
};
use seedance_ledger::signed::range;

use super::table::{LabelledColumn, cell, cells, header, table, table_of};
use crate::lang::{lang, pick, say};

/// How many changes are shown. `--format json` lists all.
const MOST_CHANGES: usize = 20;

/// The number of jobs in a block of the table.
const BLOCK: usize = 1000;

/// The columns of the table of jobs.
const COLUMNS: [LabelledColumn<Row>; 11] = [
    ("LINE", "行", |row| row.line.to_string()),
    ("ID", "编号", |row| cell(row.name())),
    ("STATUS", "状态", |row| status(row.status).into()),
    ("MODEL", "模型", |row| cell(row.model.as_ref())),
    ("BEST", "最低", |row| cell(row.lowest)),
    ("WORST", "最高", |row| match (row.status, row.highest) {
        (Status::Ready, None) => "?".into(),
        (_, highest) => cell(highest),
    }),
    ("TOTAL", "累计", |row| cell(row.cumulative)),
    ("FITS", "预算内", |row| {
        cell(row.fits.map(|fits| if fits { pick("yes", "是") } else { pick("no", "否") }))
    }),
    ("CHEAPEST MODEL", "最便宜的模型", |row| cell(row.cheapest_model)),
    ("SAVES", "可省", |row| cell(row.saving)),
    ("NOTE", "说明", |row| cell(row.why.as_ref().map(|why| &why.text))),
];
/// The columns that need a budget.
const OF_BUDGET: [&str; 2] = ["TOTAL", "FITS"];

/// The table of jobs, in blocks that have a header each, so that memory does not grow with the jobs.
pub struct PlanTable {
    columns: Vec<LabelledColumn<Row>>,
    rows: Vec<Vec<String>>,
}

impl PlanTable {
    pub fn new(has_budget: bool) -> Self {
        let is_there = |(name, ..): &LabelledColumn<Row>| has_budget || !OF_BUDGET.contains(name);
        Self { columns: COLUMNS.into_iter().filter(is_there).collect(), rows: Vec::new() }
    }

    /// Adds a row, and gives the text of the block that it completes.
    pub fn add(&mut self, row: &Row) -> Option<String> {
        self.rows.push(cells(&self.columns, row));
        (self.rows.len() == BLOCK).then(|| self.take())
    }

    /// The text of the rows since the last block, which is empty if there are none.
    pub fn take(&mut self) -> String {
        match self.rows.as_slice() {
            [] => String::new(),
            _ => table_of(header(&self.columns), self.rows.drain(..)),
        }
    }
}

fn status(status: Status) -> &'static str {
    let (en, zh) = match status {
        Status::Ready => ("ready", "可发送"),
        Status::Unpriced => ("no price", "缺单价"),
        Status::ByUsage => ("by usage", "按用量计费"),
        Status::Refused => ("not accepted", "校验未通过"),
        Status::Error => ("unreadable", "无法读取"),
    };
    pick(en, zh)
}

/// The totals of a plan.
pub fn summary(summary: &Summary) -> String {
    let currency = summary.currency.as_str();
    let Sums { jobs, ready, unpriced, by_usage, refused, errors, best, worst } = &summary.all;
    let [best, worst] = [best, worst].map(|it| or_unknown(*it, currency));
    let all = many(*jobs);
    let mut shown = say!(
        "{all}: {ready} ready, {unpriced} without a price, {refused} not accepted, {errors} unreadable\nbest case{best}, worst case{worst}\n",
        "共 {jobs} 个请求：{ready} 个可发送，{unpriced} 个缺单价，{refused} 个校验未通过，{errors} 个无法读取\n最低{best}，最高{worst}\n"
    );
    if let Some(line) = summary.first_by_usage {
        let some = many(*by_usage);
        shown += &say!(
            "{some} billed by usage, first on line {line}: the cost is known only afterwards and not included\n",
            "{by_usage} 个请求按用量计费，首个在第 {line} 行：完成后才知道金额，未计入\n"
        );
    }
    if let Some(set_aside) = &summary.no_maximum {
        shown += &no_maximum(set_aside, *ready, currency);
    }
    for (name, reason) in &summary.reasons {
        shown += &counted(name, reason);
    }
    for repeated in summary.ids.messages(lang()) {
        shown += &(repeated + "\n");
    }
    if let Some(saving) = summary.saving.filter(|saving| !saving.is_zero()) {
        shown += &say!(
            "switching to the cheapest models would save at least {saving} {currency}, with all other fields unchanged\n",
            "各项要求不变，换用最便宜的模型至少可省 {saving} {currency}\n"
        );
    }
    if let Some(sum) = &summary.changing {
        shown += &changing(sum, currency);
    }
    if let Some(groups) = &summary.groups {
        shown += &grouped(groups);
    }
    if let Some(budget) = &summary.budget {
        shown += &against(budget, *ready, currency);
    }
    let left = jobs - ready - by_usage;
    if left > 0 {
        let some = many(left);
        shown += &say!(
            "not included: {some} that cannot be sent yet\n",
            "以上金额不含 {left} 个还不能发送的请求\n"
        );
    }
    shown
}

fn many(count: usize) -> String {
    plural(count as u64, "job")
}

/// An amount after a word, with the blank between them.
fn or_unknown(amount: Option<Decimal>, currency: &str) -> String {
    match amount {
        Some(amount) => format!(" {amount} {currency}"),
        None => pick(" unknown", "未知").into(),
    }
}

/// How many jobs have no known maximum, and what the others cost at most.
fn no_maximum(set_aside: &NoMaximum, ready: usize, currency: &str) -> String {
    let NoMaximum { jobs, first_line, others } = set_aside;
    let (left, cost) = (ready - jobs, or_unknown(*others, currency));
    let which = match jobs {
        1 => format!("1 job has no known maximum, on line {first_line}"),
        _ => format!("{jobs} jobs have no known maximum, first on line {first_line}"),
    };
    say!(
        "{which}; the other {left} cost at most{cost}\n",
        "{jobs} 个请求的最高金额未知，首个在第 {first_line} 行；其余 {left} 个最多{cost}\n"
    )
}

/// A reason, with the number of jobs that have it, and the detail for the first of them.
fn counted(name: &str, reason: &Reason) -> String {
    let line = reason.first_line;
    let counted = match reason.jobs {
        1 => say!("{name}, line {line}", "{name}，第 {line} 行"),
        jobs => {
            say!("{jobs} × {name}, first on line {line}", "{jobs} × {name}，首个在第 {line} 行")
        }
    };
    let detail = reason.detail.as_deref();
    let detail = detail.map(|it| format!("{}{}", pick(": ", "："), it));
    format!("  {counted}{}\n", detail.unwrap_or_default())
}

fn changing(sum: &ChangingSum, currency: &str) -> String {
    let saving = or_unknown(sum.saving, currency);
    let change = |(field, jobs): (&String, &usize)| {
        let many = many(*jobs);
        say!("`{field}` of {many}", "{jobs} 个请求的 `{field}`")
    };
    let changes = sum.changes.iter().map(change).join(pick(", ", "、"));
    say!(
        "switching to models that treat some fields differently would save at least{saving}; affected: {changes}\n",
        "换用会改变内容的模型至少可省{saving}，受影响的有 {changes}\n"
    )
}

/// The totals of each group.
fn grouped(groups: &BTreeMap<String, Sums>) -> String {
    let columns: [LabelledColumn<(&String, &Sums)>; 5] = [
        ("GROUP", "分组", |(name, _)| (*name).clone()),
        ("JOBS", "请求", |(_, sums)| sums.jobs.to_string()),
        ("READY", "可发送", |(_, sums)| sums.ready.to_string()),
        ("BEST", "最低", |(_, sums)| sums.best.map_or_else(|| "?".into(), |it| it.to_string())),
        ("WORST", "最高", |(_, sums)| sums.worst.map_or_else(|| "?".into(), |it| it.to_string())),
    ];
    format!("\n{}\n", table(&columns, groups))
}

fn against(budget: &Budget, ready: usize, currency: &str) -> String {
    let Budget { amount, enough, .. } = budget;
    let (en, zh) = match enough {
        Enough::Yes => (
            "is enough for what is ready even in the worst case",
            "在最坏情况下也够支付可发送的请求",
        ),
        Enough::Perhaps => {
            ("may be enough, depending on the unknown lengths", "可能够，取决于未知的时长")
        }
        Enough::No => ("is not enough", "不够"),
        Enough::NothingToJudge => {
            return say!(
                "budget {amount} {currency}: nothing to judge, no job is ready\n",
                "预算 {amount} {currency}：没有可发送的请求，无从判断\n"
            );
        }
    };
    let all = many(ready);
    let (in_order, cheapest_first) = (budget.fit_in_order, budget.fit_cheapest_first());
    say!(
        "budget {amount} {currency} {en}: it is sure to cover {in_order} of {all} in file order, {cheapest_first} if the cheapest go first\n",
        "预算 {amount} {currency} {zh}：{ready} 个请求中，按文件顺序确定够 {in_order} 个，从最便宜的开始够 {cheapest_first} 个\n"
    )
}

/// How a plan differs from an earlier one.
pub fn diff(diff: &Diff) -> String {
    let case = |currency: &str, best, worst| {
        let [best, worst] = [best, worst].map(|it| or_unknown(it, currency));
        say!("best case{best}, worst case{worst}", "最低{best}、最高{worst}")
    };
    let ([old, new], [best, now_best], [worst, now_worst]) =
        (&diff.currency, diff.best, diff.worst);
    let (was, is) = (case(old, best, worst), case(new, now_best, now_worst));
    let (added, removed, changed) = (diff.added, diff.removed, diff.changed.len());
    let apart = match old == new {
        true => String::new(),
        false => say!(
            "; the currencies differ, {old} and {new}: the costs cannot be compared",
            "；币种不同（{old} 与 {new}），费用无法比较"
        ),
    };
    let mut shown = say!(
        "\nagainst the earlier plan: {added} added, {removed} removed, {changed} changed{apart}\n  before: {was}\n  now: {is}\n",
        "\n与之前的计划相比：新增 {added} 个，减少 {removed} 个，变化 {changed} 个{apart}\n  之前：{was}\n  现在：{is}\n"
    );
    for change in diff.changed.iter().take(MOST_CHANGES) {
        let (id, joint) = (&change.id, pick(": ", "："));
        let id = match change.has_id {
            true => format!("`{id}`"),
            false => say!("line {id}", "第 {id} 行"),
        };
        let [before, now] = [&change.before, &change.now].map(cost);
        shown += &format!("  {id}{joint}{before} → {now}\n");
    }
    if let Some(more @ 1..) = changed.checked_sub(MOST_CHANGES) {
        shown += &say!(
            "  {more} more are not shown; `--format json` lists them all\n",
            "  另有 {more} 个未显示，`--format json` 会列出全部\n"
        );
    }
    shown
}

fn cost(cost: &Cost) -> String {
    match cost.lowest {
        Some(lowest) => range(lowest, cost.highest),
        None => status(cost.status).into(),
    }
}
