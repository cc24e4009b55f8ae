//! A plan as JSON.

use std::io::{self, Write};

use seedance_ledger::plan::Row;

use super::sink::{End, Sink};

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
        self.out.write_all(&serde_json::to_vec_pretty(&end.summary)?)?;
        if let Some(diff) = &end.diff {
            self.out.write_all(b",\n\"diff\":")?;
            self.out.write_all(&serde_json::to_vec_pretty(diff)?)?;
        }
        self.out.write_all(b"}\n")?;
        self.out.flush()
    }
}
