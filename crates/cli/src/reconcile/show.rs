//! A reconciliation for people.

use std::fmt::Write;

use seedance_batch::plural;
use seedance_core::Lang;

use super::Reconciliation;
use super::cause::Cause;
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
    let causes: Vec<String> = summary
        .causes
        .iter()
        .map(|(cause, count)| format!("{count} {cause}"))
        .collect();
    let charged: Vec<String> = summary
        .charged
        .iter()
        .map(|(currency, total)| format!("{total} {}", plain(currency)))
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
    match (cause, zh) {
        (Cause::Exact, false) => "exact".into(),
        (Cause::Exact, true) => "与报价一致".into(),
        (Cause::ReferenceNotRead, false) => {
            "reference not read: billed for `duration` alone".into()
        }
        (Cause::ReferenceNotRead, true) => "未读到参考视频时长：只按 `duration` 计费".into(),
        (Cause::OtherRounding { seconds }, false) => {
            let seconds = seconds.max() as f64 / 1e6;
            format!("other rounding: {seconds} s billed for the reference video")
        }
        (Cause::OtherRounding { seconds }, true) => {
            let seconds = seconds.max() as f64 / 1e6;
            format!("取整方式不同：参考视频按 {seconds} 秒计费")
        }
        (Cause::OtherResolution { billing_model }, false) => {
            format!("other resolution: the price of `{billing_model}`")
        }
        (Cause::OtherResolution { billing_model }, true) => {
            format!("分辨率不同：按 `{billing_model}` 的价格计费")
        }
        (Cause::OtherPrice { unit_price }, false) => format!("other price: {unit_price} a unit"),
        (Cause::OtherPrice { unit_price }, true) => format!("单价不同：{unit_price}"),
        (Cause::OtherCurrency, false) => "other currency: not compared".into(),
        (Cause::OtherCurrency, true) => "币种不同：不作比较".into(),
        (Cause::Unexplained, false) => "unexplained".into(),
        (Cause::Unexplained, true) => "原因不明".into(),
        (Cause::NotQuoted, false) => "charged without a quote".into(),
        (Cause::NotQuoted, true) => "有扣费，无报价".into(),
        (Cause::NotCharged, false) => "quoted, not charged".into(),
        (Cause::NotCharged, true) => "有报价，未扣费".into(),
    }
}
