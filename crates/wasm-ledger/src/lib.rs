//! The ledger for JavaScript: what a batch of jobs will cost, for pages that show one.
//!
//! A module of its own, so that a page pays for it only once it has a batch. Everything crosses as text, its bytes or lists of
//! names. `crates/wasm/js/ledger.js` is the other end: it decodes files and checks options.

use std::io::Read;

use seedance_batch::numbered_lines;
use seedance_core::{Decimal, Edition, Lang, PriceBook};
use seedance_ledger::jobs::{Form, TableJobs};
use seedance_ledger::plan::{Planner, Row, Summary};
use seedance_ledger::problem::LineError;
use serde::Serialize;
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
                told.problems.push(Trouble {
                    line: Some(error.line),
                    message: error.problem.message(lang),
                });
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
    *columns = jobs.carried()?;
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
    let lang = language(lang)?;
    let edition = edition.map_or(Ok(Edition::default()), |name| name.parse())?;
    let book = PriceBook::from_slice_for(edition, prices)
        .map_err(|error| JsError::new(&error.message(lang)))?;
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

/// The memory that all this takes place in, so that its size can be watched.
#[wasm_bindgen(js_name = coreMemory)]
pub fn core_memory() -> JsValue {
    wasm_bindgen::memory()
}

fn language(name: Option<String>) -> Result<Lang, JsError> {
    name.map_or(Ok(Lang::default()), |name| Ok(name.parse()?))
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
