//! The core for JavaScript: functions over plain data, nothing to free.
//!
//! A body crosses as a value (serde-wasm-bindgen), as JSON text or as its bytes. What stands beside it (prices, media facts) is
//! small and crosses as the bytes of JSON text, so that an error names the place and speaks the caller's language. Answers are
//! written by serde_json, which alone can write the values of unknown fields, and parsed by the engine. `js/index.js` is the other
//! end: it checks options and gives only plain data.

mod body;

use seedance_batch::{Answering, Question, Tally};
use seedance_core::{BookWarning, Edition, Facts, Job, Lang, PriceBook, Quote, Report};
use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::body::Given;

/// Smaller than the standard library's, and it takes no more time or memory.
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
    let (given, by) = (Given::from(body), Settings::of(lang, edition)?);
    let job = by.job(&given, media)?;
    answer(&job.check(by.lang))
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
    let (given, by) = (Given::from(body), Settings::of(lang, edition)?);
    let book = by.book(&prices)?;
    let job = by.job(&given, media)?;
    answer(&job.quote(&book, by.lang))
}

/// Both answers from one look at the request, in one crossing.
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
    let (given, by) = (Given::from(body), Settings::of(lang, edition)?);
    let book = by.book(&prices)?;
    let job = by.job(&given, media)?;
    let (report, quote) = job.check_and_quote(&book, by.lang);
    answer(&Judgement { report, quote })
}

/// The request on every model.
#[wasm_bindgen]
pub fn compare(
    body: JsValue,
    prices: Option<Vec<u8>>,
    lang: Option<String>,
    edition: Option<String>,
    media: Option<Vec<u8>>,
) -> Answer {
    let (given, by) = (Given::from(body), Settings::of(lang, edition)?);
    let book = prices.map(|prices| by.book(&prices)).transpose()?;
    let job = by.job(&given, media)?;
    answer(&job.compare(book.as_ref(), by.lang))
}

/// The price book as it was read, with what is odd about it.
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

/// What the answer to a create says, which came with this HTTP status.
#[wasm_bindgen(js_name = readCreateAnswer)]
pub fn read_create_answer(text: Vec<u8>, http_status: Option<u16>) -> Answer {
    answer(&seedance_core::read_create_answer(&text, http_status))
}

/// What the answer about a task says, which came with this HTTP status.
#[wasm_bindgen(js_name = readTaskAnswer)]
pub fn read_task_answer(text: Vec<u8>, http_status: Option<u16>) -> Answer {
    answer(&seedance_core::read_task_answer(&text, http_status))
}

/// A batch that is answered piece by piece, so that memory holds no more than one of them.
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

    /// Answers whole lines; only the last piece may lack its line feed.
    pub fn answer(&mut self, piece: &[u8]) -> Vec<u8> {
        let question = self.book.as_ref().map_or(Question::Check, Question::Quote);
        let mut out = Vec::with_capacity(2 * piece.len());
        let tally = &mut Tally::default();
        let Settings { lang, edition } = self.by;
        let mut answering = Answering::new(edition, question, lang, &mut out, tally);
        self.line = answering.lines(piece, self.line);
        out
    }
}

/// The memory that all this takes place in, so that its size can be watched.
#[wasm_bindgen(js_name = coreMemory)]
pub fn core_memory() -> JsValue {
    wasm_bindgen::memory()
}

/// In which language to speak, and by which edition to judge.
#[derive(Clone, Copy, Debug)]
struct Settings {
    lang: Lang,
    edition: Edition,
}

impl Settings {
    /// By their names; English and the default edition where there are none.
    fn of(lang: Option<String>, edition: Option<String>) -> Result<Self, JsError> {
        let lang = lang.map_or(Ok(Lang::default()), |name| name.parse())?;
        let edition = edition.map_or(Ok(Edition::default()), |name| name.parse())?;
        Ok(Self { lang, edition })
    }

    fn book(self, prices: &[u8]) -> Result<PriceBook, JsError> {
        PriceBook::from_slice_for(self.edition, prices)
            .map_err(|error| JsError::new(&error.message(self.lang)))
    }

    /// Media facts have no meaning beside a body that is no object, and are then not looked at.
    fn job(self, given: &Given, media: Option<Vec<u8>>) -> Result<Job<'_>, JsError> {
        let mut job = Job::new(given.body()).edition(self.edition);
        if let Some(media) = media.filter(|_| job.body().is_object()) {
            Facts::from_slice(&media)
                .and_then(|facts| job.add_facts(facts))
                .map_err(|error| JsError::new(&error.message(self.lang)))?;
        }
        Ok(job)
    }
}

fn answer(answer: &impl Serialize) -> Answer {
    let text = serde_json::to_string(answer)?;
    js_sys::JSON::parse(&text).map_err(|_| JsError::new("an answer is JSON"))
}
