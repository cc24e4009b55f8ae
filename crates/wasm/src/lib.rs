//! The core for JavaScript: functions over plain data, nothing to free.
//!
//! Arguments come and answers go on a tape (`tape`), in memory that is kept from call to call (`exchange`); `js/exchange.js` is the
//! other end.

mod answer;
mod arguments;
mod exchange;
mod region;
pub mod tape;

use seedance_batch::{Answering, Question, Tally};
use seedance_core::{CreateAnswer, Job, TaskAnswer};
use seedance_json::{Nest, Sink};
use wasm_bindgen::prelude::wasm_bindgen;

use answer::Answer;
use exchange::{Places, Refusal};
use tape::Reader;

/// What the package can be asked, by the number that `js/exchange.js` has for it.
const FUNCTIONS: [Function; 8] = [
    check,
    quote,
    compare,
    check_ndjson,
    quote_ndjson,
    read_price_book,
    read_create_answer,
    read_task_answer,
];

/// Reads its arguments and writes its answer.
type Function = fn(&mut Reader<'_>, Answer<'_>) -> Result<(), Refusal>;

/// Makes room for a call's arguments and tells where everything is. Where there is no more memory, here as in a call, it ends.
#[wasm_bindgen]
pub fn reserve(words: usize, bytes: usize) -> *const Places {
    exchange::reserve(words, bytes)
}

/// Runs a function on arguments of these sizes. Returns whether it has an answer; otherwise what it wrote is a sentence to
/// throw.
#[wasm_bindgen]
pub fn call(function: usize, words: usize, bytes: usize, units: usize, documents: usize) -> bool {
    FUNCTIONS
        .get(function)
        .is_some_and(|function| exchange::call([words, bytes, units, documents], *function))
}

/// Body, language, no prices, media facts: a report.
fn check(from: &mut Reader<'_>, answer: Answer<'_>) -> Result<(), Refusal> {
    judge(from, answer, Wanted::Report)
}

/// Body, language, prices, media facts: a quote.
fn quote(from: &mut Reader<'_>, answer: Answer<'_>) -> Result<(), Refusal> {
    judge(from, answer, Wanted::Quote)
}

/// Body, language, prices or none, media facts: what each model makes of it.
fn compare(from: &mut Reader<'_>, answer: Answer<'_>) -> Result<(), Refusal> {
    judge(from, answer, Wanted::Comparison)
}

enum Wanted {
    Report,
    Quote,
    Comparison,
}

/// The one place in which a job is read, so that it need not be moved to where it is judged.
fn judge(from: &mut Reader<'_>, answer: Answer<'_>, wanted: Wanted) -> Result<(), Refusal> {
    let is_value = !from.holds_document();
    let mut job = Job::new(arguments::body(from));
    let lang = arguments::lang(from)?;
    let prices = arguments::prices(from)?;
    if let Some(facts) = arguments::facts(from, &job)? {
        job.add_facts(facts)?;
    }
    let tape = &mut answer.tape();
    match wanted {
        Wanted::Report => tape.report(job.check(lang), is_value),
        Wanted::Quote => tape.answer(&job.quote(&arguments::given(prices)?, lang)),
        Wanted::Comparison => tape.answer(&job.compare(prices.as_ref(), lang)),
    }
    Ok(())
}

/// One job a line, language, number of the first line: one report a line, and beside them the number of the next line and how many
/// bytes were answered.
fn check_ndjson(from: &mut Reader<'_>, answer: Answer<'_>) -> Result<(), Refusal> {
    answer_lines(from, answer, false)
}

/// One job a line, language, number of the first line, prices: the same with quotes.
fn quote_ndjson(from: &mut Reader<'_>, answer: Answer<'_>) -> Result<(), Refusal> {
    answer_lines(from, answer, true)
}

/// So much memory may lines take, then JavaScript calls again for the others.
const BATCH_BYTES: usize = 1 << 19;

fn answer_lines(from: &mut Reader<'_>, answer: Answer<'_>, priced: bool) -> Result<(), Refusal> {
    let lines = from.document().unwrap_or_default();
    let lang = arguments::lang(from)?;
    let first = arguments::number(from).unwrap_or(1);
    let prices;
    let question = if priced {
        prices = arguments::given(arguments::prices(from)?)?;
        Question::Quote(&prices)
    } else {
        Question::Check
    };
    let (mut out, beside) = answer.json();
    let tally = &mut Tally::default();
    let start = region::end();
    let (next, bytes) =
        Answering::new(question, lang, &mut out, tally)
            .lines_while(lines, first.into(), &|| region::end() - start < BATCH_BYTES);
    let next = u32::try_from(next).ok();
    beside.push(next.ok_or(Refusal::new("more lines than can be numbered"))?);
    beside.push(bytes as u32);
    Ok(())
}

/// Prices: the book as it was read, with its warnings.
fn read_price_book(from: &mut Reader<'_>, answer: Answer<'_>) -> Result<(), Refusal> {
    let book = arguments::given(arguments::prices(from)?)?;
    let mut tape = answer.tape();
    tape.answer(&book);
    // What is odd about it, as one more member.
    tape.reopen();
    tape.word("warnings");
    tape.answer(book.warnings());
    tape.end(Nest::Object);
    Ok(())
}

/// HTTP status, the answer to a create: what it says.
fn read_create_answer(from: &mut Reader<'_>, answer: Answer<'_>) -> Result<(), Refusal> {
    let (status, text) = arguments::answer(from);
    let mut tape = answer.tape();
    tape.answer(&CreateAnswer::from_text(text, status));
    Ok(())
}

/// HTTP status, the answer about a task: what it says.
fn read_task_answer(from: &mut Reader<'_>, answer: Answer<'_>) -> Result<(), Refusal> {
    let (status, text) = arguments::answer(from);
    let mut tape = answer.tape();
    tape.answer(&TaskAnswer::from_text(text, status));
    Ok(())
}
