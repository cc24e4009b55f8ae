//! Plans a file of jobs.
//!
//! Jobs are priced on every core and go out in order as they come, so that memory does not grow with their number;
//! only the table for people is held whole, since its columns are as wide as their widest cell.

mod export;
mod file;
mod parquet;
mod shown;
mod sink;
mod unfinished;

use std::io::{self, LineWriter};
use std::path::Path;

use seedance_batch::numbered_lines;
use seedance_core::{Lang, PriceBook};
use seedance_ledger::plan::{Row, Summary};

use self::export::Json;
use self::shown::Shown;
use self::sink::Sink;
use crate::args::{Format, PlanOptions};
use crate::batch::in_order;
use crate::failure::Failure;
use crate::{input, output};

/// Plans the jobs; tells whether every one can be sent and priced, and surely fits the budget.
pub fn run(
    options: &PlanOptions,
    book: &PriceBook,
    format: Format,
    lang: Lang,
) -> Result<bool, Failure> {
    let stream = input::open(options.jobs.as_deref(), lang)?;
    let mut sinks: Vec<(Box<dyn Sink>, Failing<'_>)> = Vec::new();
    if let Some(path) = options.out.as_deref() {
        let read = [options.jobs.as_deref(), Some(&options.prices)];
        let read: Vec<&Path> = read.into_iter().flatten().collect();
        sinks.push((file::begin(path, &read, lang)?, Failing::File(path)));
    }
    let answer: Box<dyn Sink> = match format {
        Format::Json => {
            let lines = LineWriter::new(output::Json::new());
            Box::new(Json::new(lines).map_err(|error| Failure::writing(lang, &error))?)
        }
        Format::Human => Box::new(Shown::new(lang)),
    };
    sinks.push((answer, Failing::Answer));

    let mut summary = Summary::of_nothing(book, options.budget);
    let plan = |piece: &[u8], first_line: u64, rows: &mut Vec<Row>| {
        let lines = numbered_lines(piece);
        rows.extend(lines.map(|(number, line)| Row::of(first_line - 1 + number, line, book, lang)));
    };
    in_order(stream, false, lang, plan, |rows: &mut Vec<Row>| {
        for row in rows.drain(..) {
            summary.add(&row);
            for (sink, failing) in &mut sinks {
                sink.row(&row)
                    .map_err(|error| failing.because(&error, lang))?;
            }
        }
        Ok(())
    })?;
    for (sink, failing) in sinks {
        sink.close(&summary)
            .map_err(|error| failing.because(&error, lang))?;
    }
    Ok(summary.is_clean())
}

/// Where what cannot be written was going.
enum Failing<'a> {
    File(&'a Path),
    Answer,
}

impl Failing<'_> {
    fn because(&self, error: &io::Error, lang: Lang) -> Failure {
        match self {
            Self::File(path) => Failure::writing_to(lang, path, error),
            Self::Answer => Failure::writing(lang, error),
        }
    }
}
