//! Runs one hot path a number of times, so that `cargo xtask bench` can count its instructions.
//!
//! Usage: `hot_paths PATH TIMES`. The request is `examples/mini-video.json`, as in the core's benchmark.

use std::hint::black_box;

use seedance_batch::{Answering, Question, Tally};
use seedance_core::{Edition, Job, Lang, PriceBook, Request};

const TEXT: &[u8] = include_bytes!("../../../examples/mini-video.json");
const BOOK: &[u8] = include_bytes!("../../../examples/prices.json");

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [path, times] = words.as_slice() else {
        return Err(
            "use: hot_paths typed-check|text-check|text-quote|batch-check|batch-quote TIMES".into(),
        );
    };
    let (request, book): (Request, _) =
        (serde_json::from_slice(TEXT)?, PriceBook::from_slice(BOOK)?);
    let times: u32 = times.parse()?;
    let question = match path.as_str() {
        "batch-check" => Some(Question::Check),
        "batch-quote" => Some(Question::Quote(&book)),
        _ => None,
    };
    if let Some(question) = question {
        let line = serde_json::to_string(&request)? + "\n";
        batch(&line.repeat(times as usize), question);
        return Ok(());
    }
    for _ in 0..times {
        match path.as_str() {
            "typed-check" => drop(black_box(Job::new(black_box(&request)).check(Lang::En))),
            "text-check" => drop(black_box(Job::new(black_box(TEXT)).check(Lang::En))),
            "text-quote" => {
                drop(black_box(Job::new(black_box(TEXT)).check_and_quote(&book, Lang::En)))
            }
            _ => return Err(format!("there is no path `{path}`").into()),
        }
    }
    Ok(())
}

fn batch(lines: &str, question: Question<'_>) {
    let (mut out, mut tally) = (Vec::with_capacity(4 * lines.len()), Tally::default());
    let answering = Answering { edition: Edition::default(), question, lang: Lang::En };
    answering.lines(black_box(lines).as_bytes(), 1, &mut out, &mut tally);
    black_box(out);
}
