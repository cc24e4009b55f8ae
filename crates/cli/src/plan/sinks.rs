//! The outputs of a plan: each gets the jobs one by one, then the totals.

use std::fs::File;
use std::io::{self, BufWriter, LineWriter, Write};
use std::path::Path;

use seedance_ledger::plan::{Diff, Row, Status, Summary};

use crate::args::{Format, Only, PlanOptions, STANDARD_INPUT};
use crate::export::{self, FileFormat, JOBS, Part, Sheet};
use crate::failure::Failure;
use crate::human::{self, PlanTable};
use crate::lang::pick;
use crate::output;

/// An output of a plan: how it is written, which jobs it takes, and the file that it goes to.
pub struct Goal<'a> {
    sink: Sink,
    takes: fn(&Row, &PlanOptions) -> bool,
    /// `None` for standard output.
    file: Option<Part<'a>>,
    /// Whether the run goes on for the sake of files if nobody reads this output any more.
    is_optional: bool,
    /// Whether nobody does.
    is_unread: bool,
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
        let format = export::file_format(path)?;
        goals.push(Goal::file(path, read, is_listed, |file| match format {
            FileFormat::Json => Sink::json(BufWriter::new(file)),
            FileFormat::Sheet(begin) => {
                let ours = JOBS.iter().map(|(name, _)| *name);
                let header: Vec<&str> = ours.chain(carried.iter().map(String::as_str)).collect();
                Ok(Sink::Sheet(begin(file, &header, options.out.excel)?))
            }
        })?);
    }
    if let Some(path) = options.fit_out.as_deref() {
        if path == STANDARD_INPUT {
            let en = "standard output has the plan; name a file for `--fit-out`";
            return Err(Failure::Told(
                pick(en, "标准输出用于计划本身，请为 `--fit-out` 指定文件").into(),
            ));
        }
        let out = options.out.out.as_deref();
        if out.is_some_and(|out| export::target(out) == export::target(path)) {
            let en = "is the file of `--out`, too; choose another output file";
            let zh = "该文件也是 `--out` 的输出文件，请换一个文件名";
            return Err(Failure::about(&path.to_string_lossy(), pick(en, zh)));
        }
        let fits = |row: &Row, _: &PlanOptions| row.fits == Some(true);
        goals.push(Goal::file(path, read, fits, |file| Ok(Sink::Jobs(BufWriter::new(file))))?);
    }
    goals.push(Goal {
        sink: match format {
            Format::Json => {
                Sink::json(LineWriter::new(output::Json::new())).map_err(Failure::writing)?
            }
            Format::Human => Sink::Table(Box::new(PlanTable::new(options.budget.is_some()))),
        },
        takes: |row, options| !options.summary && is_listed(row, options),
        file: None,
        is_optional: !goals.is_empty(),
        is_unread: false,
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
        begin: impl FnOnce(File) -> io::Result<Sink>,
    ) -> Result<Self, Failure> {
        let (file, part) = Part::begin(path, read)?;
        let sink = begin(file).map_err(|error| part.failure(&error))?;
        Ok(Self { sink, takes, file: Some(part), is_optional: false, is_unread: false })
    }

    pub fn take(&mut self, row: &Row, options: &PlanOptions) -> Result<(), Failure> {
        if self.is_unread || !(self.takes)(row, options) {
            return Ok(());
        }
        let taken = self.sink.row(row).map_err(|error| match &self.file {
            Some(part) => part.failure(&error),
            None => Failure::writing(error),
        });
        self.is_unread = self.is_optional && matches!(taken, Err(Failure::Unread));
        if self.is_unread { Ok(()) } else { taken }
    }

    pub fn close(self, summary: &Summary, diff: Option<&Diff>) -> Result<(), Failure> {
        if self.is_unread {
            return Err(Failure::Unread);
        }
        let closed = self.sink.close(summary, diff);
        match self.file {
            Some(part) => part.finish(closed),
            None => closed.map_err(Failure::writing),
        }
    }
}

enum Sink {
    /// One JSON object: the jobs, one per line, then the summary and the difference.
    Json {
        out: Box<dyn Write>,
        /// What separates the next job from what is before it.
        separator: &'static [u8],
    },
    /// A table: our columns, then those that are carried along.
    Sheet(Box<dyn Sheet>),
    /// The jobs themselves, one JSON object per line.
    Jobs(BufWriter<File>),
    /// A table for people, written in blocks, so that memory does not grow with the jobs.
    Table(Box<PlanTable>),
}

impl Sink {
    fn json(mut out: impl Write + 'static) -> io::Result<Self> {
        out.write_all(b"{\"jobs\":[")?;
        Ok(Self::Json { out: Box::new(out), separator: b"\n" })
    }

    fn row(&mut self, row: &Row) -> io::Result<()> {
        const BLOCK: usize = 1000;
        match self {
            Self::Json { out, separator } => {
                out.write_all(separator)?;
                *separator = b",\n";
                out.write_all(&serde_json::to_vec(row)?)
            }
            Self::Sheet(sheet) => {
                let ours = JOBS.iter().map(|(_, cell)| cell(row));
                let carried = row.carried.iter().map(|(_, cell)| Some(cell.clone()));
                sheet.row(ours.chain(carried).collect())
            }
            Self::Jobs(out) => {
                out.write_all(&row.job)?;
                out.write_all(b"\n")
            }
            Self::Table(table) => {
                table.add(row);
                if table.rows() < BLOCK {
                    return Ok(());
                }
                output::write(&table.take())
            }
        }
    }

    fn close(self, summary: &Summary, diff: Option<&Diff>) -> io::Result<()> {
        match self {
            Self::Json { mut out, .. } => {
                out.write_all(b"\n],\n\"summary\":")?;
                out.write_all(&serde_json::to_vec_pretty(summary)?)?;
                if let Some(diff) = diff {
                    out.write_all(b",\n\"diff\":")?;
                    out.write_all(&serde_json::to_vec_pretty(diff)?)?;
                }
                out.write_all(b"}\n")?;
                out.flush()
            }
            Self::Sheet(sheet) => sheet.close(),
            Self::Jobs(mut out) => out.flush(),
            Self::Table(mut table) => {
                let table = table.take();
                let joint = if table.is_empty() { "" } else { "\n" };
                let diff = diff.map(human::plan_diff).unwrap_or_default();
                output::write(&(table + joint + &human::plan_summary(summary) + &diff))
            }
        }
    }
}
