//! How a charge relates to its quote.

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
    /// The quoted amount, or one that the quote's unknown length explains.
    Exact {
        /// The seconds that the reference video must have had, where nobody knew its length.
        reference_seconds: Option<u64>,
    },
    /// `duration` alone: the length of the reference video was not read.
    ReferenceNotRead,
    /// The reference video's length or the amount was rounded in another way, or not at all.
    OtherRounding(Rounding),
    /// The quoted amount but for the last digits of a binary number, as `0.30000000000000004`.
    BinaryNoise,
    /// The quoted amount, several times.
    ChargedTwice {
        /// How many times.
        times: usize,
    },
    /// All that was charged was given back.
    Refunded,
    /// The bill says that the task failed, and what was charged was not given back.
    FailedNotRefunded,
    /// The price of another resolution of the same model.
    OtherResolution {
        /// Its billing name.
        billing_model: String,
    },
    /// The platform's list price, not the account's own.
    ListPrice {
        /// Which.
        unit_price: Decimal,
    },
    /// Billed by the tokens that the task used.
    TokenUsage {
        /// How many, where the bill says so.
        tokens: Option<u64>,
        /// Whether the quote said that it would be.
        #[serde(skip)]
        is_announced: bool,
    },
    /// Another unit price for the same quantity.
    OtherPrice {
        /// Which.
        unit_price: Decimal,
    },
    /// The charge is in another currency, so that nothing can be compared.
    OtherCurrency,
    /// Nothing known explains it.
    Unexplained,
    /// There was no quote for it, or none with a price.
    NotQuoted,
    /// There is no charge for it, or one of nothing.
    NotCharged,
    /// There was no price for it, as for a job that is refused, and no charge.
    NothingDue,
}

/// What was rounded otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Rounding {
    /// So many seconds were billed for the reference video.
    Seconds(Length),
    /// The amount has only so many digits after the point.
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
                | Self::TokenUsage { is_announced: true, .. }
        )
    }

    /// As programs read it.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.into()
    }

    /// The cause in one phrase, with what is known of it.
    #[must_use]
    pub fn describe(&self, lang: Lang) -> String {
        let label = self.label(lang);
        match self.detail(lang) {
            Some(detail) => say!(lang, "{label}: {detail}", "{label}：{detail}"),
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

    /// What is known of it.
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
                say!(lang, "as quoted but for the last digits", "除末尾几位外与报价一致")
            }
            Self::ChargedTwice { times } => {
                say!(lang, "{times} times the quote", "按报价扣费 {times} 次")
            }
            Self::OtherResolution { billing_model: it } => {
                say!(lang, "the price of `{it}`", "按 `{it}` 的价格计费")
            }
            Self::ListPrice { unit_price: it } => say!(
                lang,
                "the platform's {it} per unit, not your own price",
                "平台目录价每单位 {it}，不是你的单价"
            ),
            Self::TokenUsage { tokens, .. } => {
                let it = (*tokens)?;
                say!(lang, "billed for {it} tokens", "按 {it} 个 token 计费")
            }
            Self::OtherPrice { unit_price: it } => say!(lang, "{it} per unit", "每单位 {it}"),
            Self::OtherCurrency => say!(lang, "not compared", "不作比较"),
            Self::Refunded
            | Self::FailedNotRefunded
            | Self::Unexplained
            | Self::NotQuoted
            | Self::NotCharged
            | Self::NothingDue => return None,
        })
    }
}
