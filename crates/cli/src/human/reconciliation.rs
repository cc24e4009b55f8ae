//! A reconciliation for people.

use std::collections::BTreeMap;
use std::fmt::Display;

use seedance_batch::plural;
use seedance_ledger::reconcile::{Reconciliation, Row};

use super::table::{cell, table};
use crate::lang::{lang, pick, say};
use crate::plain::plain;

/// The jobs that are not as quoted, or all of them, each with its cause; then how often each cause was found and the totals.
pub fn reconciliation(reconciliation: &Reconciliation, all: bool) -> String {
    let is_listed = |job: &&Row| all || !job.cause.is_expected();
    let jobs: Vec<&Row> = reconciliation.jobs.iter().filter(is_listed).collect();
    let mut shown = String::new();
    if !jobs.is_empty() {
        let header = ["ID", "QUOTED", "CHARGED", "DIFFERENCE", "CURRENCY", "CAUSE"];
        let zh = ["编号", "报价", "实扣", "差额", "币种", "原因"];
        let rows = jobs.into_iter().map(cells);
        shown = table(pick(header, zh), rows) + "\n";
    }
    let mut counts = BTreeMap::new();
    for job in &reconciliation.jobs {
        *counts.entry(job.cause.label(lang())).or_insert(0) += 1;
    }
    let counted = pick(" ", " 个");
    let causes = counts.into_iter().map(|(label, count)| format!("{count}{counted}{label}"));
    let causes: Vec<String> = causes.collect();
    let summary = &reconciliation.summary;
    let causes = causes.join(pick(", ", "，"));
    shown += &pick(
        format!("{}: {causes}\n", plural(summary.jobs as u64, "job")),
        format!("共 {} 个：{causes}\n", summary.jobs),
    );
    let [quoted, over, under] = [&summary.quoted, &summary.over, &summary.under].map(totals);
    let charged = totals(&summary.charged);
    shown
        + &say!(
            "quoted {quoted}, charged {charged}, over {over}, under {under}\n",
            "报价 {quoted}，实扣 {charged}，多扣 {over}，少扣 {under}\n"
        )
}

fn cells(job: &Row) -> [String; 6] {
    let with_sign = job.difference.map(|difference| match difference.is_negative() {
        true => difference.to_string(),
        false => format!("+{difference}"),
    });
    [
        plain(&job.id).into_owned(),
        cell(job.quoted.as_ref()),
        cell(job.charged),
        cell(with_sign),
        plain(job.currency.as_deref().unwrap_or_default()).into_owned(),
        job.cause.describe(lang()),
    ]
}

/// Amounts by their currencies, which are never added up.
fn totals(totals: &BTreeMap<String, impl Display>) -> String {
    if totals.is_empty() {
        return "0".into();
    }
    let totals = totals.iter().map(|(currency, total)| match currency.as_str() {
        "" => format!("{total}{}", pick(" (no currency given)", "（未注明币种）")),
        currency => format!("{total} {}", plain(currency)),
    });
    let totals: Vec<String> = totals.collect();
    totals.join(pick(" and ", "、"))
}
