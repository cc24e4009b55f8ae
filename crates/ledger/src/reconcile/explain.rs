//! Finds an explanation for a charged amount. An amount is divided only where no remainder is left.
//!
//! Nearly every amount can be divided by the quantity, so another unit price is only reported if something else supports it: it
//! has no more digits than the quoted price, the price book now has it for the billing name, or several charges imply it.

use std::collections::HashMap;
use std::ops::RangeInclusive;

use seedance_core::{Decimal, Length, MAX_SECONDS, NotPriceableReason, Part, PriceBook, Quote};

use super::cause::{Cause, Rounding};
use super::charges::Charge;

/// The price books that may explain an amount.
#[derive(Clone, Copy, Debug, Default)]
pub struct Books<'a> {
    /// The account's own prices.
    pub own: Option<&'a PriceBook>,
    /// The platform's list prices.
    pub list: Option<&'a PriceBook>,
}

/// The sources of explanations: price books, and the unit prices that several charges imply.
#[derive(Debug)]
pub struct Known<'a> {
    books: Books<'a>,
    /// How many charges imply a unit price, by billing name and that price.
    agreed: HashMap<(String, Decimal), usize>,
}

impl<'a> Known<'a> {
    /// Starts with the price books, before any charge is counted.
    pub fn of(books: Books<'a>) -> Self {
        Self { books, agreed: HashMap::new() }
    }

    /// Counts the unit price that a charge implies, if it differs from the quote.
    pub fn count(&mut self, quote: &Quote, charge: &Charge) {
        let name = quote.terms().billing_model.clone();
        if charge.is_in_currency_of(quote)
            && let Some(amount) = charge.amount()
            && quote.lowest() != Some(amount)
            && let Some(key) = name.zip(implied(quote, amount))
        {
            *self.agreed.entry(key).or_default() += 1;
        }
    }

    fn agrees_on(&self, quote: &Quote, unit_price: Decimal) -> bool {
        let key = quote.terms().billing_model.clone().map(|name| (name, unit_price));
        key.and_then(|key| self.agreed.get(&key)).is_some_and(|charges| *charges > 1)
    }
}

/// Finds how a charge relates to its quote.
pub fn cause_of(quote: Option<&Quote>, charge: Option<&Charge>, known: &Known<'_>) -> Cause {
    let lowest = quote.and_then(Quote::lowest);
    let Some(charge) = charge else {
        return match lowest {
            Some(lowest) if !lowest.is_zero() => Cause::NotCharged,
            _ => Cause::NothingDue,
        };
    };
    match (quote, lowest) {
        (Some(quote), lowest)
            if lowest.or(for_tokens(quote, charge)).is_some()
                && !charge.is_in_currency_of(quote) =>
        {
            Cause::OtherCurrency
        }
        (Some(quote), Some(lowest)) => billed(quote, lowest, charge, known),
        _ if is_given_back(charge) => Cause::Refunded,
        _ if charge.net.amount().is_zero() => Cause::NothingDue,
        (Some(quote), None) if is_by_usage(quote) => by_usage(quote, charge),
        _ => Cause::NotQuoted,
    }
}

/// Whether the quote announced billing by usage.
pub fn is_by_usage(quote: &Quote) -> bool {
    matches!(quote, Quote::NotPriceable(it) if *it.reason() == NotPriceableReason::BilledByUsage)
}

const MILLION: u64 = 1_000_000;

/// What the charge's tokens come to at the quoted price, for a job that is billed by usage. `None` if either is unknown.
fn for_tokens(quote: &Quote, charge: &Charge) -> Option<Decimal> {
    let price = quote.terms().unit_price.filter(|_| is_by_usage(quote))?;
    let millionfold = price.checked_mul(charge.tokens?).unwrap_or(Decimal::MAX);
    let short = millionfold.checked_div_exact(MILLION);
    short.or_else(|| format!("{millionfold}e-6").parse().ok())
}

