//! What explains an amount that is charged. Nothing is divided but to see whether it divides without a rest.
//!
//! Some whole quantity divides nearly every amount, so that another unit price is only named where something speaks for it: it
//! has no more digits than the quoted one, the price book has it under the billing name now, or several charges agree on it.

use std::collections::HashMap;
use std::ops::RangeInclusive;

use seedance_core::{Decimal, Length, MAX_SECONDS, NotPriceableReason, Part, PriceBook, Quote};

use super::cause::{Cause, Rounding};
use super::charges::Charge;

/// The price books that may explain an amount.
#[derive(Clone, Copy, Debug, Default)]
pub struct Books<'a> {
    /// The account's own.
    pub own: Option<&'a PriceBook>,
    /// The platform's catalogue.
    pub list: Option<&'a PriceBook>,
}

/// What charges are explained by: the price books, and unit prices on which several charges agree.
#[derive(Debug)]
pub struct Known<'a> {
    books: Books<'a>,
    /// The unit prices that charges come to, by billing name, and how many charges come to each.
    agreed: HashMap<(String, Decimal), usize>,
}

impl<'a> Known<'a> {
    /// Before any charge was looked at.
    pub fn of(books: Books<'a>) -> Self {
        Self { books, agreed: HashMap::new() }
    }

