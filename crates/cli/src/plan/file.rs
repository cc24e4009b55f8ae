//! A plan as a file.

use std::fs::File;
use std::io::{self, BufWriter};
use std::path::Path;

use seedance_core::Lang;
use seedance_ledger::plan::{COLUMNS, Row};

use super::fitting::Fitting;
use super::json::Json;
use super::sink::{End, Sink};
use crate::export::{self, Format, Part, Sheet};
use crate::failure::Failure;

/// What becomes a file once it is complete.
struct Whole {
    sink: Box<dyn Sink>,
    part: Part,
}

/// What writes to the file `path`, which must be none of those that are `read`; with the columns that jobs carry along.
pub fn begin(
    path: &Path,
    read: &[&Path],
    carried: &[String],
    for_spreadsheets: bool,
    lang: Lang,
) -> Result<Box<dyn Sink>, Failure> {
    let format = export::format(path, lang)?;
    written(path, read, lang, |file| match format {
        Format::Json => Ok(Box::new(Json::new(BufWriter::new(file))?)),
        Format::Sheet(begin) => {
            let ours = COLUMNS.iter().map(|(name, _)| *name);
            let header: Vec<&str> = ours.chain(carried.iter().map(String::as_str)).collect();
            Ok(Box::new(Rows(begin(file, &header, for_spreadsheets)?)))
        }
    })
}

/// What writes the jobs that fit to a file, as they were given.
pub fn begin_fitting(path: &Path, read: &[&Path], lang: Lang) -> Result<Box<dyn Sink>, Failure> {
    written(path, read, lang, |file| Ok(Box::new(Fitting::new(file))))
}

fn written(
    path: &Path,
    read: &[&Path],
    lang: Lang,
    begin: impl FnOnce(File) -> io::Result<Box<dyn Sink>>,
) -> Result<Box<dyn Sink>, Failure> {
    let (file, part) = Part::begin(path, read, lang)?;
    let sink = begin(file).map_err(|error| Failure::writing_to(lang, path, &error))?;
    Ok(Box::new(Whole { sink, part }))
}

impl Sink for Whole {
    fn row(&mut self, row: &Row) -> io::Result<()> {
        self.sink.row(row)
    }

    fn close(self: Box<Self>, end: &End) -> io::Result<()> {
        self.sink.close(end)?;
        self.part.finish()
    }
}

/// The jobs as a table.
struct Rows(Box<dyn Sheet>);

impl Sink for Rows {
    fn row(&mut self, row: &Row) -> io::Result<()> {
        let ours = COLUMNS.iter().map(|(_, cell)| cell(row));
        let carried = row.carried.0.iter().map(|(_, cell)| Some(cell.clone()));
        self.0.row(ours.chain(carried).collect())
    }

    fn close(self: Box<Self>, _end: &End) -> io::Result<()> {
        self.0.close()
    }
}
