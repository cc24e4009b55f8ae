//! Why a charge is what it is. Nothing is divided but to see whether it divides without a rest.
//!
//! Some whole quantity divides nearly every amount, so that another unit price is only named where something speaks for it: it
//! has no more digits than the quoted one, the price book has it under the billing name now, or several charges agree on it.

use std::collections::HashMap;
use std::ops::RangeInclusive;

use seedance_core::table::find_model;
use seedance_core::{Decimal, Length, MAX_SECONDS, Part, PriceBook, Quote};
use serde::Serialize;

use super::charges::Charge;

/// How a charge relates to its quote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "cause", rename_all = "kebab-case")]
pub enum Cause {
    /// The quoted amount, or one that the quote's unknown length explains.
    Exact,
    /// `duration` alone: the length of the reference video was not read.
    ReferenceNotRead,
    /// The reference video's length was rounded in another way, or not at all.
    OtherRounding {
        /// So many seconds were billed for it.
        seconds: Length,
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
    /// There is no charge for it, or one of nothing.
    NotCharged,
}

/// The unit prices that charges come to, by billing name, and how many charges come to each.
#[derive(Debug, Default)]
pub struct Agreed(HashMap<(String, Decimal), usize>);

impl Agreed {
    /// Counts a charge that is not what was quoted.
    pub fn count(&mut self, quote: Option<&Quote>, charge: Option<&Charge>) {
        let (Some(quote), Some(charge)) = (quote, charge) else {
            return;
        };
        let name = quote.terms().billing_model.clone();
        if is_same_currency(quote, charge)
            && quote.lowest() != Some(charge.amount)
            && let Some(key) = name.zip(implied(quote, charge.amount))
        {
            *self.0.entry(key).or_default() += 1;
        }
    }

    fn has(&self, quote: &Quote, unit_price: Decimal) -> bool {
        let key = quote
            .terms()
            .billing_model
            .clone()
            .map(|name| (name, unit_price));
        key.and_then(|key| self.0.get(&key))
            .is_some_and(|charges| *charges > 1)
    }
}

impl Cause {
    pub fn of(
        quote: Option<&Quote>,
        charge: Option<&Charge>,
        book: Option<&PriceBook>,
        agreed: &Agreed,
    ) -> Self {
        let Some(charge) = charge else {
            return Self::NotCharged;
        };
        let Some((quote, lowest)) = quote.and_then(|quote| Some((quote, quote.lowest()?))) else {
            return Self::NotQuoted;
        };
        if !is_same_currency(quote, charge) {
            return Self::OtherCurrency;
        }
        let amount = charge.amount;
        // The vendor bills `duration` alone when it cannot read the length, which is also the least.
        if matches!(quote, Quote::AtLeast(_)) && amount == lowest {
            return Self::ReferenceNotRead;
        }
        if quote
            .terms()
            .unit_price
            .is_some_and(|price| is_for(amount, price, units(quote)))
        {
            return Self::Exact;
        }
        if amount.is_zero() {
            return Self::NotCharged;
        }
        reference(quote, amount)
            .or_else(|| book.and_then(|book| other_resolution(quote, amount, book)))
            .or_else(|| book.and_then(|book| price_of_now(quote, amount, book)))
            .or_else(|| other_price(quote, amount, agreed))
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

fn is_same_currency(quote: &Quote, charge: &Charge) -> bool {
    let quoted = &quote.terms().currency;
    charge
        .currency
        .as_ref()
        .is_none_or(|currency| **currency == **quoted)
}

const SECOND: u64 = 1_000_000;

/// What the reference video's part can explain: it was not read, its length was rounded down or up, or not rounded.
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
    let millionths = amount.checked_mul(SECOND)?;
    let ends = [length.min(), length.max()];
    let rounded =
        [length.min() / SECOND, length.max().div_ceil(SECOND)].map(|whole| whole * SECOND);
    let billed = rounded
        .into_iter()
        .chain(ends)
        .find(|billed| price.checked_mul(duration * SECOND + billed) == Some(millionths))?;
    Some(Cause::OtherRounding {
        seconds: Length::Exact(billed),
    })
}

fn other_resolution(quote: &Quote, amount: Decimal, book: &PriceBook) -> Option<Cause> {
    let (route, model) = find_model(quote.terms().model.as_deref()?)?;
    let names = model.billing_names(route).into_iter();
    let mut others = names.filter(|name| quote.terms().billing_model.as_ref() != Some(name));
    let billing_model = others.find(|name| {
        let price = book.price(name);
        price.is_some_and(|price| is_for(amount, price.price, known_units(quote)))
    })?;
    Some(Cause::OtherResolution { billing_model })
}

/// The price that the book has under the billing name, when the quote was made with another.
fn price_of_now(quote: &Quote, amount: Decimal, book: &PriceBook) -> Option<Cause> {
    let unit_price = book.price(quote.terms().billing_model.as_deref()?)?.price;
    is_for(amount, unit_price, known_units(quote)).then_some(Cause::OtherPrice { unit_price })
}

fn other_price(quote: &Quote, amount: Decimal, agreed: &Agreed) -> Option<Cause> {
    let unit_price = implied(quote, amount)?;
    let is_as_fine = unit_price.scale() <= quote.terms().unit_price?.scale();
    (is_as_fine || agreed.has(quote, unit_price)).then_some(Cause::OtherPrice { unit_price })
}

/// The unit price that the amount is for the one quantity of the quote, written with as many digits as the quoted one or as it needs.
fn implied(quote: &Quote, amount: Decimal) -> Option<Decimal> {
    let units = known_units(quote);
    let quantity = (units.start() == units.end()).then_some(*units.start())?;
    let digits = usize::from(quote.terms().unit_price?.scale());
    let text = amount.checked_div_exact(quantity)?.to_string();
    let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
    let rest = rest.trim_end_matches('0');
    format!("{whole}.{rest:0<digits$}")
        .trim_end_matches('.')
        .parse()
        .ok()
}

/// Whether the amount is this price for one of these quantities.
fn is_for(amount: Decimal, price: Decimal, units: RangeInclusive<u64>) -> bool {
    if price.is_zero() {
        return amount.is_zero();
    }
    let found = amount.whole_multiple_of(price);
    found.is_some_and(|found| units.contains(&found))
}

/// The quantities that the quote allows; of a length that is not known, up to the longest that can be.
fn units(quote: &Quote) -> RangeInclusive<u64> {
    let parts = || quote.parts().iter().map(|part| part.quantity);
    let least = parts().map(|quantity| quantity.min()).sum();
    let most = parts().map(|quantity| quantity.max().unwrap_or(u64::from(MAX_SECONDS)));
    least..=most.sum()
}

/// The same, but nothing where the length is not known: any amount would be explained.
fn known_units(quote: &Quote) -> RangeInclusive<u64> {
    match quote {
        Quote::AtLeast(_) => RangeInclusive::new(1, 0),
        _ => units(quote),
    }
}
