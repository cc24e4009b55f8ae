//! The arguments of a call, each read as what it has to be.

use std::error::Error;

use seedance_core::{Body, Facts, Lang, PriceBook};

use crate::exchange::Refusal;
use crate::tape::{Argument, Reader};

/// A request body: JSON text, a value, or nothing at all, since any body gets a report.
pub fn body<'a>(from: &mut Reader<'a>) -> Result<Body<'a>, Refusal> {
    Ok(match from.argument()? {
        Some(Argument::Document(text)) => Body::from(text),
        Some(Argument::Value(value)) => Body::from_source(value)?,
        None => Body::from_source(&mut Reader::foreign())?,
    })
}

/// The language of messages, English without a word.
pub fn lang(from: &mut Reader<'_>) -> Result<Lang, Refusal> {
    match document(from)? {
        Some(name) => Ok(std::str::from_utf8(name)?.parse()?),
        None => Ok(Lang::default()),
    }
}

/// Media facts about the body, which have no meaning beside anything but an object.
pub fn facts(from: &mut Reader<'_>, body: &Body<'_>) -> Result<Facts, Refusal> {
    let facts = document(from)?.filter(|_| body.is_object());
    read(facts, Facts::from_text).map(Option::unwrap_or_default)
}

/// A price book, if there is one.
pub fn prices(from: &mut Reader<'_>) -> Result<Option<PriceBook>, Refusal> {
    read(document(from)?, PriceBook::from_text)
}

/// A price book.
pub fn required_prices(from: &mut Reader<'_>) -> Result<PriceBook, Refusal> {
    prices(from)?
        .ok_or_else(|| Refusal("a price book is needed: `{ currency, prices }`".to_owned()))
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

fn read<T, E: Error>(
    text: Option<&[u8]>,
    read: impl FnOnce(&[u8]) -> Result<T, E>,
) -> Result<Option<T>, Refusal> {
    Ok(text.map(read).transpose()?)
}
