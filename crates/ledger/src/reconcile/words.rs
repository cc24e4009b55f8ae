//! What a cause is called.

use seedance_core::{Lang, Length};

use super::cause::{Cause, Rounding};

impl Cause {
    /// The cause in one phrase, with what is known of it.
    #[must_use]
    pub fn describe(&self, lang: Lang) -> String {
        let zh = lang == Lang::Zh;
        let label = label(self, zh);
        match detail(self, zh) {
            Some(detail) => format!("{label}{}{detail}", if zh { "：" } else { ": " }),
            None => label.into(),
        }
    }

    /// The kind of cause in a word or two.
    #[must_use]
    pub fn label(&self, lang: Lang) -> &'static str {
        label(self, lang == Lang::Zh)
    }
}

fn label(cause: &Cause, zh: bool) -> &'static str {
    match (cause, zh) {
        (Cause::Exact { .. }, false) => "exact",
        (Cause::Exact { .. }, true) => "与报价一致",
        (Cause::ReferenceNotRead, false) => "reference video not billed",
        (Cause::ReferenceNotRead, true) => "参考视频未计费",
        (Cause::OtherRounding(_), false) => "rounded differently",
        (Cause::OtherRounding(_), true) => "取整方式不同",
        (Cause::BinaryNoise, false) => "binary noise",
        (Cause::BinaryNoise, true) => "二进制误差",
        (Cause::ChargedTwice { .. }, false) => "charged repeatedly",
        (Cause::ChargedTwice { .. }, true) => "重复扣费",
        (Cause::Refunded, false) => "refunded",
        (Cause::Refunded, true) => "已退款",
        (Cause::FailedNotRefunded, false) => "failed and not refunded",
        (Cause::FailedNotRefunded, true) => "任务失败未退款",
        (Cause::OtherResolution { .. }, false) => "different resolution",
        (Cause::OtherResolution { .. }, true) => "分辨率不同",
        (Cause::ListPrice { .. }, false) => "list price",
        (Cause::ListPrice { .. }, true) => "按目录价计费",
        (Cause::TokenUsage { .. }, false) => "token usage",
        (Cause::TokenUsage { .. }, true) => "按用量计费",
        (Cause::OtherPrice { .. }, false) => "different unit price",
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
            format!("if the reference video is {seconds} s long")
        }
        (Cause::Exact { reference_seconds }, true) => {
            let seconds = (*reference_seconds)?;
            format!("若参考视频为 {seconds} 秒")
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
            format!("the amount was rounded to {digits} decimal places")
        }
        (Cause::OtherRounding(Rounding::Digits(digits)), true) => {
            format!("金额只保留了 {digits} 位小数")
        }
        (Cause::BinaryNoise, false) => "as quoted but for the last digits".into(),
        (Cause::BinaryNoise, true) => "除末尾几位外与报价一致".into(),
        (Cause::ChargedTwice { times }, false) => format!("{times} times the quote"),
        (Cause::ChargedTwice { times }, true) => format!("按报价扣费 {times} 次"),
        (Cause::OtherResolution { billing_model }, false) => {
            format!("the price of `{billing_model}`")
        }
        (Cause::OtherResolution { billing_model }, true) => {
            format!("按 `{billing_model}` 的价格计费")
        }
        (Cause::ListPrice { unit_price }, false) => {
            format!("the platform's {unit_price} per unit, not your own price")
        }
        (Cause::ListPrice { unit_price }, true) => {
            format!("平台目录价每单位 {unit_price}，不是你的单价")
        }
        (Cause::TokenUsage { tokens, .. }, false) => format!("billed for {} tokens", (*tokens)?),
        (Cause::TokenUsage { tokens, .. }, true) => format!("按 {} 个 token 计费", (*tokens)?),
        (Cause::OtherPrice { unit_price }, false) => format!("{unit_price} per unit"),
        (Cause::OtherPrice { unit_price }, true) => format!("每单位 {unit_price}"),
        (Cause::OtherCurrency, false) => "not compared".into(),
        (Cause::OtherCurrency, true) => "不作比较".into(),
        (
            Cause::Refunded
            | Cause::FailedNotRefunded
            | Cause::Unexplained
            | Cause::NotQuoted
            | Cause::NotCharged
            | Cause::NothingDue,
            _,
        ) => return None,
    })
}
