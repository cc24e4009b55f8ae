//! The core for JavaScript: functions that take and return plain data.
//!
//! A body is passed as a value (serde-wasm-bindgen), as JSON text or as its bytes. Prices and media facts are small and passed
//! as bytes of JSON text, so that errors name the place and are in the caller's language. Answers are written by serde_json,
//! because serde-wasm-bindgen cannot write the values of unknown fields, and parsed by the JavaScript engine. `js/index.js` is
//! the other side: it checks options and passes only plain data.

use js_sys::{Array, Object, Uint8Array};
use seedance_batch::{Answering, Question, Tally};
use seedance_core::{Body, BookWarning, Edition, Facts, Job, Lang, PriceBook, Quote, Report};
use serde::Serialize;
use serde_wasm_bindgen::Deserializer;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;

/// A smaller allocator than the standard library's, which needs no more time or memory.
#[global_allocator]
static ALLOCATOR: rlsf::GlobalTlsf = rlsf::GlobalTlsf::new();

type Answer = Result<JsValue, JsError>;

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

/// Reads the API's answer to the creation of a task, which came with this HTTP status.
#[wasm_bindgen(js_name = readCreateAnswer)]
pub fn read_create_answer(text: Vec<u8>, http_status: Option<u16>) -> Answer {
    answer(&seedance_core::read_create_answer(&text, http_status))
}

/// Reads the API's answer about a task, which came with this HTTP status.
#[wasm_bindgen(js_name = readTaskAnswer)]
pub fn read_task_answer(text: Vec<u8>, http_status: Option<u16>) -> Answer {
    answer(&seedance_core::read_task_answer(&text, http_status))
}

/// A batch that is answered in pieces, so that only one of them is in memory.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Batch {
    book: Option<PriceBook>,
    by: Settings,
    /// The number of the first line of the next piece.
    line: u64,
}

#[wasm_bindgen]
impl Batch {
    /// Asks what each line costs, or, without prices, whether it would be accepted.
    #[wasm_bindgen(constructor)]
    pub fn new(
        prices: Option<Vec<u8>>,
        lang: Option<String>,
        edition: Option<String>,
    ) -> Result<Batch, JsError> {
        let by = Settings::of(lang, edition)?;
        let book = prices.map(|prices| by.book(&prices)).transpose()?;
        Ok(Self { book, by, line: 1 })
    }

    /// Answers a piece of whole lines. Only the last piece may lack its line feed.
    pub fn answer(&mut self, piece: &[u8]) -> Vec<u8> {
        let question = self.book.as_ref().map_or(Question::Check, Question::Quote);
        let mut out = Vec::with_capacity(2 * piece.len());
        let Settings { lang, edition } = self.by;
        let answering = Answering { edition, question, lang };
        self.line = answering.lines(piece, self.line, &mut out, &mut Tally::default());
        out
    }
}

/// The module's memory, so that its size can be watched.
#[wasm_bindgen(js_name = coreMemory)]
pub fn core_memory() -> JsValue {
    wasm_bindgen::memory()
}

/// The language of messages, and the edition of the rules.
#[derive(Clone, Copy, Debug)]
struct Settings {
    lang: Lang,
    edition: Edition,
}

impl Settings {
    /// Parses their names. Defaults are English and the default edition.
    fn of(lang: Option<String>, edition: Option<String>) -> Result<Self, JsError> {
        let lang = lang.map_or(Ok(Lang::default()), |name| name.parse())?;
        let edition = edition.map_or(Ok(Edition::default()), |name| name.parse())?;
        Ok(Self { lang, edition })
    }

    fn book(self, prices: &[u8]) -> Result<PriceBook, JsError> {
        PriceBook::from_slice_for(self.edition, prices)
            .map_err(|error| JsError::new(&error.message(self.lang)))
    }

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

fn answer(answer: &impl Serialize) -> Answer {
    let text = serde_json::to_string(answer)?;
    js_sys::JSON::parse(&text).map_err(|_| JsError::new("an answer is JSON"))
}
