//! Why a charge is what it is. Nothing is divided but to see whether it divides without a rest.

use seedance_core::table::{Unit, find_model};
use seedance_core::{Decimal, Part, PriceBook, Quantity, Quote};
use serde::Serialize;

use super::charges::Charge;

/// How a charge relates to its quote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "cause", rename_all = "kebab-case")]
pub enum Cause {
    /// The quoted amount, or within the quoted ends.
    Exact,
    /// `duration` alone: the length of the reference video was not read.
    ReferenceNotRead,
    /// The reference video's length was rounded in another way.
    OtherRounding {
        /// So many seconds were billed for it.
        seconds: u64,
    },
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
    /// There is no charge for it.
    NotCharged,
}

impl Cause {
    pub fn of(quote: Option<&Quote>, charge: Option<&Charge>, book: Option<&PriceBook>) -> Self {
        let Some(charge) = charge else {
            return Self::NotCharged;
        };
        let Some((quote, lowest)) = quote.and_then(|quote| Some((quote, quote.lowest()?))) else {
            return Self::NotQuoted;
        };
        if charge
            .currency
            .as_ref()
            .is_some_and(|currency| **currency != *quote.terms().currency)
        {
            return Self::OtherCurrency;
        }
        let amount = charge.amount;
        match quote {
            // The vendor bills `duration` alone when it cannot read the length, which is also the least.
            Quote::AtLeast(_) if amount == lowest => return Self::ReferenceNotRead,
            Quote::AtLeast(_) if amount > lowest && divides(amount, quote).is_some() => {
                return Self::Exact;
            }
            _ if amount >= lowest && quote.highest().is_some_and(|highest| amount <= highest) => {
                return Self::Exact;
            }
            _ => {}
        }
        reference(quote, amount)
            .or_else(|| book.and_then(|book| other_resolution(quote, amount, book)))
            .or_else(|| other_price(quote, amount))
            .unwrap_or(Self::Unexplained)
    }

    /// Whether there is nothing to ask the vendor about.
    pub fn is_expected(&self) -> bool {
        *self == Self::Exact
    }

    pub fn name(&self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::ReferenceNotRead => "reference-not-read",
            Self::OtherRounding { .. } => "other-rounding",
            Self::OtherResolution { .. } => "other-resolution",
            Self::OtherPrice { .. } => "other-price",
            Self::OtherCurrency => "other-currency",
            Self::Unexplained => "unexplained",
            Self::NotQuoted => "not-quoted",
            Self::NotCharged => "not-charged",
        }
    }
}

/// What the reference video's part can explain: it was not read, or its length was rounded down or up.
fn reference(quote: &Quote, amount: Decimal) -> Option<Cause> {
    let price = quote.terms().unit_price?;
    let [
        duration,
        Part {
            seconds: Some(length),
            ..
        },
    ] = quote.parts()
    else {
        return None;
    };
    let duration = duration.quantity.min();
    if price.checked_mul(duration)? == amount {
        return Some(Cause::ReferenceNotRead);
    }
    const SECOND: u64 = 1_000_000;
    let candidates = [length.min() / SECOND, length.max().div_ceil(SECOND)];
    let seconds = candidates
        .into_iter()
        .find(|seconds| price.checked_mul(duration + seconds) == Some(amount))?;
    Some(Cause::OtherRounding { seconds })
}

fn other_resolution(quote: &Quote, amount: Decimal, book: &PriceBook) -> Option<Cause> {
    let (route, model) = find_model(quote.terms().model.as_deref()?)?;
    let quantity = only_quantity(quote)?;
    let names = model.billing_names(route).into_iter();
    let mut others = names.filter(|name| quote.terms().billing_model.as_ref() != Some(name));
    let billing_model = others.find(|name| {
        let price = book.price(name).map(|price| price.price);
        price.and_then(|price| price.checked_mul(quantity)) == Some(amount)
    })?;
    Some(Cause::OtherResolution { billing_model })
}

fn other_price(quote: &Quote, amount: Decimal) -> Option<Cause> {
    let quantity = only_quantity(quote)?;
    let unit_price = amount.checked_div_exact(quantity)?;
    Some(Cause::OtherPrice { unit_price })
}

/// Whether the amount is a whole number of units.
fn divides(amount: Decimal, quote: &Quote) -> Option<u64> {
    let price = quote.terms().unit_price.filter(|price| !price.is_zero())?;
    let most = match quote.terms().unit {
        Some(Unit::Task) => 1,
        _ => 2 * u64::from(seedance_core::MAX_SECONDS),
    };
    let units = amount.whole_multiple_of(price)?;
    (units <= most).then_some(units)
}

fn only_quantity(quote: &Quote) -> Option<u64> {
    quote
        .parts()
        .iter()
        .try_fold(0u64, |total, part| match part.quantity {
            Quantity::Exact(units) => total.checked_add(units),
            _ => None,
        })
}
