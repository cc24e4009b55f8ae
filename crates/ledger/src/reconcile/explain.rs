//! Finds an explanation for a charged amount. An amount is divided only where no remainder is left.
//!
//! Nearly every amount can be divided by the quantity, so another unit price is only reported if it has no more digits than the
//! quoted price, or the price book now has it for the billing name.

use std::ops::RangeInclusive;

use seedance_core::{Decimal, Length, MAX_SECONDS, NotPriceableReason, Part, PriceBook, Quote};

use super::bill::Charge;
use super::cause::{Cause, Rounding};

/// The price books that may explain an amount.
#[derive(Clone, Copy, Debug, Default)]
pub struct Books<'a> {
    /// The account's own prices.
    pub own: Option<&'a PriceBook>,
    /// The platform's list prices.
    pub list: Option<&'a PriceBook>,
}

impl Books<'_> {
    /// The books in this currency: amounts in others cannot be compared.
    fn of(self, currency: &str) -> Self {
        let is_of = |book: &&PriceBook| book.currency() == currency;
        Self { own: self.own.filter(is_of), list: self.list.filter(is_of) }
    }
}

/// Finds how a charge relates to its quote.
pub fn cause_of(quote: Option<&Quote>, charge: Option<&Charge>, books: Books<'_>) -> Cause {
    let Some(quote) = quote.filter(|quote| quote.lowest().is_some() || is_by_usage(quote)) else {
        return match charge {
            Some(charge) if charge.is_refunded() => Cause::Refunded,
            Some(charge) if !charge.net.amount().is_zero() => Cause::NotQuoted,
            _ => Cause::NothingDue,
        };
    };
    let Some(charge) = charge else {
        let is_due = quote.lowest().is_some_and(|lowest| !lowest.is_zero());
        return if is_due { Cause::NotCharged } else { Cause::NothingDue };
    };
    if charge.currency.as_ref() != Some(&quote.terms().currency) {
        return Cause::OtherCurrency;
    }
    if charge.is_refunded() {
        return Cause::Refunded;
    }
    let Some(amount) = charge.amount() else {
        return Cause::Unexplained;
    };
    if charge.is_failed() {
        return Cause::FailedNotRefunded;
    }
    let books = books.of(&quote.terms().currency);
    match quote.lowest() {
        Some(lowest) => billed(quote, lowest, charge, amount, books),
        None => by_usage(quote, charge, amount, books),
    }
}

/// What was due: what the quote allows of the charge, or else the end of the quote that is nearer to it. `None` if that is unknown.
pub fn due(quote: &Quote, charge: Option<&Charge>, cause: &Cause) -> Option<Decimal> {
    let amount = charge.and_then(Charge::amount).unwrap_or_default();
    match cause {
        Cause::OtherCurrency => return None,
        Cause::Exact { .. } | Cause::TokenUsage { .. } => return Some(amount),
        Cause::ChargedTwice { .. } => return Some(charge?.repeated()?.1),
        Cause::BinaryNoise => return denoised(amount),
        Cause::FailedNotRefunded => {
            // Of several equal charges, one was due.
            let due = charge?.repeated().and_then(|(_, each)| quoted_amount(quote, each));
            if due.is_some() {
                return due;
            }
        }
        _ => {}
    }
    match (quote.lowest(), quote.highest()) {
        (Some(_), Some(highest)) if amount > highest => Some(highest),
        (Some(lowest), _) => Some(lowest),
        (None, _) if amount.is_zero() => None,
        (None, _) => for_tokens(quote, charge?),
    }
}

/// The cause for a job that is billed by the tokens that it used.
fn by_usage(quote: &Quote, charge: &Charge, amount: Decimal, books: Books<'_>) -> Cause {
    if amount.is_zero() {
        return Cause::NothingDue;
    }
    if let Some((times @ 2.., _)) = charge.repeated() {
        return Cause::ChargedTwice { times };
    }
    let Some(due) = for_tokens(quote, charge) else {
        return Cause::TokenUsage { tokens: None };
    };
    if amount == due {
        return Cause::TokenUsage { tokens: charge.tokens() };
    }
    if denoised(amount) == Some(due) {
        return Cause::BinaryNoise;
    }
    let other_price = || {
        // What is left of a charge is no price of all its tokens.
        if charge.is_partly_refunded() {
            return None;
        }
        let unit_price = amount.checked_mul(MILLION)?.checked_div_exact(charge.tokens()?)?;
        let listed = books.list.and_then(|book| price_of(quote, book));
        Some(match listed == Some(unit_price) {
            true => Cause::ListPrice { unit_price },
            false => Cause::OtherPrice { unit_price },
        })
    };
    rounded_amount(due, amount).or_else(other_price).unwrap_or(Cause::Unexplained)
}

