//! The core for JavaScript: free functions over plain data, nothing to free.
//!
//! Arguments come on a tape (`tape`) and answers go as JSON text, in memory that is kept from call to call (`exchange`);
//! `pkg/core.js` is the other end. Every function takes the sizes of what lies there, and returns whether the answer is one or a sentence to throw.

mod arguments;
mod exchange;
pub mod tape;

use seedance_batch::{Answering, Question, Tally};
use seedance_core::{CreateAnswer, Job, Lang, TaskAnswer};
use seedance_json::write;
use wasm_bindgen::prelude::wasm_bindgen;

use exchange::{Places, call};

/// Makes room for a call's arguments and tells where everything is; null when there is no more memory.
#[wasm_bindgen]
pub fn reserve(words: usize, bytes: usize) -> *const Places {
    exchange::reserve(words, bytes)
}

/// Gives back what a large call took.
#[wasm_bindgen]
pub fn release() {
    exchange::release();
}

/// Body, language, media facts: a report.
#[wasm_bindgen]
pub fn check(words: usize, bytes: usize, units: usize, documents: usize) -> bool {
    call([words, bytes, units, documents], |from, out| {
        let body = arguments::body(from)?;
        let lang = arguments::lang(from)?;
        let facts = arguments::facts(from, &body)?;
        Ok(write(out, &Job::new(body).with_facts(facts)?.check(lang))?)
    })
}

/// Body, language, prices, media facts: a quote.
#[wasm_bindgen]
pub fn quote(words: usize, bytes: usize, units: usize, documents: usize) -> bool {
    call([words, bytes, units, documents], |from, out| {
        let body = arguments::body(from)?;
        let lang = arguments::lang(from)?;
        let book = arguments::required_prices(from)?;
        let facts = arguments::facts(from, &body)?;
        Ok(write(
            out,
            &Job::new(body).with_facts(facts)?.quote(&book, lang),
        )?)
    })
}

/// Body, language, prices, media facts: what each model makes of it.
#[wasm_bindgen]
pub fn compare(words: usize, bytes: usize, units: usize, documents: usize) -> bool {
    call([words, bytes, units, documents], |from, out| {
        let body = arguments::body(from)?;
        let lang = arguments::lang(from)?;
        let book = arguments::prices(from)?;
        let facts = arguments::facts(from, &body)?;
        Ok(write(
            out,
            &Job::new(body)
                .with_facts(facts)?
                .compare(book.as_ref(), lang),
        )?)
    })
}

/// One job a line, language: one report a line.
#[wasm_bindgen]
pub fn check_ndjson(words: usize, bytes: usize, units: usize, documents: usize) -> bool {
    call([words, bytes, units, documents], |from, out| {
        let lines = arguments::document(from)?.unwrap_or_default();
        let lang = arguments::lang(from)?;
        answer_lines(lines, Question::Check, lang, out);
        Ok(())
    })
}

/// One job a line, language, prices: one quote a line.
#[wasm_bindgen]
pub fn quote_ndjson(words: usize, bytes: usize, units: usize, documents: usize) -> bool {
    call([words, bytes, units, documents], |from, out| {
        let lines = arguments::document(from)?.unwrap_or_default();
        let lang = arguments::lang(from)?;
        let book = arguments::required_prices(from)?;
        answer_lines(lines, Question::Quote(&book), lang, out);
        Ok(())
    })
}

fn answer_lines(lines: &[u8], question: Question<'_>, lang: Lang, out: &mut String) {
    let tally = &mut Tally::default();
    Answering {
        question,
        lang,
        out,
        tally,
    }
    .lines(lines, 1);
}

/// Prices: the book as it was read, with its warnings.
#[wasm_bindgen]
pub fn read_price_book(words: usize, bytes: usize, units: usize, documents: usize) -> bool {
    call([words, bytes, units, documents], |from, out| {
        let book = arguments::required_prices(from)?;
        write(out, &book)?;
        // What is odd about it, as one more member.
        out.pop();
        out.push_str(",\"warnings\":");
        write(out, book.warnings())?;
        out.push('}');
        Ok(())
    })
}

/// HTTP status, the answer to a create: what it says.
#[wasm_bindgen]
pub fn read_create_answer(words: usize, bytes: usize, units: usize, documents: usize) -> bool {
    call([words, bytes, units, documents], |from, out| {
        let (status, text) = arguments::answer(from)?;
        Ok(write(out, &CreateAnswer::from_text(text, status))?)
    })
}

/// HTTP status, the answer about a task: what it says.
#[wasm_bindgen]
pub fn read_task_answer(words: usize, bytes: usize, units: usize, documents: usize) -> bool {
    call([words, bytes, units, documents], |from, out| {
        let (status, text) = arguments::answer(from)?;
        Ok(write(out, &TaskAnswer::from_text(text, status))?)
    })
}