    /// Counts a charge that is not what was quoted.
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

/// How a charge relates to its quote.
pub fn cause_of(quote: Option<&Quote>, charge: Option<&Charge>, known: &Known<'_>) -> Cause {
    let priced = quote.and_then(|quote| Some((quote, quote.lowest()?)));
    match (priced, charge) {
        (Some((_, lowest)), None) if !lowest.is_zero() => Cause::NotCharged,
        (_, None) => Cause::NothingDue,
        (None, Some(charge)) if quote.is_some() && charge.net.amount().is_zero() => {
            Cause::NothingDue
        }
        (None, Some(charge)) if is_given_back(charge) => Cause::Refunded,
        (None, Some(charge)) if quote.is_some_and(is_by_usage) => by_usage(quote, charge),
        (None, Some(_)) => Cause::NotQuoted,
        (Some((quote, _)), Some(charge)) if !charge.is_in_currency_of(quote) => {
            Cause::OtherCurrency
        }
        (Some((quote, lowest)), Some(charge)) => billed(quote, lowest, charge, known),
    }
}

fn is_by_usage(quote: &Quote) -> bool {
    matches!(quote, Quote::NotPriceable(it) if *it.reason() == NotPriceableReason::BilledByUsage)
}

/// What was announced to be billed by tokens: at the quoted price of a million of them, or at which.
fn by_usage(quote: Option<&Quote>, charge: &Charge) -> Cause {
    const MILLION: u64 = 1_000_000;
    let tokens = charge.tokens;
    let price = quote.and_then(|quote| quote.terms().unit_price);
    let millionfold = charge.amount().and_then(|amount| amount.checked_mul(MILLION));
    match (price, tokens, millionfold) {
        (Some(price), Some(tokens), Some(paid)) if price.checked_mul(tokens) != Some(paid) => {
            match paid.checked_div_exact(tokens) {
                Some(unit_price) => Cause::OtherPrice { unit_price },
                None => Cause::Unexplained,
            }
        }
        _ => Cause::TokenUsage { tokens, is_announced: true },
    }
}

fn is_given_back(charge: &Charge) -> bool {
    charge.is_refunded && charge.net.amount().is_zero()
}

/// All that was charged and given back for a job, beside its quote.
fn billed(quote: &Quote, lowest: Decimal, charge: &Charge, known: &Known<'_>) -> Cause {
    if is_given_back(charge) {
        return Cause::Refunded;
    }
    let Some(amount) = charge.amount() else {
        return Cause::Unexplained;
    };
    if charge.is_failed && !amount.is_zero() {
        return Cause::FailedNotRefunded;
    }
    let is_repeated = charge.charges.len() > 1 && !charge.is_refunded;
    if is_repeated
        && let [first, others @ ..] = charge.charges.as_slice()
        && others.iter().all(|other| other == first)
        && (*first == lowest || as_quoted(quote, *first).is_some())
    {
        let times = charge.charges.len();
        return Cause::ChargedTwice { times };
    }
    match compared(quote, lowest, amount, known) {
        Cause::Unexplained if charge.tokens.is_some() => {
            Cause::TokenUsage { tokens: charge.tokens, is_announced: false }
        }
        cause => cause,
    }
}

fn compared(quote: &Quote, lowest: Decimal, amount: Decimal, known: &Known<'_>) -> Cause {
    // The vendor bills `duration` alone when it cannot read the length, which is also the least.
    if matches!(quote, Quote::AtLeast(_)) && amount == lowest {
        return Cause::ReferenceNotRead;
    }
    if let Some(cause) = as_quoted(quote, amount) {
        return cause;
    }
    if amount.is_zero() {
        return Cause::NotCharged;
    }
    if is_noisy(quote, amount) {
        return Cause::BinaryNoise;
    }
    explanation(quote, amount, known).unwrap_or(Cause::Unexplained)
}

/// Whether the amount is one of those quoted but for what a sum of binary numbers is off by.
fn is_noisy(quote: &Quote, amount: Decimal) -> bool {
    /// Digits that nobody writes by hand.
    const NOISE: usize = 12;
    /// Far above the noise of any sum, far below any price.
    const KEPT: u32 = 9;
    if digits_that_count(amount) < NOISE {
        return false;
    }
    let lost = u32::from(amount.scale()).saturating_sub(KEPT);
    let rounded = 10_u128.checked_pow(lost).map(|unit| (amount.mantissa() + unit / 2) / unit);
    let rounded = rounded.and_then(|mantissa| format!("{mantissa}e-{KEPT}").parse().ok());
    rounded.is_some_and(|rounded| as_quoted(quote, rounded).is_some())
}

/// The cause of an amount that is one of those quoted.
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

/// The cause of an amount that is not one of those quoted, the likeliest first.
fn explanation(quote: &Quote, amount: Decimal, known: &Known<'_>) -> Option<Cause> {
    let books = known.books;
    // The own book may have another price now than when the quote was made.
    let own = || Some(Cause::OtherPrice { unit_price: price_in(books.own?, quote, amount)? });
    let list = || {
        let list = books.list.filter(|list| *list.currency() == *quote.terms().currency)?;
        Some(Cause::ListPrice { unit_price: price_in(list, quote, amount)? })
    };
    reference(quote, amount)
        .or_else(|| other_resolution(quote, amount, books.own?))
        .or_else(own)
        .or_else(list)
        .or_else(|| rounded_amount(quote, amount))
        .or_else(|| other_price(quote, amount, known))
}

/// What the reference video's part can explain: it was not read, its length was rounded down or up, or not rounded.
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

/// The price that a book has under the billing name, where that explains the amount.
fn price_in(book: &PriceBook, quote: &Quote, amount: Decimal) -> Option<Decimal> {
    let price = book.price(quote.terms().billing_model.as_deref()?)?.price;
    is_for(amount, price, known_units(quote)).then_some(price)
}

/// Money comes in hundredths: a finer amount may have been rounded up or down to them, or to more digits.
fn rounded_amount(quote: &Quote, amount: Decimal) -> Option<Cause> {
    const HUNDREDTHS: usize = 2;
    let Quote::Exact(quote) = quote else {
        return None;
    };
    let digits = digits_that_count(amount).max(HUNDREDTHS);
    let unit: Decimal = format!("0.{:0>digits$}", 1).parse().ok()?;
    let off = quote.amount().checked_sub(amount).or_else(|| amount.checked_sub(quote.amount()))?;
    (off < unit).then_some(Cause::OtherRounding(Rounding::Digits(u8::try_from(digits).ok()?)))
}

/// Those after the point, up to the last that is not zero.
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

/// The unit price that the amount is for the one quantity of the quote, written with as many digits as the quoted one or as it needs.
fn implied(quote: &Quote, amount: Decimal) -> Option<Decimal> {
    let units = known_units(quote);
    let quantity = (units.start() == units.end()).then_some(*units.start())?;
    let digits = usize::from(quote.terms().unit_price?.scale());
    let text = amount.checked_div_exact(quantity)?.to_string();
    let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
    let rest = rest.trim_end_matches('0');
    format!("{whole}.{rest:0<digits$}").trim_end_matches('.').parse().ok()
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