const MILLION: u64 = 1_000_000;

/// What the charge's tokens come to at the quoted price, for a job that is billed by usage. `None` if either is unknown.
fn for_tokens(quote: &Quote, charge: &Charge) -> Option<Decimal> {
    let price = quote.terms().unit_price.filter(|_| is_by_usage(quote))?;
    let millionfold = price.checked_mul(charge.tokens()?).unwrap_or(Decimal::MAX);
    // The quotient may need more digits than a unit price may have.
    millionfold.checked_div_exact(MILLION).or_else(|| format!("{millionfold}e-6").parse().ok())
}

fn is_by_usage(quote: &Quote) -> bool {
    matches!(quote, Quote::NotPriceable(it) if *it.reason() == NotPriceableReason::BilledByUsage)
}

/// The cause for a job that has a price.
fn billed(
    quote: &Quote,
    lowest: Decimal,
    charge: &Charge,
    amount: Decimal,
    books: Books<'_>,
) -> Cause {
    if let Some((times @ 2.., each)) = charge.repeated()
        && quoted_amount(quote, each).is_some()
    {
        return Cause::ChargedTwice { times };
    }
    // A sum that is not just what was quoted could be explained in many ways, whatever it is for.
    if charge.is_sum() && (amount, Some(amount)) != (lowest, quote.highest()) {
        return Cause::Unexplained;
    }
    // The vendor bills only `duration` if it cannot read the reference video's length; this is also the least that was quoted.
    if matches!(quote, Quote::AtLeast(_)) && amount == lowest && !lowest.is_zero() {
        return Cause::ReferenceNotRead;
    }
    if let Some(exact) = as_quoted(quote, amount) {
        return exact;
    }
    if amount.is_zero() {
        return Cause::NotCharged;
    }
    if quoted_amount(quote, amount).is_some() {
        return Cause::BinaryNoise;
    }
    explanation(quote, amount, books).unwrap_or(Cause::Unexplained)
}

/// The amount without the error of binary floating point, if it seems to have one.
fn denoised(amount: Decimal) -> Option<Decimal> {
    /// Amounts with at least this many decimal places are not written by hand.
    const NOISE: u8 = 12;
    /// The decimal places to round to: floating-point errors are far smaller, prices far larger.
    const KEPT: u8 = 9;
    if digits_that_count(amount) < NOISE {
        return None;
    }
    let unit = 10_u128.checked_pow(u32::from(amount.scale().saturating_sub(KEPT)))?;
    let mantissa = amount.mantissa().checked_add(unit / 2)? / unit;
    format!("{mantissa}e-{KEPT}").parse().ok()
}

/// The amount, as it is or without the error of binary floating point, whichever the quote allows; `None` if neither.
fn quoted_amount(quote: &Quote, amount: Decimal) -> Option<Decimal> {
    let mut meant = [Some(amount), denoised(amount)].into_iter().flatten();
    meant.find(|amount| as_quoted(quote, *amount).is_some())
}

/// The cause if the amount is a quoted one.
fn as_quoted(quote: &Quote, amount: Decimal) -> Option<Cause> {
    let price = quote.terms().unit_price?;
    let reference_seconds = match quote {
        Quote::AtLeast(quote) => {
            amount.whole_multiple_of(price).and_then(|units| units.checked_sub(quote.quantity()))
        }
        _ => None,
    };
    is_for(amount, price, quote).then_some(Cause::Exact { reference_seconds })
}

/// The cause of an amount that was not quoted; the likeliest explanation is tried first.
fn explanation(quote: &Quote, amount: Decimal, books: Books<'_>) -> Option<Cause> {
    // With an unknown length, nearly any amount could be explained.
    if matches!(quote, Quote::AtLeast(_)) {
        return None;
    }
    let at_price = |book: Option<&PriceBook>| {
        let price = price_of(quote, book?)?;
        is_for(amount, price, quote).then_some(price)
    };
    // The account's price may have changed since the quote was made.
    let own = || Some(Cause::OtherPrice { unit_price: at_price(books.own)? });
    let list = || Some(Cause::ListPrice { unit_price: at_price(books.list)? });
    let rounded = || match quote {
        Quote::Exact(quote) => rounded_amount(quote.amount(), amount),
        _ => None,
    };
    reference(quote, amount)
        .or_else(|| other_resolution(quote, amount, books.own?))
        .or_else(own)
        .or_else(list)
        .or_else(rounded)
        .or_else(|| other_price(quote, amount))
}

