//! What a cause is called.

use seedance_core::{Lang, Length};

use super::cause::{Cause, Rounding};

impl Cause {
    /// The cause in one phrase, with what is known of it.
    #[must_use]
    pub fn describe(&self, lang: Lang) -> String {
        let label = self.label(lang);
        match self.detail() {
            Some((en, zh)) => lang.pick(format!("{label}: {en}"), format!("{label}：{zh}")),
            None => label.into(),
        }
    }

    /// The kind of cause in a word or two.
    #[must_use]
    pub fn label(&self, lang: Lang) -> &'static str {
        let (en, zh) = match self {
            Self::Exact { .. } => ("exact", "与报价一致"),
            Self::ReferenceNotRead => ("reference video not billed", "参考视频未计费"),
            Self::OtherRounding(_) => ("rounded differently", "取整方式不同"),
            Self::BinaryNoise => ("binary noise", "二进制误差"),
            Self::ChargedTwice { .. } => ("charged repeatedly", "重复扣费"),
            Self::Refunded => ("refunded", "已退款"),
            Self::FailedNotRefunded => ("failed and not refunded", "任务失败未退款"),
            Self::OtherResolution { .. } => ("different resolution", "分辨率不同"),
            Self::ListPrice { .. } => ("list price", "按目录价计费"),
            Self::TokenUsage { .. } => ("token usage", "按用量计费"),
            Self::OtherPrice { .. } => ("different unit price", "单价不同"),
            Self::OtherCurrency => ("other currency", "币种不同"),
            Self::Unexplained => ("unexplained", "原因不明"),
            Self::NotQuoted => ("charged without a quote", "有扣费无报价"),
            Self::NotCharged => ("quoted but not charged", "有报价未扣费"),
            Self::NothingDue => ("nothing due", "无需扣费"),
        };
        lang.pick(en, zh)
    }

    /// What is known of it, in English and Chinese.
    fn detail(&self) -> Option<(String, String)> {
        Some(match self {
            Self::Exact { reference_seconds } => {
                let seconds = (*reference_seconds)?;
                (
                    format!("if the reference video is {seconds} s long"),
                    format!("若参考视频为 {seconds} 秒"),
                )
            }
            Self::ReferenceNotRead => {
                ("billed for `duration` alone".into(), "只按 `duration` 计费".into())
            }
            Self::OtherRounding(Rounding::Seconds(seconds)) => {
                let seconds = seconds.max() as f64 / Length::SECOND as f64;
                (
                    format!("{seconds} s billed for the reference video"),
                    format!("参考视频按 {seconds} 秒计费"),
                )
            }
            Self::OtherRounding(Rounding::Digits(digits)) => (
                format!("the amount was rounded to {digits} decimal places"),
                format!("金额只保留了 {digits} 位小数"),
            ),
            Self::BinaryNoise => {
                ("as quoted but for the last digits".into(), "除末尾几位外与报价一致".into())
            }
            Self::ChargedTwice { times } => {
                (format!("{times} times the quote"), format!("按报价扣费 {times} 次"))
            }
            Self::OtherResolution { billing_model } => (
                format!("the price of `{billing_model}`"),
                format!("按 `{billing_model}` 的价格计费"),
            ),
            Self::ListPrice { unit_price } => (
                format!("the platform's {unit_price} per unit, not your own price"),
                format!("平台目录价每单位 {unit_price}，不是你的单价"),
            ),
            Self::TokenUsage { tokens, .. } => {
                let tokens = (*tokens)?;
                (format!("billed for {tokens} tokens"), format!("按 {tokens} 个 token 计费"))
            }
            Self::OtherPrice { unit_price } => {
                (format!("{unit_price} per unit"), format!("每单位 {unit_price}"))
            }
            Self::OtherCurrency => ("not compared".into(), "不作比较".into()),
            Self::Refunded
            | Self::FailedNotRefunded
            | Self::Unexplained
            | Self::NotQuoted
            | Self::NotCharged
            | Self::NothingDue => return None,
        })
    }
}
