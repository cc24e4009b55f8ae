//! The table of jobs for programs: CSV, and JSON.

use std::fs::File;
use std::io::{self, Write};

use seedance_ledger::plan::{COLUMNS, Row, Summary};

use super::sink::Sink;

/// A header, and a line a job.
pub struct Csv(csv::Writer<File>);

impl Csv {
    pub fn new(file: File) -> io::Result<Self> {
        let mut writer = csv::Writer::from_writer(file);
        writer.write_record(COLUMNS.map(|(name, _)| name))?;
        Ok(Self(writer))
    }
}

impl Sink for Csv {
    fn row(&mut self, row: &Row) -> io::Result<()> {
        let record = COLUMNS.map(|(_, cell)| cell(row).unwrap_or_default());
        Ok(self.0.write_record(record)?)
    }

    fn close(mut self: Box<Self>, _summary: &Summary) -> io::Result<()> {
        self.0.flush()
    }
}

/// One object: the jobs, one a line, then the summary.
pub struct Json<W> {
    out: W,
    /// What stands before the next job.
    joint: &'static [u8],
}

impl<W: Write> Json<W> {
    pub fn new(mut out: W) -> io::Result<Self> {
        out.write_all(b"{\"jobs\":[")?;
        Ok(Self { out, joint: b"\n" })
    }
}

impl<W: Write + Send> Sink for Json<W> {
    fn row(&mut self, row: &Row) -> io::Result<()> {
        self.out.write_all(self.joint)?;
        self.joint = b",\n";
        self.out.write_all(&serde_json::to_vec(row)?)
    }

    fn close(mut self: Box<Self>, summary: &Summary) -> io::Result<()> {
        self.out.write_all(b"\n],\n\"summary\":")?;
        self.out.write_all(&serde_json::to_vec_pretty(summary)?)?;
        self.out.write_all(b"}\n")?;
        self.out.flush()
    }
}
