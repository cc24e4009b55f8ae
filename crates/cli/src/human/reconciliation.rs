//! A reconciliation for people.

use std::collections::BTreeMap;
use std::fmt::Write;

use seedance_batch::plural;
use seedance_core::Lang;
use seedance_ledger::reconcile::Reconciliation;

use super::table::{lines, new_table};
use crate::plain::plain;

/// Every job with its cause, then how often each cause was found.
pub fn reconciliation(reconciliation: &Reconciliation, lang: Lang) -> String {
    let zh = lang == Lang::Zh;
    let header = if zh {
        ["编号", "报价", "实收", "币种", "原因"]
    } else {
        ["ID", "QUOTED", "CHARGED", "CURRENCY", "CAUSE"]
    };
    let mut table = new_table(&header);
    for job in &reconciliation.jobs {
        table.add_row([
            plain(&job.id).into_owned(),
            job.quoted.clone().unwrap_or_default(),
            job.charged
                .map(|charged| charged.to_string())
                .unwrap_or_default(),
            plain(job.currency.as_deref().unwrap_or_default()).into_owned(),
            job.cause.describe(lang),
        ]);
    }
    let mut shown = lines(&table) + "\n";
    let summary = &reconciliation.summary;
    let mut counts = BTreeMap::new();
    for job in &reconciliation.jobs {
        *counts.entry(job.cause.label(lang)).or_insert(0) += 1;
    }
    let causes: Vec<String> = counts
        .into_iter()
        .map(|(label, count)| match zh {
            true => format!("{count} 个{label}"),
            false => format!("{count} {label}"),
        })
        .collect();
    let charged: Vec<String> = summary
        .charged
        .iter()
        .map(|(currency, total)| match (currency.as_str(), zh) {
            ("", false) => format!("{total} of no currency"),
            ("", true) => format!("{total}（未注明币种）"),
            _ => format!("{total} {}", plain(currency)),
        })
        .collect();
    let _ = match zh {
        true => writeln!(
            shown,
            "共 {} 个任务：{}；实收 {}",
            summary.jobs,
            causes.join("，"),
            charged.join("、")
        ),
        false => writeln!(
            shown,
            "{}: {}; charged {}",
            plural(summary.jobs as u64, "job"),
            causes.join(", "),
            charged.join(" and ")
        ),
    };
    shown
}
