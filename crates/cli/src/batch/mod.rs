//! Many jobs, one a line: every core works, the answers come in order, and memory does not grow.

mod chunks;
mod ordered;
mod progress;

use std::io::Write;

pub use seedance_batch::Question;
use seedance_batch::{Answering, Tally};
use seedance_core::{Edition, Lang};
use seedance_ledger::ids::{self, Ids};

pub use self::ordered::in_order;
use crate::failure::Failure;
use crate::input::Stream;
use crate::output;

/// The answers to a piece of the stream.
#[derive(Default)]
struct Answered {
    out: Vec<u8>,
    tally: Tally,
    /// Those of jobs that are priced, by their lines: charges come by id.
    ids: Vec<(u64, String)>,
}

/// Answers every line of the stream on standard output; tells whether every line was accepted or priced.
pub fn run(
    stream: Stream,
    question: Question<'_>,
    quiet: bool,
    lang: Lang,
) -> Result<bool, Failure> {
    let mut output = output::Json::new();
    let mut total = Tally::default();
    let mut seen = Ids::default();
    let answer = |piece: &[u8], first_line: u64, answered: &mut Answered| {
        answered.out.clear();
        answered.tally = Tally::default();
        Answering::new(
            Edition::default(),
            question,
            lang,
            &mut answered.out,
            &mut answered.tally,
        )
        .lines(piece, first_line);
        if matches!(question, Question::Quote(_)) {
            answered.ids.clear();
            answered.ids.extend(
                str::from_utf8(&answered.out)
                    .unwrap_or_default()
                    .lines()
                    .filter_map(ids::of_answer),
            );
        }
    };
    in_order(stream, quiet, lang, answer, |answered: &mut Answered| {
        total.add(&answered.tally);
        for (line, id) in &answered.ids {
            seen.add(id, *line);
        }
        output
            .write_all(&answered.out)
            .and_then(|()| output.flush())
            .map_err(|error| Failure::writing(lang, &error))
    })?;
    for repeated in seen.repeated() {
        output::warn(&repeated.message(lang), lang);
    }
    if !quiet {
        let totals = match question {
            Question::Check => total.checked(lang),
            Question::Quote(book) => total.quoted(book.currency(), lang),
        };
        output::note(&totals);
    }
    Ok(total.is_clean())
}
