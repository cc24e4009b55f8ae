//! The arguments of a call, each read as what it has to be.

use seedance_core::{Body, Facts, Job, Lang, PriceBook};

use crate::exchange::Refusal;
use crate::tape::{Argument, Reader};

/// What is known of a job's media, if anything, which has no meaning beside anything but an object.
pub fn facts(from: &mut Reader<'_>, job: &Job<'_>) -> Result<Option<Facts>, Refusal> {
    match document(from)? {
        Some(text) if job.body().is_object() => Ok(Some(Facts::from_text(text)?)),
        _ => Ok(None),
    }
}

/// JSON text, a value, or nothing at all, since any body gets a report.
pub fn body<'a>(from: &mut Reader<'a>) -> Result<Body<'a>, Refusal> {
    match from.argument()? {
        Some(Argument::Value(value)) => Body::from_source(value).map_err(Refusal::from),
        Some(Argument::Document(text)) => Ok(Body::from(text)),
        None => Body::from_source(&mut Reader::foreign()).map_err(Refusal::from),
    }
}

/// The language of messages, English without a word.
pub fn lang(from: &mut Reader<'_>) -> Result<Lang, Refusal> {
    match document(from)? {
        Some(name) => Ok(std::str::from_utf8(name).unwrap_or_default().parse()?),
        None => Ok(Lang::default()),
    }
}

/// A price book, if there is one.
pub fn prices(from: &mut Reader<'_>) -> Result<Option<PriceBook>, Refusal> {
    Ok(document(from)?.map(PriceBook::from_text).transpose()?)
}

/// A price book that there must be.
pub fn given(prices: Option<PriceBook>) -> Result<PriceBook, Refusal> {
    prices.ok_or(Refusal::new(
        "a price book is needed: `{ currency, prices }`",
    ))
}

/// An HTTP status, if there is one, and the answer that came with it.
pub fn answer<'a>(from: &mut Reader<'a>) -> Result<(Option<u16>, &'a [u8]), Refusal> {
    // JavaScript gives none that is no HTTP status.
    let status = number(from)?.map(|status| status as u16);
    Ok((status, document(from)?.unwrap_or_default()))
}

/// A whole number that JavaScript wrote, if there is one.
pub fn number(from: &mut Reader<'_>) -> Result<Option<u32>, Refusal> {
    let digits = document(from)?;
    Ok(digits.map(|digits| {
        digits.iter().fold(0u32, |number, digit| {
            number
                .wrapping_mul(10)
                .wrapping_add(u32::from(digit.wrapping_sub(b'0')))
        })
    }))
}

/// JSON text, or a word.
pub fn document<'a>(from: &mut Reader<'a>) -> Result<Option<&'a [u8]>, Refusal> {
    match from.argument()? {
        Some(Argument::Document(text)) => Ok(Some(text)),
        Some(Argument::Value(_)) => {
            Err(Refusal::new("every argument but the first crosses as text"))
        }
        None => Ok(None),
    }
}
