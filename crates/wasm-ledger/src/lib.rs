//! The ledger for JavaScript: planning jobs, price books, converting requests and measuring videos. The module also has the
//! readers of the API's answers, which are `seedance_wasm`'s.
//!
//! It is a WebAssembly module of its own, so that a page loads it only when needed. Everything crosses as text, bytes, numbers or
//! lists of names. The JavaScript side is `crates/wasm/js/ledger.js`, which decodes files and checks options.

use std::io::Read;

use seedance_batch::numbered_lines;
use seedance_core::{Decimal, Lang, PriceBook};
use seedance_ledger::books::{Catalog, Difference, merge};
use seedance_ledger::jobs::{Carrying, Form, TableJobs};
use seedance_ledger::media;
use seedance_ledger::plan::{Planner, Row, Summary};
use seedance_ledger::problem::{LineError, Problem};
use seedance_ledger::request::{Converted, Foreign, lenient};
use seedance_wasm::{Answer, Settings, answer};
use serde::Serialize;
use serde_json::value::{RawValue, to_raw_value};
use serde_json::{Map, Value};
use wasm_bindgen::prelude::*;

/// What `readJobs` returns beside the jobs.
#[derive(Default, Serialize)]
struct Told {
    /// The names of the columns that are not part of a job.
    columns: Vec<String>,
    /// What may be wrong with them.
    remarks: Vec<String>,
    problems: Vec<Trouble>,
}

/// Why some or all jobs of a file are missing.
#[derive(Serialize)]
struct Trouble {
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    message: String,
}

/// Reads the jobs of a file as NDJSON, up to the first row that cannot be read.
#[wasm_bindgen(js_name = readJobs)]
pub fn read_jobs(
    text: &[u8],
    is_table: bool,
    lang: Option<String>,
    edition: Option<String>,
) -> Answer {
    let by @ Settings { lang, .. } = Settings::of(lang, edition)?;
    let mut told = Told::default();
    let mut lines = Vec::new();
    match Form::of(text, is_table) {
        Ok(Form::Lines) => lines.extend_from_slice(text),
        Ok(Form::Table { delimiter }) => {
            if let Err(error) = rows(text, delimiter, by, &mut lines, &mut told) {
                let message = error.problem.message(lang);
                told.problems.push(Trouble { line: Some(error.line), message });
            }
        }
        Err(not_jobs) => {
            let is = not_jobs.message(lang);
            let message = lang.pick(format!("the file {is}"), format!("该文件{is}"));
            told.problems.push(Trouble { line: None, message });
        }
    }
    let answer = answer(&told)?;
    let lines = js_sys::Uint8Array::from(lines.as_slice());
    js_sys::Reflect::set(&answer, &"ndjson".into(), &lines)
        .map_err(|_| JsError::new("an answer is an object"))?;
    Ok(answer)
}

fn rows(
    text: &[u8],
    delimiter: u8,
    by: Settings,
    lines: &mut Vec<u8>,
    told: &mut Told,
) -> Result<(), LineError> {
    let mut jobs = TableJobs::new(text, delimiter)?;
    told.columns = jobs.carried();
    told.remarks.extend(jobs.remark(by.edition, by.lang));
    match jobs.read_to_end(lines) {
        Ok(_) => Ok(()),
        // Reading from memory fails in no other way.
        Err(error) => error.downcast::<LineError>().map_or(Ok(()), Err),
    }
}

/// Plans jobs; the answer is that of `seedance plan --format json`.
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
    let settings @ Settings { lang, edition } = Settings::of(lang, edition)?;
    let book = settings.book(prices)?;
    let budget = budget.map(|budget| amount(&budget, lang)).transpose()?;
    let planner = Planner::new(edition, &book, &columns, lang);
    let mut summary = Summary::of_nothing(edition, &book, budget, by);
    let mut jobs = Vec::new();
    for (number, line) in numbered_lines(lines) {
        let cells = Carrying::split(line).0.len();
        if cells > 0 && cells != columns.len() {
            return Err(JsError::new(&other_columns(number, cells, columns.len(), lang)));
        }
        let mut row = planner.row(number, line);
        summary.add(&mut row);
        // The caller has the lines; a plan of many jobs need not keep them.
        row.job = Vec::new();
        row.id = row.id.map(exact);
        jobs.push(row);
    }
    answer(&Plan { jobs, summary })
}

