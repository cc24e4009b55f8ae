//! The ledger for JavaScript: what a page asks beside a verdict. What jobs will cost, price books, requests that are not ours yet,
//! lengths of videos, and answers about accounts and assets.
//!
//! A module of its own, so that a page pays for it only once it asks. Everything crosses as text, its bytes or lists of names.
//! `crates/wasm/js/ledger.js` is the other end: it decodes files and checks options.

use std::io::Read;

use seedance_batch::numbered_lines;
use seedance_core::{Decimal, Edition, Lang, PriceBook};
use seedance_ledger::books::{Catalog, Difference, LeftOut, merge};
use seedance_ledger::jobs::{Form, TableJobs};
use seedance_ledger::media::{self, NotMeasured};
use seedance_ledger::plan::{Planner, Row, Summary};
use seedance_ledger::problem::LineError;
use seedance_ledger::request::{Converted, Foreign, lenient};
use serde::Serialize;
use serde_json::{Map, Value};
use wasm_bindgen::prelude::*;

type Answer = Result<JsValue, JsError>;

/// What stands beside the jobs of a file.
#[derive(Default, Serialize)]
struct Told {
    /// The names of the columns that are no part of a job.
    columns: Vec<String>,
    problems: Vec<Trouble>,
}

/// Why a file's jobs are not all there.
#[derive(Serialize)]
struct Trouble {
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    message: String,
}

/// A file's jobs, one a line, up to the first row that cannot be read.
#[wasm_bindgen(js_name = readJobs)]
pub fn read_jobs(text: &[u8], is_table: bool, lang: Option<String>) -> Answer {
    let lang = language(lang)?;
    let (lines, told) = jobs(text, is_table, lang);
    let answer = answer(&told)?;
    let lines = js_sys::Uint8Array::from(lines.as_slice());
    js_sys::Reflect::set(&answer, &"ndjson".into(), &lines)
        .map_err(|_| JsError::new("an answer is an object"))?;
    Ok(answer)
}

fn jobs(text: &[u8], is_table: bool, lang: Lang) -> (Vec<u8>, Told) {
    let mut lines = Vec::new();
    let mut told = Told::default();
    match Form::of(text, is_table) {
        Ok(Form::Lines) => lines.extend_from_slice(text),
        Ok(Form::Table { delimiter }) => {
            if let Err(error) = rows(text, delimiter, &mut lines, &mut told.columns) {
                told.problems
                    .push(Trouble { line: Some(error.line), message: error.message(lang) });
            }
        }
        Err(not_jobs) => told.problems.push(Trouble {
            line: None,
            message: match lang {
                Lang::Zh => format!("该文件{}", not_jobs.message(lang)),
                _ => format!("the file {}", not_jobs.message(lang)),
            },
        }),
    }
    (lines, told)
}

fn rows(
    text: &[u8],
    delimiter: u8,
    lines: &mut Vec<u8>,
    columns: &mut Vec<String>,
) -> Result<(), LineError> {
    let mut jobs = TableJobs::new(text, delimiter)?;
    *columns = jobs.carried();
    match jobs.read_to_end(lines) {
        Ok(_) => Ok(()),
        // From memory nothing else can fail.
        Err(error) => error.downcast::<LineError>().map_or(Ok(()), Err),
    }
}

/// What the jobs will cost, as `seedance plan --format json` says it.
#[wasm_bindgen]
pub fn plan(
    lines: &[u8],
    prices: &[u8],
    budget: Option<String>,
    columns: Vec<String>,
    by: Option<String>,
    lang: Option<String>,
    edition: Option<String>,
) -> Answer {
    #[derive(Serialize)]
    struct Plan {
        jobs: Vec<Row>,
        summary: Summary,
    }
    let (lang, edition) = (language(lang)?, edition_of(edition)?);
    let book = book(prices, edition, lang)?;
    let budget = budget.map(|budget| amount(&budget, lang)).transpose()?;
    let planner = Planner::new(edition, &book, &columns, lang);
    let mut summary = Summary::of_nothing(&book, budget, by);
    let rows = numbered_lines(lines).map(|(number, line)| {
        let mut row = planner.row(number, line);
        summary.add(&mut row);
        // Whoever asks has the lines.
        row.job = Vec::new();
        row
    });
    let jobs = rows.collect();
    answer(&Plan { jobs, summary })
}

/// What a price book becomes when another's prices are taken into it, and what that changes.
#[wasm_bindgen(js_name = mergePriceBooks)]
pub fn merge_price_books(
    prices: &[u8],
    other: &[u8],
    lang: Option<String>,
    edition: Option<String>,
) -> Answer {
    #[derive(Serialize)]
    struct Merged {
        book: PriceBook,
        #[serde(flatten)]
        difference: Difference,
    }
    let (lang, edition) = (language(lang)?, edition_of(edition)?);
    let old = book(prices, edition, lang)?;
    let book = merge(&old, &book(other, edition, lang)?)
        .map_err(|error| JsError::new(&error.message(lang)))?;
    let difference = Difference::of(&old, &book);
    answer(&Merged { book, difference })
}

