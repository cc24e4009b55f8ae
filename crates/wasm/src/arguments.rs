//! The arguments of a call, each read as what it has to be.

use seedance_core::{Body, Facts, Job, Lang, PriceBook};

use crate::exchange::Refusal;
use crate::tape::Reader;

/// JSON text, a value, or nothing at all, which is no value that JSON can hold: any body gets a report.
pub fn body<'a>(from: &mut Reader<'a>) -> Body<'a> {
    if from.holds_document() {
        Body::from(from.document().unwrap_or_default())
    } else {
        Body::from_source(from)
    }
}

/// The language of messages, English without a word.
pub fn lang(from: &mut Reader<'_>) -> Result<Lang, Refusal> {
    match from.document() {
        Some(name) => Ok(std::str::from_utf8(name).unwrap_or_default().parse()?),
        None => Ok(Lang::default()),
    }
}

/// A price book, if there is one.
pub fn prices(from: &mut Reader<'_>) -> Result<Option<PriceBook>, Refusal> {
    Ok(from.document().map(PriceBook::from_text).transpose()?)
}

/// A price book that there must be.
pub fn given(prices: Option<PriceBook>) -> Result<PriceBook, Refusal> {
    prices.ok_or(Refusal::new(
        "a price book is needed: `{ currency, prices }`",
    ))
}

/// What is known of a job's media, if anything, which has no meaning beside anything but an object.
pub fn facts(from: &mut Reader<'_>, job: &Job<'_>) -> Result<Option<Facts>, Refusal> {
    match from.document() {
        Some(text) if job.body().is_object() => Ok(Some(Facts::from_text(text)?)),
        _ => Ok(None),
    }
}

/// An HTTP status, if there is one, and the answer that came with it.
pub fn answer<'a>(from: &mut Reader<'a>) -> (Option<u16>, &'a [u8]) {
    // JavaScript gives none that is no HTTP status.
    let status = number(from).map(|status| status as u16);
    (status, from.document().unwrap_or_default())
}

/// A whole number that JavaScript wrote, if there is one.
pub fn number(from: &mut Reader<'_>) -> Option<u32> {
    let digits = from.document()?;
    Some(digits.iter().fold(0u32, |number, digit| {
        number
            .wrapping_mul(10)
            .wrapping_add(u32::from(digit.wrapping_sub(b'0')))
    }))
}
