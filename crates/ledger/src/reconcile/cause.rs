//! How a charge relates to its quote.

use seedance_core::{Decimal, Length};
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
}
