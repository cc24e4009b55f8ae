//! Many jobs, one a line: every core works, the answers come in order, and memory does not grow.

mod chunks;
mod ordered;
mod progress;

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use seedance_batch::{Answering, Tally, numbered_lines};
use seedance_core::PriceBook;
use seedance_ledger::ids::{self, Ids};
use seedance_ledger::jobs::Carrying;
use seedance_ledger::request::{Extent, Mending};

pub use self::ordered::in_order;
use crate::args::{Format, Global};
use crate::failure::Failure;
use crate::input::{self, Jobs};
use crate::output;

/// What is asked about every job.
#[derive(Clone, Copy)]
pub enum Question<'a> {
    Check,
    Quote(&'a PriceBook),
    /// To be checked again when its errors are fixed.
    Mend(Extent),
}

/// The answers to a piece of the stream.
#[derive(Default)]
struct Answered {
    out: Vec<u8>,
    tally: Tally,
    /// Those of jobs that are priced, by their lines: charges come by id.
    ids: Vec<(u64, String)>,
}

impl Answered {
    /// Answers lines, each with what its row carries along.
    fn lines(
        &mut self,
        piece: &[u8],
        first_line: u64,
        question: Question<'_>,
        carried: &[String],
        global: Global,
    ) {
        if carried.is_empty() {
            return self.jobs(piece, first_line, question, global);
        }
        for (at, line) in numbered_lines(piece) {
            let carrying: Result<Carrying<'_>, _> = serde_json::from_slice(line);
            let (cells, job) =
                carrying.map_or((Vec::new(), line), |it| (it.carried, it.job.get().as_bytes()));
            self.jobs(job, first_line - 1 + at, question, global);
            let cells: BTreeMap<&String, String> = carried.iter().zip(cells).collect();
            // Behind the answer's last member.
            self.out.truncate(self.out.len().saturating_sub("}\n".len()));
            let _ = writeln!(
                self.out,
                ",\"carried\":{}}}",
                serde_json::to_string(&cells).unwrap_or_default()
            );
        }
    }

    fn jobs(&mut self, piece: &[u8], first_line: u64, question: Question<'_>, global: Global) {
        use seedance_batch::Question::{Check, Quote};
        let Global { edition, lang, .. } = global;
        let question = match question {
            Question::Check => Check,
            Question::Quote(book) => Quote(book),
            Question::Mend(extent) => {
                let mending = Mending { edition, extent, lang };
                for (at, line) in numbered_lines(piece) {
                    let Some(mended) = mending.line(line, first_line - 1 + at) else {
                        continue;
                    };
                    mended.count(&mut self.tally);
                    let _ = serde_json::to_writer(&mut self.out, &mended);
                    self.out.push(b'\n');
                }
                return;
            }
        };
        Answering::new(edition, question, lang, &mut self.out, &mut self.tally)
            .lines(piece, first_line);
    }
}

/// Answers every job of the file on standard output; tells whether every one was accepted or priced.
pub fn run(
    file: Option<&Path>,
    question: Question<'_>,
    quiet: bool,
    global: Global,
) -> Result<bool, Failure> {
    let lang = global.lang;
    let Jobs { stream, carried } = input::open_jobs(file, lang)?;
    let mut output = output::Json::new();
    let mut total = Tally::default();
    let mut seen = Ids::default();
    let answer = |piece: &[u8], first_line: u64, answered: &mut Answered| {
        answered.out.clear();
        answered.tally = Tally::default();
        answered.lines(piece, first_line, question, &carried, global);
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
    let book = match question {
        Question::Quote(book) => Some(book),
        Question::Check | Question::Mend(_) => None,
    };
    for repeated in seen.repeated() {
        match global.format {
            Format::Json => output::note_json(&BTreeMap::from([("repeated_id", repeated)])),
            Format::Human => output::warn(&repeated.message(lang), lang),
        }
    }
    if !quiet {
        match (global.format, book.map(PriceBook::currency)) {
            (Format::Json, currency) => output::note_json(&total.in_numbers(currency)),
            (Format::Human, Some(currency)) => output::note(&total.quoted(currency, lang)),
            (Format::Human, None) => output::note(&total.checked(lang)),
        }
    }
    Ok(total.is_clean())
}