/// What was due for a job that is billed by usage: what the charge's tokens come to at the quoted price or, of equal charges that
/// each come to their share of that or cannot be checked, one.
pub fn due(quote: &Quote, charge: &Charge) -> Option<Decimal> {
    if !is_by_usage(quote) {
        return None;
    }
    let for_tokens = for_tokens(quote, charge);
    let Some((times, each)) = charge.repeated() else {
        return for_tokens;
    };
    let share = for_tokens.and_then(|all| all.checked_div_exact(times as u64));
    let is_share = share.is_some_and(|share| {
        share == each || denoised(each) == Some(share) || rounded_amount(share, each).is_some()
    });
    if for_tokens.is_none() || is_share { Some(each) } else { for_tokens }
}

/// The cause for a charge that was quoted as billed by usage.
fn by_usage(quote: &Quote, charge: &Charge) -> Cause {
    let tokens = charge.tokens;
    let Some(amount) = charge.amount() else {
        return Cause::Unexplained;
    };
    if charge.is_failed() {
        return Cause::FailedNotRefunded;
    }
    let due = due(quote, charge);
    if let Some((times, each)) = charge.repeated()
        && due == Some(each)
    {
        return Cause::ChargedTwice { times };
    }
    let Some(due) = due.filter(|due| *due != amount) else {
        return Cause::TokenUsage { tokens, is_checked: due.is_some() };
    };
    if denoised(amount) == Some(due) {
        return Cause::BinaryNoise;
    }
    let other_price = || {
        let unit_price = amount.checked_mul(MILLION)?.checked_div_exact(tokens?)?;
        Some(Cause::OtherPrice { unit_price })
    };
    rounded_amount(due, amount).or_else(other_price).unwrap_or(Cause::Unexplained)
}

fn is_given_back(charge: &Charge) -> bool {
    charge.is_refunded && charge.net.amount().is_zero()
}

/// The cause for a job that has a price and a charge in the same currency.
fn billed(quote: &Quote, lowest: Decimal, charge: &Charge, known: &Known<'_>) -> Cause {
    if is_given_back(charge) {
        return Cause::Refunded;
    }
    let Some(amount) = charge.amount() else {
        return Cause::Unexplained;
    };
    if charge.is_failed() && !amount.is_zero() {
        return Cause::FailedNotRefunded;
    }
    let is_quoted = |amount| as_quoted(quote, amount).is_some();
    if let Some((times, each)) = charge.repeated()
        && (each == lowest || is_quoted(each) || denoised(each).is_some_and(is_quoted))
    {
        return Cause::ChargedTwice { times };
    }
    // The sum of several charges would be one that an unknown length explains, whatever they are for.
    if charge.charges.len() > 1 && quote.highest() != Some(lowest) {
        return Cause::Unexplained;
    }
    compared(quote, lowest, amount, known)
}

fn compared(quote: &Quote, lowest: Decimal, amount: Decimal, known: &Known<'_>) -> Cause {
    // The vendor bills only `duration` if it cannot read the reference video's length; this is also the least that was quoted.
    if matches!(quote, Quote::AtLeast(_)) && amount == lowest && !lowest.is_zero() {
        return Cause::ReferenceNotRead;
    }
    if let Some(cause) = as_quoted(quote, amount) {
        return cause;
    }
    if amount.is_zero() {
        return Cause::NotCharged;
    }
    if denoised(amount).is_some_and(|amount| as_quoted(quote, amount).is_some()) {
        return Cause::BinaryNoise;
    }
    explanation(quote, amount, known).unwrap_or(Cause::Unexplained)
}

/// The amount without the error of binary floating point, if it seems to have one.
pub fn denoised(amount: Decimal) -> Option<Decimal> {
    /// Amounts with at least this many decimal places are not written by hand.
    const NOISE: usize = 12;
    /// The decimal places to round to: floating-point errors are far smaller, prices far larger.
    const KEPT: u32 = 9;
    if digits_that_count(amount) < NOISE {
        return None;
    }
    let lost = u32::from(amount.scale()).saturating_sub(KEPT);
    let unit = 10_u128.checked_pow(lost)?;
    let mantissa = amount.mantissa().checked_add(unit / 2)? / unit;
    format!("{mantissa}e-{KEPT}").parse().ok()
}

/// The cause if the amount is a quoted one.
fn as_quoted(quote: &Quote, amount: Decimal) -> Option<Cause> {
    let price = quote.terms().unit_price?;
    is_for(amount, price, units(quote)).then(|| Cause::Exact {
        reference_seconds: match quote {
            Quote::AtLeast(quote) => amount
                .whole_multiple_of(price)
                .and_then(|units| units.checked_sub(quote.quantity())),
            _ => None,
        },
    })
}