/// The public catalogue's prices, and the names among them that no route of the edition bills under.
#[wasm_bindgen(js_name = readCatalog)]
pub fn read_catalog(
    text: &[u8],
    as_of: Option<String>,
    lang: Option<String>,
    edition: Option<String>,
) -> Answer {
    #[derive(Serialize)]
    struct Offer<'a> {
        book: &'a PriceBook,
        left_out: Vec<Missing<'a>>,
        kept: Vec<&'a str>,
        remark: &'static str,
    }
    #[derive(Serialize)]
    struct Missing<'a> {
        #[serde(flatten)]
        left_out: &'a LeftOut,
        message: String,
    }
    let (lang, edition) = (language(lang)?, edition_of(edition)?);
    let catalog = Catalog::read(edition, text, as_of.as_deref())
        .map_err(|error| JsError::new(&error.message(lang)))?;
    let left_out = catalog
        .left_out
        .iter()
        .map(|left_out| Missing { left_out, message: left_out.message(lang) });
    answer(&Offer {
        book: &catalog.book,
        left_out: left_out.collect(),
        kept: catalog.kept(),
        remark: Catalog::remark(lang),
    })
}

/// A request of ours made of another vendor's; null where it has neither's shape.
#[wasm_bindgen(js_name = convertForeign)]
pub fn convert_foreign(body: &[u8]) -> Answer {
    #[derive(Serialize)]
    struct Ours {
        vendor: &'static str,
        request: Map<String, Value>,
        left_out: Vec<String>,
    }
    let body: Option<Map<String, Value>> = serde_json::from_slice(body).ok();
    let ours = body.and_then(|body| {
        let foreign = Foreign::of(&body)?;
        let Converted { request, left_out } = foreign.convert(body);
        Some(Ours { vendor: foreign.name(), request, left_out })
    });
    answer(&ours)
}

/// What is nearly JSON, as it was meant; null where it cannot be read so either.
#[wasm_bindgen(js_name = readLenient)]
pub fn read_lenient(text: &str, lang: Option<String>) -> Answer {
    answer(&lenient(text, language(lang)?))
}

/// Where in a file of so many bytes to look on for its index: `{ next }`, or `{ index }`, its length.
#[wasm_bindgen(js_name = findIndex)]
pub fn find_index(head: &[u8], at: f64, bytes: f64, lang: Option<String>) -> Answer {
    let lang = language(lang)?;
    answer(&measured(media::Search::step(head, at as u64, bytes as u64), lang)?)
}

/// What a file's index tells of it.
#[wasm_bindgen(js_name = measureIndex)]
pub fn measure_index(mut index: &[u8], bytes: f64, lang: Option<String>) -> Answer {
    let lang = language(lang)?;
    answer(&measured(media::measure_index(&mut index, bytes as u64), lang)?)
}

fn measured<T>(measured: Result<T, NotMeasured>, lang: Lang) -> Result<T, JsError> {
    measured.map_err(|error| JsError::new(&error.message(lang)))
}

/// What an account has.
#[wasm_bindgen(js_name = readAccountBalance)]
pub fn read_account_balance(text: &[u8], http_status: Option<u16>) -> Answer {
    answer(&seedance_core::read_account_balance(text, http_status))
}

/// What a key may use.
#[wasm_bindgen(js_name = readKeyBalance)]
pub fn read_key_balance(text: &[u8], http_status: Option<u16>) -> Answer {
    answer(&seedance_core::read_key_balance(text, http_status))
}

/// Where an uploaded file is.
#[wasm_bindgen(js_name = readUpload)]
pub fn read_upload(text: &[u8], http_status: Option<u16>) -> Answer {
    answer(&seedance_core::assets::read_upload(text, http_status))
}

/// How far assets are.
#[wasm_bindgen(js_name = readAssets)]
pub fn read_assets(text: &[u8], http_status: Option<u16>) -> Answer {
    answer(&seedance_core::assets::read_assets(text, http_status))
}

/// The memory that all this takes place in, so that its size can be watched.
#[wasm_bindgen(js_name = coreMemory)]
pub fn core_memory() -> JsValue {
    wasm_bindgen::memory()
}

fn language(name: Option<String>) -> Result<Lang, JsError> {
    name.map_or(Ok(Lang::default()), |name| Ok(name.parse()?))
}

fn edition_of(name: Option<String>) -> Result<Edition, JsError> {
    Ok(name.map_or(Ok(Edition::default()), |name| name.parse())?)
}

fn book(prices: &[u8], edition: Edition, lang: Lang) -> Result<PriceBook, JsError> {
    PriceBook::from_slice_for(edition, prices).map_err(|error| JsError::new(&error.message(lang)))
}

fn amount(budget: &str, lang: Lang) -> Result<Decimal, JsError> {
    budget.trim().parse().map_err(|_| {
        JsError::new(&match lang {
            Lang::Zh => format!("`budget` 是 `{budget}`，须为 `99.50` 这样的小数"),
            _ => format!("`budget` is `{budget}`, it must be a decimal such as `99.50`"),
        })
    })
}

fn answer(answer: &impl Serialize) -> Answer {
    let text = serde_json::to_string(answer)?;
    js_sys::JSON::parse(&text).map_err(|_| JsError::new("an answer is JSON"))
}
