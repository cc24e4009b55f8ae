//! The table of jobs for programs: CSV, and JSON.

use std::fs::File;
use std::io::{self, Write};

use seedance_ledger::plan::{COLUMNS, Row};

use super::sink::{End, Sink};

/// A header, and a line a job.
pub struct Csv(csv::Writer<File>);

impl Csv {
    /// With the columns of the jobs' own table behind ours.
    pub fn new(file: File, carried: &[String]) -> io::Result<Self> {
        let mut writer = csv::Writer::from_writer(file);
        let carried = carried.iter().map(String::as_str);
        writer.write_record(COLUMNS.map(|(name, _)| name).into_iter().chain(carried))?;
        Ok(Self(writer))
    }
}

impl Sink for Csv {
    fn row(&mut self, row: &Row) -> io::Result<()> {
        let cells = COLUMNS.map(|(_, cell)| cell(row).unwrap_or_default());
        let carried = row.carried.0.iter().map(|(_, cell)| cell.clone());
        Ok(self.0.write_record(cells.into_iter().chain(carried))?)
    }

    fn close(mut self: Box<Self>, _end: &End) -> io::Result<()> {
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

    fn close(mut self: Box<Self>, end: &End) -> io::Result<()> {
        self.out.write_all(b"\n],\n\"summary\":")?;
        self.out
            .write_all(&serde_json::to_vec_pretty(&end.summary)?)?;
        if let Some(diff) = &end.diff {
            self.out.write_all(b",\n\"diff\":")?;
            self.out.write_all(&serde_json::to_vec_pretty(diff)?)?;
        }
        self.out.write_all(b"}\n")?;
        self.out.flush()
    }
}
