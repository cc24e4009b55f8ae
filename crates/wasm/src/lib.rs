//! The core for JavaScript: functions that take and return plain data.
//!
//! Each of the package's modules is built with the features that it needs: what a page loads before its first report has only
//! `judging`. Prices, media facts and answers are small and passed as bytes of JSON text, so that errors name the place and are
//! in the caller's language. What is returned is written by serde_json, because serde-wasm-bindgen cannot write the values of
//! unknown fields, and parsed by the JavaScript engine. `js` is the other side: it checks options and passes only plain data.

#[cfg(feature = "accounts")]
mod accounts;
#[cfg(feature = "answers")]
mod answers;
#[cfg(feature = "whole")]
mod batch;
#[cfg(feature = "judging")]
mod judging;

use seedance_core::{Edition, Lang, PriceBook};
use serde::Serialize;
use wasm_bindgen::prelude::*;

/// A smaller allocator than the standard library's, which needs no more time or memory.
#[global_allocator]
static ALLOCATOR: rlsf::GlobalTlsf = rlsf::GlobalTlsf::new();

/// What is returned to JavaScript.
pub type Answer = Result<JsValue, JsError>;

/// The module's memory, so that its size can be watched.
#[wasm_bindgen(js_name = coreMemory)]
pub fn core_memory() -> JsValue {
    wasm_bindgen::memory()
}

/// In which language and by which edition a question is answered.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// The language of messages.
    pub lang: Lang,
    /// The edition of the rules.
    pub edition: Edition,
}

impl Settings {
    /// Parses their names. Defaults are English and the default edition.
    ///
    /// # Errors
    /// If there is no such language or edition.
    pub fn of(lang: Option<String>, edition: Option<String>) -> Result<Self, JsError> {
        let lang = lang.map_or(Ok(Lang::default()), |name| name.parse())?;
        let edition = edition.map_or(Ok(Edition::default()), |name| name.parse())?;
        Ok(Self { lang, edition })
    }

    /// Reads a price book.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn book(self, prices: &[u8]) -> Result<PriceBook, JsError> {
        PriceBook::from_slice_for(self.edition, prices)
            .map_err(|error| JsError::new(&error.message(self.lang)))
    }
}

/// Writes an answer, and has JavaScript parse it.
///
/// # Errors
/// None: every answer can be written as JSON.
pub fn answer(answer: &impl Serialize) -> Answer {
    let text = serde_json::to_string(answer)?;
    js_sys::JSON::parse(&text).map_err(|_| JsError::new("an answer is JSON"))
}
