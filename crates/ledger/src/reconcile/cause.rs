//! The possible relations between a charge and its quote.

use seedance_batch::plural;
use seedance_core::{Decimal, Lang, Length};
use serde::Serialize;
use serde_with::skip_serializing_none;
use strum::IntoStaticStr;

/// How a charge relates to its quote.
#[skip_serializing_none]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, IntoStaticStr)]
#[serde(tag = "cause", rename_all = "kebab-case")]
#[strum(serialize_all = "kebab-case")]
pub enum Cause {
    /// The charge is the quoted amount, or one that is possible for a reference video of unknown length.
    Exact {
        /// The length of the reference video in whole seconds that the charge implies, if the quote did not know it.
        reference_seconds: Option<u64>,
    },
    /// Only `duration` was billed: the length of the reference video was not read.
    ReferenceNotRead,
    /// The length of the reference video or the amount was rounded in a different way, or not at all.
    OtherRounding(Rounding),
    /// The quoted amount except for the error of binary floating point, such as `0.30000000000000004`.
    BinaryNoise,
    /// The quoted amount, or the same one for a job billed by usage, was charged several times.
    ChargedTwice {
        /// How many times.
        times: usize,
    },
    /// Everything that was charged was refunded.
    Refunded,
    /// The bill says that the task failed, but the charge was not refunded.
    FailedNotRefunded,
    /// The charge is at the price of another resolution of the same model.
    OtherResolution {
        /// The billing name of that resolution.
        billing_model: String,
    },
    /// The charge is at the platform's list price, not the account's own.
    ListPrice {
        /// The list price of a unit.
        unit_price: Decimal,
    },
    /// The task was billed by the tokens that it used, as the quote announced.
    TokenUsage {
        /// The number of tokens that comes to the charge; absent if it or the quoted price is unknown.
        tokens: Option<u64>,
    },
    /// The charge is at another unit price for the quoted quantity.
    OtherPrice {
        /// The unit price that the charge implies.
        unit_price: Decimal,
    },
    /// The charge is in another currency and cannot be compared.
    OtherCurrency,
    /// Nothing known explains it.
    Unexplained,
    /// There is a charge, but no quote or one without a price.
    NotQuoted,
    /// There is a quote, but no charge or one of zero.
    NotCharged,
    /// The job has no price, for example because it was not accepted, or a price of zero; and nothing was charged.
    NothingDue,
}

/// What was rounded in a different way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Rounding {
    /// The reference video was billed with this length.
    Seconds(Length),
    /// The amount was rounded to this many decimal places.
    Digits(u8),
}

impl Cause {
    /// Whether there is nothing to ask the vendor about.
    #[must_use]
    pub fn is_expected(&self) -> bool {
        matches!(
            self,
            Self::Exact { .. }
                | Self::BinaryNoise
                | Self::NothingDue
                | Self::TokenUsage { tokens: Some(_) }
        )
    }

    /// Whether the charge cannot be compared with its quote.
    #[must_use]
    pub fn is_unchecked(&self) -> bool {
        matches!(self, Self::OtherCurrency | Self::TokenUsage { tokens: None })
    }

    /// The cause in one phrase, with its details.
    #[must_use]
    pub fn describe(&self, lang: Lang) -> String {
        let label = self.label(lang);
        match self.detail(lang) {
            Some(detail) => say!(lang, "{label}: {detail}", "{label}：{detail}"),
            None => label.into(),
        }
    }

    /// The kind of cause in a few words.
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

    /// The details of the cause, if it has any.
    fn detail(&self, lang: Lang) -> Option<String> {
        Some(match self {
            Self::Exact { reference_seconds } => {
                let it = (*reference_seconds)?;
                say!(lang, "if the reference video is {it} s long", "若参考视频为 {it} 秒")
            }
            Self::ReferenceNotRead => {
                say!(lang, "billed for `duration` alone", "只按 `duration` 计费")
            }
            Self::OtherRounding(Rounding::Seconds(seconds)) => {
                let it = Length::in_seconds(seconds.max());
                say!(lang, "{it} s billed for the reference video", "参考视频按 {it} 秒计费")
            }
            Self::OtherRounding(Rounding::Digits(it)) => {
                say!(
                    lang,
                    "the amount was rounded to {it} decimal places",
                    "金额只保留了 {it} 位小数"
                )
            }
            Self::BinaryNoise => {
                say!(lang, "as quoted except for the last digits", "除末尾几位外与报价一致")
            }
            Self::ChargedTwice { times } => {
                say!(lang, "{times} times the same amount", "同一金额扣费 {times} 次")
            }
            Self::OtherResolution { billing_model: it } => {
                say!(lang, "the price of `{it}`", "按 `{it}` 的价格计费")
            }
            Self::ListPrice { unit_price: it } => say!(
                lang,
                "the platform's {it} per unit, not your own price",
                "平台目录价每单位 {it}，不是你的单价"
            ),
            Self::TokenUsage { tokens: Some(it) } => {
                let many = plural(*it, "token");
                say!(lang, "billed for {many}", "按 {it} 个 token 计费")
            }
            Self::TokenUsage { tokens: None } => say!(
                lang,
                "not checked, the tokens or their price are unknown",
                "未核对，缺少 token 数或其单价"
            ),
            Self::OtherPrice { unit_price: it } => say!(lang, "{it} per unit", "每单位 {it}"),
            Self::OtherCurrency => say!(lang, "not compared", "不作比较"),
            _ => return None,
        })
    }
}
