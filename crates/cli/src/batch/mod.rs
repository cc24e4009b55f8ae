//! Answers many jobs, one per line, on every core and in order. Memory grows only by a few bytes per quoted job.

mod ordered;

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use seedance_batch::{Answering, Question, Tally};
use seedance_core::Edition;
use seedance_ledger::ids::{self, Ids};
use seedance_ledger::jobs::Carrying;
use seedance_ledger::request::{Extent, Mending};

pub use self::ordered::{Piece, in_order};
use crate::args::{Format, Global};
use crate::failure::Failure;
use crate::input::{self, Jobs};
use crate::lang::lang;
use crate::output;

/// Thousands of jobs, each of which is answered in a microsecond: handing them to a thread takes little time in comparison.
const PIECE_BYTES: usize = 1 << 20;

/// What is done with every job of a file.
#[derive(Clone, Copy)]
pub enum Work<'a> {
    /// A question is answered.
    Ask(Question<'a>),
    /// The job's errors are fixed, as far as this extent allows, and it is checked again.
    Fix(Extent),
}

/// The answers to a piece of the stream.
#[derive(Default)]
struct Answered {
    out: Vec<u8>,
    tally: Tally,
    /// The lines and ids of jobs that are quoted, to warn of repeated ids: charges are matched to jobs by id.
    ids: Vec<(u64, Option<String>)>,
}

impl Work<'_> {
    /// Answers every job of a piece. Answers repeat the cells of the columns that the jobs carry along.
    fn piece(self, piece: &Piece, edition: Edition, carried: &[String]) -> Answered {
        let mut answered = Answered::default();
        if carried.is_empty() {
            self.lines(&piece.text, piece.first_line, edition, &mut answered);
        } else {
            for (number, row) in piece.lines() {
                let (cells, job) = Carrying::split(row);
                self.lines(job, number, edition, &mut answered);
                let cells: BTreeMap<&String, String> = carried.iter().zip(cells).collect();
                let cells = serde_json::to_string(&cells).unwrap_or_default();
                // Reopens the answer's object, to add a member.
                answered.out.truncate(answered.out.len().saturating_sub("}\n".len()));
                let _ = writeln!(answered.out, ",\"carried\":{cells}}}");
            }
        }
        if let (Work::Ask(Question::Quote(_)), Ok(out)) = (self, str::from_utf8(&answered.out)) {
            answered.ids = out.lines().filter_map(ids::of_answer).collect();
        }
        answered
    }

    fn lines(self, lines: &[u8], first: u64, edition: Edition, to: &mut Answered) {
        let Answered { out, tally, .. } = to;
        match self {
            Work::Ask(question) => {
                Answering { edition, question, lang: lang() }.lines(lines, first, out, tally);
            }
            Work::Fix(extent) => {
                Mending { extent, lang: lang() }.lines(edition, lines, first, out, tally);
            }
        }
    }
}

/// Answers every job of the file on standard output; `true` if every one was accepted or priced.
pub fn run(file: &Path, work: Work<'_>, quiet: bool, global: Global) -> Result<bool, Failure> {
    let Jobs { stream, carried } = input::open_jobs(file, global)?;
    let mut output = output::Json;
    let mut total = Tally::default();
    let mut seen = Ids::default();
    in_order(
        stream,
        quiet,
        PIECE_BYTES,
        |piece| work.piece(piece, global.edition, &carried),
        |answered| {
            total.add(&answered.tally);
            for (line, id) in &answered.ids {
                seen.add(id.as_deref(), *line);
            }
            let written = output.write_all(&answered.out).and_then(|()| output.flush());
            written.map_err(Failure::writing)
        },
    )?;
    let currency = match work {
        Work::Ask(Question::Quote(book)) => Some(book.currency()),
        Work::Ask(Question::Check) | Work::Fix(_) => None,
    };
    match global.format {
        Format::Json if seen.are_unique() => {}
        Format::Json => output::note_json(&seen),
        Format::Human => seen.messages(lang()).for_each(output::warn),
    }
    if !quiet {
        match global.format {
            Format::Json => output::note_json(&total.in_numbers(currency)),
            Format::Human => output::note(&total.in_words(currency, lang())),
        }
    }
    Ok(total.is_clean())
}
