//! A reconciliation for people.

use std::collections::BTreeMap;
use std::fmt::Write;

use seedance_batch::plural;
use seedance_core::{Lang, Length};

use super::Reconciliation;
use super::cause::{Cause, Rounding};
use crate::human::{lines, new_table};
use crate::plain::plain;

/// Every job with its cause, then how often each cause was found.
pub fn show(reconciliation: &Reconciliation, lang: Lang) -> String {
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
            describe(&job.cause, zh),
        ]);
    }
    let mut shown = lines(&table) + "\n";
    let summary = &reconciliation.summary;
    let mut counts = BTreeMap::new();
    for job in &reconciliation.jobs {
        *counts.entry(label(&job.cause, zh)).or_insert(0) += 1;
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

fn describe(cause: &Cause, zh: bool) -> String {
    let label = label(cause, zh);
    match detail(cause, zh) {
        Some(detail) => format!("{label}{}{detail}", if zh { "：" } else { ": " }),
        None => label.into(),
    }
}

fn label(cause: &Cause, zh: bool) -> &'static str {
    match (cause, zh) {
        (Cause::Exact { .. }, false) => "exact",
        (Cause::Exact { .. }, true) => "与报价一致",
        (Cause::ReferenceNotRead, false) => "reference not read",
        (Cause::ReferenceNotRead, true) => "未读到参考视频时长",
        (Cause::OtherRounding(_), false) => "other rounding",
        (Cause::OtherRounding(_), true) => "取整方式不同",
        (Cause::OtherResolution { .. }, false) => "other resolution",
        (Cause::OtherResolution { .. }, true) => "分辨率不同",
        (Cause::OtherPrice { .. }, false) => "other price",
        (Cause::OtherPrice { .. }, true) => "单价不同",
        (Cause::OtherCurrency, false) => "other currency",
        (Cause::OtherCurrency, true) => "币种不同",
        (Cause::Unexplained, false) => "unexplained",
        (Cause::Unexplained, true) => "原因不明",
        (Cause::NotQuoted, false) => "charged without a quote",
        (Cause::NotQuoted, true) => "有扣费无报价",
        (Cause::NotCharged, false) => "quoted but not charged",
        (Cause::NotCharged, true) => "有报价未扣费",
        (Cause::NothingDue, false) => "nothing due",
        (Cause::NothingDue, true) => "无需扣费",
    }
}

fn detail(cause: &Cause, zh: bool) -> Option<String> {
    Some(match (cause, zh) {
        (Cause::Exact { reference_seconds }, false) => {
            let seconds = (*reference_seconds)?;
            format!("if the reference video has {seconds} s")
        }
        (Cause::Exact { reference_seconds }, true) => {
            let seconds = (*reference_seconds)?;
            format!("前提是参考视频为 {seconds} 秒")
        }
        (Cause::ReferenceNotRead, false) => "billed for `duration` alone".into(),
        (Cause::ReferenceNotRead, true) => "只按 `duration` 计费".into(),
        (Cause::OtherRounding(Rounding::Seconds(seconds)), zh) => {
            let seconds = seconds.max() as f64 / Length::SECOND as f64;
            match zh {
                true => format!("参考视频按 {seconds} 秒计费"),
                false => format!("{seconds} s billed for the reference video"),
            }
        }
        (Cause::OtherRounding(Rounding::Digits(digits)), false) => {
            format!("the amount has {digits} digits after the point")
        }
        (Cause::OtherRounding(Rounding::Digits(digits)), true) => {
            format!("金额只保留 {digits} 位小数")
        }
        (Cause::OtherResolution { billing_model }, false) => {
            format!("the price of `{billing_model}`")
        }
        (Cause::OtherResolution { billing_model }, true) => {
            format!("按 `{billing_model}` 的价格计费")
        }
        (Cause::OtherPrice { unit_price }, false) => format!("{unit_price} a unit"),
        (Cause::OtherPrice { unit_price }, true) => format!("每单位 {unit_price}"),
        (Cause::OtherCurrency, false) => "not compared".into(),
        (Cause::OtherCurrency, true) => "不作比较".into(),
        (Cause::Unexplained | Cause::NotQuoted | Cause::NotCharged | Cause::NothingDue, _) => {
            return None;
        }
    })
}