/// Explains the amount by the reference video: its length was not read, was rounded differently, or was not rounded.
fn reference(quote: &Quote, amount: Decimal) -> Option<Cause> {
    let price = quote.terms().unit_price?;
    let [duration, Part { seconds: Some(length), .. }] = quote.parts() else {
        return None;
    };
    let duration = duration.quantity.min();
    if price.checked_mul(duration)? == amount {
        return Some(Cause::ReferenceNotRead);
    }
    let billed = amount
        .checked_mul(Length::SECOND)?
        .whole_multiple_of(price)?
        .checked_sub(duration * Length::SECOND)?;
    let (min, max) = (length.min(), length.max());
    let is_rounded = billed.is_multiple_of(Length::SECOND)
        && (min / Length::SECOND..=max.div_ceil(Length::SECOND))
            .contains(&(billed / Length::SECOND));
    let is_as_long = (min..=max).contains(&billed);
    (is_rounded || is_as_long)
        .then_some(Cause::OtherRounding(Rounding::Seconds(Length::Exact(billed))))
}

fn other_resolution(quote: &Quote, amount: Decimal, book: &PriceBook) -> Option<Cause> {
    let (route, model) = quote.terms().edition.find_model(quote.terms().model.as_deref()?)?;
    let names = model.billing_names(route).into_iter();
    let mut others = names.filter(|name| quote.terms().billing_model.as_ref() != Some(name));
    let billing_model = others.find(|name| {
        let price = book.price(name);
        price.is_some_and(|price| is_for(amount, price.price, quote))
    })?;
    Some(Cause::OtherResolution { billing_model })
}

/// The book's price for the quote's billing name.
fn price_of(quote: &Quote, book: &PriceBook) -> Option<Decimal> {
    Some(book.price(quote.terms().billing_model.as_deref()?)?.price)
}

/// Explains the amount as the one that was due, rounded up or down to two or more decimal places.
fn rounded_amount(due: Decimal, amount: Decimal) -> Option<Cause> {
    const HUNDREDTHS: u8 = 2;
    let digits = digits_that_count(amount).max(HUNDREDTHS);
    let off = due.checked_sub(amount).or_else(|| amount.checked_sub(due))?;
    (off < step(digits)?).then_some(Cause::OtherRounding(Rounding::Digits(digits)))
}

/// Explains the amount by a unit price that has as many decimal places as the quoted one.
fn other_price(quote: &Quote, amount: Decimal) -> Option<Cause> {
    let units = units(quote);
    let quantity = (units.start() == units.end()).then_some(*units.start())?;
    let step = step(quote.terms().unit_price?.scale())?;
    let steps = amount.whole_multiple_of(step)?;
    let unit_price = step.checked_mul(steps.checked_div(quantity)?)?;
    steps.is_multiple_of(quantity).then_some(Cause::OtherPrice { unit_price })
}

/// The smallest amount with this many decimal places.
fn step(digits: u8) -> Option<Decimal> {
    format!("1e-{digits}").parse().ok()
}

/// The number of decimal places without trailing zeros.
fn digits_that_count(amount: Decimal) -> u8 {
    let text = amount.to_string();
    let digits = text.trim_end_matches('0').len();
    amount.scale().saturating_sub(u8::try_from(text.len() - digits).unwrap_or(u8::MAX))
}

/// Whether the amount is the price times a quantity that the quote allows.
fn is_for(amount: Decimal, price: Decimal, quote: &Quote) -> bool {
    if price.is_zero() {
        return amount.is_zero();
    }
    let found = amount.whole_multiple_of(price);
    found.is_some_and(|found| units(quote).contains(&found))
}

/// The quantities that the quote allows; an unknown length may be up to the longest possible one.
fn units(quote: &Quote) -> RangeInclusive<u64> {
    let parts = || quote.parts().iter().map(|part| part.quantity);
    let least = parts().map(|quantity| quantity.min()).sum();
    let most = parts().map(|quantity| quantity.max().unwrap_or(u64::from(MAX_SECONDS)));
    least..=most.sum()
}
