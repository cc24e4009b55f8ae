//! The arguments of a call, each read as what it has to be.

use std::fmt::Display;

use seedance_core::{Body, Facts, Lang, PriceBook};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::exchange::Refusal;
use crate::tape::{Argument, Reader, TapeError};

/// A request body: JSON text, a value, or nothing at all, since any body gets a report.
pub fn body<'de>(from: &mut Reader<'de>) -> Result<Body<'de>, Refusal> {
    Ok(match from.argument()? {
        Some(Argument::Document(text)) => Body::from(text),
        Some(Argument::Value(value)) => Body::from_deserializer(value)?,
        None => Body::from_deserializer(&mut Reader::foreign())?,
    })
}

/// The language of messages, English without a word.
pub fn lang(from: &mut Reader<'_>) -> Result<Lang, Refusal> {
    match text(from, "the language")? {
        Some(name) => Ok(name.parse()?),
        None => Ok(Lang::default()),
    }
}

/// Media facts about the body, which have no meaning beside anything but an object.
pub fn facts(from: &mut Reader<'_>, body: &Body<'_>) -> Result<Facts, Refusal> {
    if !body.is_object() {
        return Ok(Facts::default());
    }
    Ok(document(from, "media facts", Facts::from_text)?.unwrap_or_default())
}

/// A price book, if there is one.
pub fn prices(from: &mut Reader<'_>) -> Result<Option<PriceBook>, Refusal> {
    document(from, "the price book", PriceBook::from_text)
}

/// A price book.
pub fn required_prices(from: &mut Reader<'_>) -> Result<PriceBook, Refusal> {
    prices(from)?.ok_or_else(|| Refusal("a quote needs a price book: `{ currency, prices }`".to_owned()))
}

/// A string.
pub fn text(from: &mut Reader<'_>, what: &str) -> Result<Option<String>, Refusal> {
    match from.argument()? {
        Some(Argument::Document(text)) => Ok(Some(String::from_utf8_lossy(text).into_owned())),
        Some(Argument::Value(_)) => Err(Refusal(format!("{what} must be a string"))),
        None => Ok(None),
    }
}

/// The HTTP status that an endpoint's answer came with, and the answer.
pub fn answer<T>(
    from: &mut Reader<'_>,
    text: impl FnOnce(&[u8], Option<u16>) -> T,
    value: impl FnOnce(&Value, Option<u16>) -> T,
) -> Result<T, Refusal> {
    let status = match from.argument()? {
        Some(Argument::Value(status)) => Some(u16::deserialize(status)?),
        _ => None,
    };
    Ok(match from.argument()? {
        Some(Argument::Document(bytes)) => text(bytes, status),
        // What JSON cannot hold says nothing, like any other answer that cannot be read.
        Some(Argument::Value(answer)) => value(&Value::deserialize(answer).unwrap_or_default(), status),
        None => value(&Value::Null, status),
    })
}

fn document<T: DeserializeOwned, E: Display>(
    from: &mut Reader<'_>,
    what: &str,
    read: impl FnOnce(&[u8]) -> Result<T, E>,
) -> Result<Option<T>, Refusal> {
    match from.argument()? {
        Some(Argument::Document(text)) => read(text).map(Some).map_err(|error| Refusal(error.to_string())),
        Some(Argument::Value(value)) => T::deserialize(value).map(Some).map_err(|error| match error {
            TapeError::Unfit(sentence) => Refusal(sentence),
            fault => Refusal(format!("{what}: {fault}")),
        }),
        None => Ok(None),
    }
}
