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
    let (en, chinese) = match cause {
        Cause::Exact { .. } => ("exact", "与报价一致"),
        Cause::ReferenceNotRead => ("reference video not billed", "参考视频未计费"),
        Cause::OtherRounding(_) => ("rounded differently", "取整方式不同"),
        Cause::BinaryNoise => ("binary noise", "二进制误差"),
        Cause::ChargedTwice { .. } => ("charged repeatedly", "重复扣费"),
        Cause::Refunded => ("refunded", "已退款"),
        Cause::FailedNotRefunded => ("failed and not refunded", "任务失败未退款"),
        Cause::OtherResolution { .. } => ("different resolution", "分辨率不同"),
        Cause::ListPrice { .. } => ("list price", "按目录价计费"),
        Cause::TokenUsage { .. } => ("token usage", "按用量计费"),
        Cause::OtherPrice { .. } => ("different unit price", "单价不同"),
        Cause::OtherCurrency => ("other currency", "币种不同"),
        Cause::Unexplained => ("unexplained", "原因不明"),
        Cause::NotQuoted => ("charged without a quote", "有扣费无报价"),
        Cause::NotCharged => ("quoted but not charged", "有报价未扣费"),
        Cause::NothingDue => ("nothing due", "无需扣费"),
    };
    if zh { chinese } else { en }
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
