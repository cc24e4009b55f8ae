//! The answer of `reconcile`, for people.

use itertools::Itertools;
use seedance_batch::plural;
use seedance_ledger::reconcile::{Reconciliation, Row, Summary, Totals};
use seedance_ledger::signed::range;

use super::table::{LabelledColumn, cell, table};
use crate::lang::{lang, pick, say};

/// The jobs that are not as quoted, or all of them, each with its cause; then how often each cause was found and the totals.
pub fn reconciliation(reconciliation: &Reconciliation, all: bool) -> String {
    let is_listed = |job: &&Row| all || !job.cause.is_expected();
    let mut jobs = reconciliation.jobs.iter().filter(is_listed).peekable();
    let mut shown = String::new();
    if jobs.peek().is_some() {
        shown = table(&COLUMNS, jobs) + "\n";
    }
    let counts = reconciliation.jobs.iter().counts_by(|job| job.cause.label(lang()));
    let counted = |(label, count)| say!("{count} × {label}", "{count} 个{label}");
    let causes = counts.into_iter().sorted().map(counted).join(pick(", ", "，"));
    let Summary { jobs, quoted, open, charged, over, under, .. } = &reconciliation.summary;
    let many = plural(*jobs as u64, "job");
    shown += &say!("{many}: {causes}\n", "共 {jobs} 个：{causes}\n");
    let [quoted, charged, over, under] = [quoted, charged, over, under].map(totals);
    shown += &say!("quoted {quoted}", "报价 {quoted}");
    if !open.is_empty() {
        let open = totals(open);
        shown += &say!(
            ", plus {open} for lengths and tokens unknown when quoted",
            "，另有报价时未知的时长和 token {open}"
        );
    }
    shown
        + &say!(
            ", charged {charged}, over {over}, under {under}\n",
            "，实扣 {charged}，多扣 {over}，少扣 {under}\n"
        )
}

const COLUMNS: [LabelledColumn<Row>; 6] = [
    ("ID", "编号", |row| row.id.clone()),
    ("QUOTED", "报价", |row| cell(row.quoted.map(|quoted| range(quoted.min(), quoted.max())))),
    ("CHARGED", "实扣", |row| cell(row.charged)),
    ("DIFFERENCE", "差额", |row| match row.difference {
        Some(beyond) if !beyond.is_negative() => format!("+{beyond}"),
        difference => cell(difference),
    }),
    ("CURRENCY", "币种", |row| cell(row.currency.as_ref())),
    ("CAUSE", "原因", |row| row.cause.describe(lang())),
];

/// An amount per currency: amounts in different currencies are never added up.
fn totals(totals: &Totals) -> String {
    if totals.is_empty() {
        return "0".into();
    }
    let total = |(currency, total): (&String, &_)| match currency.as_str() {
        "" => format!("{total}{}", pick(" (no currency given)", "（未注明币种）")),
        currency => format!("{total} {currency}"),
    };
    totals.iter().map(total).join(pick(" and ", "、"))
}
