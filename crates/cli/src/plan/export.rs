//! The table of jobs for programs: CSV, and JSON. Amounts are text, so that no reader makes them floats.

use std::fs::File;
use std::io::{self, Write};

use seedance_core::Decimal;

use super::Sink;
use super::row::Row;
use super::summary::Summary;

/// What stands in a row's cell.
pub type Cell = fn(&Row) -> Option<String>;

/// The columns, each with how it reads from a row.
pub const COLUMNS: [(&str, Cell); 12] = [
    ("line", |row| Some(row.line.to_string())),
    ("id", Row::name),
    ("status", |row| Some(row.status.name().into())),
    ("model", |row| row.model.as_deref().map(Into::into)),
    ("billing_model", |row| row.billing_model.clone()),
    ("lowest", |row| amount(row.lowest)),
    ("highest", |row| amount(row.highest)),
    ("currency", |row| row.currency.as_deref().map(Into::into)),
    ("cheapest_model", |row| row.cheapest_model.map(Into::into)),
    ("cheapest", |row| amount(row.cheapest)),
    ("saving", |row| amount(row.saving)),
    ("why", Row::reason),
];

fn amount(amount: Option<Decimal>) -> Option<String> {
    amount.map(|amount| amount.to_string())
}

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
        // In one piece: standard output is flushed at every line.
        self.out.write_all(&serde_json::to_vec(row)?)
    }

    fn close(mut self: Box<Self>, summary: &Summary) -> io::Result<()> {
        self.out.write_all(b"\n],\n\"summary\":")?;
        self.out.write_all(&serde_json::to_vec_pretty(summary)?)?;
        self.out.write_all(b"}\n")?;
        self.out.flush()
    }
}
