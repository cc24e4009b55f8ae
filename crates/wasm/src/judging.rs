//! Checks and prices requests, and compares models.
//!
//! A body is passed as a value (serde-wasm-bindgen), as JSON text or as its bytes.

use js_sys::{Array, Object, Uint8Array};
use seedance_core::{Body, BookWarning, Facts, Job, PriceBook, Quote, Report};
use serde::Serialize;
use serde_wasm_bindgen::Deserializer;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;

use crate::{Answer, Settings, answer};

/// Whether the request would be accepted, and why not.
#[wasm_bindgen]
pub fn check(
    body: JsValue,
    lang: Option<String>,
    edition: Option<String>,
    media: Option<Vec<u8>>,
) -> Answer {
    let by = Settings::of(lang, edition)?;
    by.ask(body, media, &|job| answer(&job.check(by.lang)))
}

/// What the request would cost.
#[wasm_bindgen]
pub fn quote(
    body: JsValue,
    prices: Vec<u8>,
    lang: Option<String>,
    edition: Option<String>,
    media: Option<Vec<u8>>,
) -> Answer {
    let by = Settings::of(lang, edition)?;
    let book = by.book(&prices)?;
    by.ask(body, media, &|job| answer(&job.quote(&book, by.lang)))
}

/// Answers [`check`] and [`quote`] in one call, and reads the request only once.
#[wasm_bindgen]
pub fn judge(
    body: JsValue,
    prices: Vec<u8>,
    lang: Option<String>,
    edition: Option<String>,
    media: Option<Vec<u8>>,
) -> Answer {
    #[derive(Serialize)]
    struct Judgement<'a> {
        report: Report<'a>,
        quote: Quote,
    }
    let by = Settings::of(lang, edition)?;
    let book = by.book(&prices)?;
    by.ask(body, media, &|job| {
        let (report, quote) = job.check_and_quote(&book, by.lang);
        answer(&Judgement { report, quote })
    })
}

/// Checks the request on every model, and prices it if there is a price book.
#[cfg(feature = "whole")]
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

/// The price book as it was read, with its warnings.
#[wasm_bindgen(js_name = readPriceBook)]
pub fn read_price_book(prices: Vec<u8>, lang: Option<String>, edition: Option<String>) -> Answer {
    #[derive(Serialize)]
    struct Read<'a> {
        #[serde(flatten)]
        book: &'a PriceBook,
        warnings: &'a [BookWarning],
    }
    let book = &Settings::of(lang, edition)?.book(&prices)?;
    let warnings = book.warnings();
    answer(&Read { book, warnings })
}

impl Settings {
    /// Reads the request and its media facts, and asks a question about it.
    fn ask(
        self,
        body: JsValue,
        media: Option<Vec<u8>>,
        question: &dyn Fn(&Job<'_>) -> Answer,
    ) -> Answer {
        let (text, bytes);
        let body = if let Some(given) = body.as_string() {
            text = given;
            Body::from(&text)
        } else if let Some(given) = body.dyn_ref::<Uint8Array>() {
            bytes = given.to_vec();
            Body::from(&bytes)
        } else {
            read(body)
        };
        let mut job = Job::new(body).edition(self.edition);
        // Media facts mean nothing if the body is not an object; then they are not read.
        if let Some(media) = media.filter(|_| job.body().is_object()) {
            Facts::from_slice(&media)
                .and_then(|facts| job.add_facts(facts))
                .map_err(|error| JsError::new(&error.message(self.lang)))?;
        }
        question(&job)
    }
}

/// Reads a value as a body. `js/value.js` passes only values that can be read; any other counts as invalid JSON.
fn read(value: JsValue) -> Body<'static> {
    if value.is_object() && !Array::is_array(&value) {
        let members = Object::keys(value.unchecked_ref::<Object>()).length() as usize;
        let data = Deserializer::from(value.clone());
        if let Some(body) = Body::from_ordinary(data, members) {
            return body;
        }
    }
    Body::from_deserializer(Deserializer::from(value)).unwrap_or_else(|_| Body::from(""))
}