/// A job's id such that JavaScript has it as it was written: a number becomes text unless it is a whole one that JavaScript has exactly.
fn exact(id: Box<RawValue>) -> Box<RawValue> {
    const MAX_SAFE_INTEGER: u64 = (1 << 53) - 1;
    let written = id.get();
    let is_exact = |it: i64| it.unsigned_abs() <= MAX_SAFE_INTEGER && it.to_string() == written;
    if written.starts_with('"') || written.parse().is_ok_and(is_exact) {
        return id;
    }
    to_raw_value(written).unwrap_or(id)
}

/// Merges the prices of another book into a price book; the answer is the book and what changed.
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
    let by = Settings::of(lang, edition)?;
    let old = by.book(prices)?;
    let book = needed(merge(&old, &by.book(other)?), by.lang)?;
    let difference = Difference::of(&old, &book);
    answer(&Merged { book, difference })
}

/// Makes a price book from an answer of the public catalogue, and names the entries that are left out, and the names that no
/// route bills under.
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
        name: &'a str,
        message: String,
    }
    let Settings { lang, edition } = Settings::of(lang, edition)?;
    let catalog = needed(Catalog::read(edition, text, as_of.as_deref()), lang)?;
    let left_out =
        catalog.left_out.iter().map(|it| Missing { name: &it.name, message: it.message(lang) });
    answer(&Offer {
        book: &catalog.book,
        left_out: left_out.collect(),
        kept: catalog.kept(),
        remark: Catalog::remark(lang),
    })
}

/// Converts another vendor's request to ours; null if it is in no known vendor's format.
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

/// Reads text that is nearly JSON; null if it cannot be read.
#[wasm_bindgen(js_name = readLenient)]
pub fn read_lenient(text: &str, lang: Option<String>) -> Answer {
    let Settings { lang, .. } = Settings::of(lang, None)?;
    answer(&lenient(text, lang))
}

/// Searches a file for its index: `{ next }` is the offset of the next box, `{ index }` the length to read from the current one.
#[wasm_bindgen(js_name = findIndex)]
pub fn find_index(head: &[u8], at: f64, bytes: f64, lang: Option<String>) -> Answer {
    let Settings { lang, .. } = Settings::of(lang, None)?;
    answer(&needed(media::Search::step(head, at as u64, bytes as u64), lang)?)
}

/// Reads the media facts from a file's index.
#[wasm_bindgen(js_name = measureIndex)]
pub fn measure_index(mut index: &[u8], bytes: f64, lang: Option<String>) -> Answer {
    let Settings { lang, .. } = Settings::of(lang, None)?;
    answer(&needed(media::measure_index(&mut index, bytes as u64), lang)?)
}

/// A result without which there is no answer.
fn needed<T>(result: Result<T, Problem>, lang: Lang) -> Result<T, JsError> {
    result.map_err(|problem| JsError::new(&problem.message(lang)))
}

/// Why lines of `readJobs` cannot be planned without its columns.
fn other_columns(line: u64, cells: usize, columns: usize, lang: Lang) -> String {
    lang.pick(
        format!("line {line}: cells beside the job: {cells}, names in `columns`: {columns}; pass the `columns` that readJobs() gave"),
        format!("第 {line} 行：请求之外有 {cells} 个单元格，`columns` 有 {columns} 个列名；请传入 readJobs() 给出的 `columns`"),
    )
}

fn amount(budget: &str, lang: Lang) -> Result<Decimal, JsError> {
    budget.trim().parse().map_err(|_| {
        JsError::new(&lang.pick(
            format!("`budget` is `{budget}`, it must be a decimal such as `99.50`"),
            format!("`budget` 是 `{budget}`，须为 `99.50` 这样的小数"),
        ))
    })
}
