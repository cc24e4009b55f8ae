//! Compares models.

use wasm_bindgen::prelude::*;

use crate::{Answer, Settings, answer};

/// Checks the request on every model, and prices it if there is a price book.
#[wasm_bindgen]
pub fn compare(
    body: JsValue,
    prices: Option<Vec<u8>>,
    lang: Option<String>,
    edition: Option<String>,
    media: Option<Vec<u8>>,
) -> Answer {
    let by = Settings::of(lang, edition)?;
    let book = prices.map(|prices| by.book(&prices)).transpose()?;
    by.ask(body, media, &|job| answer(&job.compare(book.as_ref(), by.lang)))
}
