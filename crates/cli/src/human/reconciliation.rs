//! A reconciliation for people.

use std::collections::BTreeMap;

use itertools::Itertools;
use seedance_batch::plural;
use seedance_ledger::reconcile::{Reconciliation, Row, Summary};
use seedance_ledger::signed::Signed;

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
    let counts = reconciliation.jobs.iter().counts_by(|job| job.cause.label(lang()));
    let counted = |(label, count)| say!("{count} {label}", "{count} 个{label}");
    let causes = counts.into_iter().sorted().map(counted).join(pick(", ", "，"));
    let Summary { jobs, quoted, charged, over, under, .. } = &reconciliation.summary;
    let many = plural(*jobs as u64, "job");
    shown += &say!("{many}: {causes}\n", "共 {jobs} 个：{causes}\n");
    let [quoted, charged, over, under] = [quoted, charged, over, under].map(totals);
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
fn totals(totals: &BTreeMap<String, Signed>) -> String {
    if totals.is_empty() {
        return "0".into();
    }
    let total = |(currency, total): (&String, &Signed)| match currency.as_str() {
        "" => format!("{total}{}", pick(" (no currency given)", "（未注明币种）")),
        currency => format!("{total} {}", plain(currency)),
    };
    totals.iter().map(total).join(pick(" and ", "、"))
}
