//! The outputs of a plan: each gets the jobs one by one, then the totals.

use std::fs::File;
use std::io::{self, BufWriter, LineWriter, Write};
use std::path::Path;

use seedance_ledger::plan::{COLUMNS, Diff, Row, Status, Summary};

use crate::args::{Format, Only, PlanOptions};
use crate::export::{self, Part, Sheet};
use crate::failure::Failure;
use crate::human::{self, PlanTable};
use crate::output;

/// An output of a plan: the sink, which jobs it takes, and the file that it writes.
pub struct Goal<'a> {
    sink: Box<dyn Sink>,
    takes: fn(&Row, &PlanOptions) -> bool,
    /// `None` for standard output.
    file: Option<Part<'a>>,
}

/// The totals of a plan, and how it differs from an earlier one.
pub struct End {
    pub summary: Summary,
    pub diff: Option<Diff>,
}

trait Sink {
    fn row(&mut self, row: &Row) -> io::Result<()>;
    fn close(self: Box<Self>, end: &End) -> io::Result<()>;
}

/// The outputs that the options ask for. They must not replace files that are `read`; `carried` are further columns of the jobs.
pub fn goals<'a>(
    options: &'a PlanOptions,
    read: &[&Path],
    carried: &[String],
    format: Format,
) -> Result<Vec<Goal<'a>>, Failure> {
    let mut goals = Vec::new();
    if let Some(path) = options.out.out.as_deref() {
        let format = export::format(path)?;
        goals.push(Goal::file(path, read, is_listed, |file| match format {
            export::Format::Json => Ok(Box::new(PlanJson::new(BufWriter::new(file))?)),
            export::Format::Sheet(begin) => {
                let ours = COLUMNS.iter().map(|(name, _)| *name);
                let header: Vec<&str> = ours.chain(carried.iter().map(String::as_str)).collect();
                Ok(Box::new(PlanSheet(begin(file, &header, options.out.excel)?)))
            }
        })?);
    }
    if let Some(path) = options.fit_out.as_deref() {
        let fits = |row: &Row, _: &PlanOptions| row.fits == Some(true);
        goals.push(Goal::file(path, read, fits, |file| {
            Ok(Box::new(FittingJobs(BufWriter::new(file))))
        })?);
    }
    goals.push(Goal {
        sink: match format {
            Format::Json => {
                let json = PlanJson::new(LineWriter::new(output::Json::new()));
                Box::new(json.map_err(Failure::writing)?)
            }
            Format::Human => Box::new(PlanTable::new(options.budget.is_some())),
        },
        takes: |row, options| !options.summary && is_listed(row, options),
        file: None,
    });
    Ok(goals)
}

fn is_listed(row: &Row, options: &PlanOptions) -> bool {
    options.only.is_none_or(|only| match only {
        Only::Ready => row.status == Status::Ready,
        Only::Unpriced => matches!(row.status, Status::Unpriced | Status::ByUsage),
        Only::Refused => row.status == Status::Refused,
    })
}

impl<'a> Goal<'a> {
    /// An output to the file `path`, which must not be one of those that are `read`.
    fn file(
        path: &'a Path,
        read: &[&Path],
        takes: fn(&Row, &PlanOptions) -> bool,
        begin: impl FnOnce(File) -> io::Result<Box<dyn Sink>>,
    ) -> Result<Self, Failure> {
        let (file, part) = Part::begin(path, read)?;
        let sink = begin(file).map_err(|error| part.failure(&error))?;
        Ok(Self { sink, takes, file: Some(part) })
    }

    pub fn take(&mut self, row: &Row, options: &PlanOptions) -> Result<(), Failure> {
        if !(self.takes)(row, options) {
            return Ok(());
        }
        self.sink.row(row).map_err(|error| match &self.file {
            Some(part) => part.failure(&error),
            None => Failure::writing(error),
        })
    }

    pub fn close(self, end: &End) -> Result<(), Failure> {
        let closed = self.sink.close(end);
        match self.file {
            Some(part) => part.finish(closed),
            None => closed.map_err(Failure::writing),
        }
    }
}

/// One JSON object: the jobs, one per line, then the summary and the difference.
struct PlanJson<W> {
    out: W,
    /// The separator before the next job.
    joint: &'static [u8],
}

impl<W: Write> PlanJson<W> {
    fn new(mut out: W) -> io::Result<Self> {
        out.write_all(b"{\"jobs\":[")?;
        Ok(Self { out, joint: b"\n" })
    }
}

impl<W: Write> Sink for PlanJson<W> {
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

/// A table: our columns, then those that are carried along.
struct PlanSheet(Box<dyn Sheet>);

impl Sink for PlanSheet {
    fn row(&mut self, row: &Row) -> io::Result<()> {
        let ours = COLUMNS.iter().map(|(_, cell)| cell(row));
        let carried = row.carried.iter().map(|(_, cell)| Some(cell.clone()));
        self.0.row(ours.chain(carried).collect())
    }

    fn close(self: Box<Self>, _end: &End) -> io::Result<()> {
        self.0.close()
    }
}

/// The jobs themselves, one JSON object per line.
struct FittingJobs(BufWriter<File>);

impl Sink for FittingJobs {
    fn row(&mut self, row: &Row) -> io::Result<()> {
        self.0.write_all(&row.job)?;
        self.0.write_all(b"\n")
    }

    fn close(mut self: Box<Self>, _end: &End) -> io::Result<()> {
        self.0.flush()
    }
}

/// A table for people, written in blocks, so that memory does not grow with the jobs.
impl Sink for PlanTable {
    fn row(&mut self, row: &Row) -> io::Result<()> {
        const BLOCK: usize = 1000;
        self.add(row);
        if self.rows() == BLOCK {
            output::write(&self.take())?;
        }
        Ok(())
    }

    fn close(mut self: Box<Self>, end: &End) -> io::Result<()> {
        let table = self.take();
        let joint = if table.is_empty() { "" } else { "\n" };
        let diff = end.diff.as_ref().map(human::plan_diff).unwrap_or_default();
        output::write(&(table + joint + &human::plan_summary(&end.summary) + &diff))
    }
}
