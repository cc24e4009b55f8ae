//! The jobs to be sent: those that surely fit the budget.

use std::fs::File;
use std::io::{self, BufWriter, Write};

use seedance_ledger::plan::Row;

use super::sink::{End, Sink};

/// One a line, as they were given.
pub struct Fitting(BufWriter<File>);

impl Fitting {
    pub fn new(file: File) -> Self {
        Self(BufWriter::new(file))
    }
}

impl Sink for Fitting {
    fn row(&mut self, row: &Row) -> io::Result<()> {
        if row.fits == Some(true) {
            self.0.write_all(&row.job)?;
            self.0.write_all(b"\n")?;
        }
        Ok(())
    }

    fn close(mut self: Box<Self>, _end: &End) -> io::Result<()> {
        self.0.flush()
    }
}