/// The cause of an amount that was not quoted; the likeliest explanation is tried first.
fn explanation(quote: &Quote, amount: Decimal, known: &Known<'_>) -> Option<Cause> {
    let [own_book, list] = [known.books.own, known.books.list]
        .map(|book| book.filter(|book| *book.currency() == *quote.terms().currency));
    // The account's price may have changed since the quote was made.
    let own = || Some(Cause::OtherPrice { unit_price: price_in(own_book?, quote, amount)? });
    let list = || Some(Cause::ListPrice { unit_price: price_in(list?, quote, amount)? });
    reference(quote, amount)
        .or_else(|| other_resolution(quote, amount, own_book?))
        .or_else(own)
        .or_else(list)
        .or_else(|| match quote {
            Quote::Exact(quote) => rounded_amount(quote.amount(), amount),
            _ => None,
        })
        .or_else(|| other_price(quote, amount, known))
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
        price.is_some_and(|price| is_for(amount, price.price, known_units(quote)))
    })?;
    Some(Cause::OtherResolution { billing_model })
}

/// The book's price for the billing name, if it explains the amount.
fn price_in(book: &PriceBook, quote: &Quote, amount: Decimal) -> Option<Decimal> {
    let price = book.price(quote.terms().billing_model.as_deref()?)?.price;
    is_for(amount, price, known_units(quote)).then_some(price)
}

/// Explains the amount as the one that was due, rounded up or down to two or more decimal places.
fn rounded_amount(due: Decimal, amount: Decimal) -> Option<Cause> {
    const HUNDREDTHS: usize = 2;
    let digits = digits_that_count(amount).max(HUNDREDTHS);
    let unit: Decimal = format!("0.{:0>digits$}", 1).parse().ok()?;
    let off = due.checked_sub(amount).or_else(|| amount.checked_sub(due))?;
    (off < unit).then_some(Cause::OtherRounding(Rounding::Digits(u8::try_from(digits).ok()?)))
}

/// The number of decimal places without trailing zeros.
fn digits_that_count(amount: Decimal) -> usize {
    let text = amount.to_string();
    let after = text.split_once('.').map_or("", |(_, after)| after);
    after.trim_end_matches('0').len()
}

fn other_price(quote: &Quote, amount: Decimal, known: &Known<'_>) -> Option<Cause> {
    let unit_price = implied(quote, amount)?;
    let is_as_fine = unit_price.scale() <= quote.terms().unit_price?.scale();
    (is_as_fine || known.agrees_on(quote, unit_price)).then_some(Cause::OtherPrice { unit_price })
}

/// The unit price that the amount implies for the quoted quantity, with at least as many decimal places as the quoted price.
fn implied(quote: &Quote, amount: Decimal) -> Option<Decimal> {
    let units = known_units(quote);
    let quantity = (units.start() == units.end()).then_some(*units.start())?;
    let digits = usize::from(quote.terms().unit_price?.scale());
    let text = amount.checked_div_exact(quantity)?.to_string();
    let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
    let rest = rest.trim_end_matches('0');
    format!("{whole}.{rest:0<digits$}").trim_end_matches('.').parse().ok()
}

/// Whether the amount is the price times one of these quantities.
fn is_for(amount: Decimal, price: Decimal, units: RangeInclusive<u64>) -> bool {
    if price.is_zero() {
        return amount.is_zero();
    }
    let found = amount.whole_multiple_of(price);
    found.is_some_and(|found| units.contains(&found))
}

/// The quantities that the quote allows; an unknown length may be up to the longest possible one.
fn units(quote: &Quote) -> RangeInclusive<u64> {
    let parts = || quote.parts().iter().map(|part| part.quantity);
    let least = parts().map(|quantity| quantity.min()).sum();
    let most = parts().map(|quantity| quantity.max().unwrap_or(u64::from(MAX_SECONDS)));
    least..=most.sum()
}

/// Like [`units`], but empty if a length is unknown: so many quantities would explain nearly any amount.
fn known_units(quote: &Quote) -> RangeInclusive<u64> {
    match quote {
        Quote::AtLeast(_) => RangeInclusive::new(1, 0),
        _ => units(quote),
    }
}
