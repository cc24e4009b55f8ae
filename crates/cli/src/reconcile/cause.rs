//! How a charge relates to its quote.

use seedance_core::{Decimal, Length, PriceBook, Quote};
use serde::Serialize;

use super::charges::Charge;
use super::explain::{Agreed, as_quoted, explanation};

/// How a charge relates to its quote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "cause", rename_all = "kebab-case")]
pub enum Cause {
    /// The quoted amount, or one that the quote's unknown length explains.
    Exact {
        /// The seconds that the reference video must have had, where nobody knew its length.
        #[serde(skip_serializing_if = "Option::is_none")]
        reference_seconds: Option<u64>,
    },
    /// `duration` alone: the length of the reference video was not read.
    ReferenceNotRead,
    /// The reference video's length or the amount was rounded in another way, or not at all.
    OtherRounding(Rounding),
    /// The price of another resolution of the same model.
    OtherResolution {
        /// Its billing name.
        billing_model: String,
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
    pub fn of(
        quote: Option<&Quote>,
        charge: Option<&Charge>,
        book: Option<&PriceBook>,
        agreed: &Agreed,
    ) -> Self {
        let priced = quote.and_then(|quote| Some((quote, quote.lowest()?)));
        match (priced, charge) {
            (Some((_, lowest)), None) if !lowest.is_zero() => Self::NotCharged,
            (_, None) => Self::NothingDue,
            (None, Some(charge)) if quote.is_some() && charge.amount.is_zero() => Self::NothingDue,
            (None, Some(_)) => Self::NotQuoted,
            (Some((quote, _)), Some(charge)) if !charge.is_in_currency_of(quote) => {
                Self::OtherCurrency
            }
            (Some((quote, lowest)), Some(charge)) => {
                Self::of_both(quote, lowest, charge.amount, book, agreed)
            }
        }
    }

    fn of_both(
        quote: &Quote,
        lowest: Decimal,
        amount: Decimal,
        book: Option<&PriceBook>,
        agreed: &Agreed,
    ) -> Self {
        // The vendor bills `duration` alone when it cannot read the length, which is also the least.
        if matches!(quote, Quote::AtLeast(_)) && amount == lowest {
            return Self::ReferenceNotRead;
        }
        if let Some(cause) = as_quoted(quote, amount) {
            return cause;
        }
        if amount.is_zero() {
            return Self::NotCharged;
        }
        explanation(quote, amount, book, agreed).unwrap_or(Self::Unexplained)
    }

    /// Whether there is nothing to ask the vendor about.
    pub fn is_expected(&self) -> bool {
        matches!(self, Self::Exact { .. } | Self::NothingDue)
    }

    pub fn name(&self) -> &'static str {
        match self {
            Self::Exact { .. } => "exact",
            Self::ReferenceNotRead => "reference-not-read",
            Self::OtherRounding(_) => "other-rounding",
            Self::OtherResolution { .. } => "other-resolution",
            Self::OtherPrice { .. } => "other-price",
            Self::OtherCurrency => "other-currency",
            Self::Unexplained => "unexplained",
            Self::NotQuoted => "not-quoted",
            Self::NotCharged => "not-charged",
            Self::NothingDue => "nothing-due",
        }
    }
}
