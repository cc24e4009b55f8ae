//! The arguments of a call, each read as what it has to be.

use seedance_core::{Body, Facts, Job, Lang, PriceBook};

use crate::exchange::Refusal;
use crate::tape::{Argument, Reader};

/// A request body, the language of messages, a price book or none, and media facts.
pub fn job<'a>(from: &mut Reader<'a>) -> Result<(Job<'a>, Lang, Option<PriceBook>), Refusal> {
    let body = body(from)?;
    let lang = lang(from)?;
    let prices = prices(from)?;
    // Media facts have no meaning beside anything but an object.
    let job = match document(from)? {
        Some(text) if body.is_object() => Job::new(body).with_facts(Facts::from_text(text)?)?,
        _ => Job::new(body),
    };
    Ok((job, lang, prices))
}

/// JSON text, a value, or nothing at all, since any body gets a report.
fn body<'a>(from: &mut Reader<'a>) -> Result<Body<'a>, Refusal> {
    let foreign = &mut Reader::foreign();
    let value = match from.argument()? {
        Some(Argument::Document(text)) => return Ok(Body::from(text)),
        Some(Argument::Value(value)) => value,
        None => foreign,
    };
    Ok(Body::from_source(value)?)
}

/// The language of messages, English without a word.
pub fn lang(from: &mut Reader<'_>) -> Result<Lang, Refusal> {
    match document(from)? {
        Some(name) => Ok(std::str::from_utf8(name)?.parse()?),
        None => Ok(Lang::default()),
    }
}

/// A price book, if there is one.
pub fn prices(from: &mut Reader<'_>) -> Result<Option<PriceBook>, Refusal> {
    Ok(document(from)?.map(PriceBook::from_text).transpose()?)
}

/// A price book that there must be.
pub fn given(prices: Option<PriceBook>) -> Result<PriceBook, Refusal> {
    prices.ok_or_else(|| Refusal("a price book is needed: `{ currency, prices }`".to_owned()))
}

/// An HTTP status, if there is one, and the answer that came with it.
pub fn answer<'a>(from: &mut Reader<'a>) -> Result<(Option<u16>, &'a [u8]), Refusal> {
    let status = match document(from)? {
        Some(status) => Some(std::str::from_utf8(status)?.parse()?),
        None => None,
    };
    Ok((status, document(from)?.unwrap_or_default()))
}

/// JSON text, or a word.
pub fn document<'a>(from: &mut Reader<'a>) -> Result<Option<&'a [u8]>, Refusal> {
    match from.argument()? {
        Some(Argument::Document(text)) => Ok(Some(text)),
        Some(Argument::Value(_)) => Err(Refusal(
            "every argument but the first crosses as text".to_owned(),
        )),
        None => Ok(None),
    }
}
