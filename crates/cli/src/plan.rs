//! Plans a file of jobs.
//!
//! Jobs are priced on every core and written in order as they come: each output gets them one by one, then the totals. Memory grows
//! with their number only by the few bytes per job that detect duplicate ids.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufWriter, LineWriter, Write};
use std::path::Path;

use seedance_core::PriceBook;
use seedance_ledger::plan::{Comparison, Diff, Planner, Row, Status, Summary};

use crate::args::{Format, Global, PlanOptions, STANDARD_INPUT};
use crate::batch::{Piece, in_order};
use crate::export::{self, FileFormat, JOBS, Part, Sheet};
use crate::failure::Failure;
use crate::human::{self, PlanTable};
use crate::input::{self, Jobs};
use crate::lang::{lang, pick, say};
use crate::output;

/// A job is compared on every model, and its row takes far more memory than its line: with short pieces, a file of a few thousand jobs
/// has work for every core, and no piece takes much memory.
const PIECE_BYTES: usize = 1 << 16;

/// Plans the jobs. `read` are the input files; `true` if there are jobs, and all of them are ready and surely fit the budget.
pub fn run(
    options: &PlanOptions,
    read: &[&Path],
    book: &PriceBook,
    global: Global,
) -> Result<bool, Failure> {
    let mut comparison = options.diff.as_deref().map(with_earlier).transpose()?;
    let Jobs { stream, carried } = input::open_jobs(&options.jobs, global)?;
    if let Some(by) = &options.by
        && !carried.contains(by)
    {
        return Err(no_column(by, &carried));
    }
    let mut goals = goals(options, read, &carried, global.format)?;
    let mut summary = Summary::of_nothing(global.edition, book, options.budget, options.by.clone());
    let planner = Planner::new(global.edition, book, &carried, lang());
    in_order(stream, options.quiet, PIECE_BYTES, rows(&planner), |rows: Vec<Row>| {
        for mut row in rows {
            summary.add(&mut row);
            if let Some(comparison) = &mut comparison {
                comparison.add(&row);
            }
            let has_files = goals.len() > 1;
            for goal in &mut goals {
                match goal.take(&row, options) {
                    // Nobody reads standard output any more, but the files are still written.
                    Err(Failure::Unread) if has_files => goal.sink = Sink::Closed,
                    taken => taken?,
                }
            }
        }
        Ok(())
    })?;
    let diff = comparison.map(|comparison| comparison.end(&summary));
    for goal in goals {
        goal.close(&summary, diff.as_ref())?;
    }
    Ok(summary.is_clean())
}

/// The names by which the jobs are billed, with or without a price.
pub fn billed_by(
    jobs: &Path,
    book: &PriceBook,
    global: Global,
) -> Result<BTreeSet<String>, Failure> {
    let Jobs { stream, carried } = input::open_jobs(jobs, global)?;
    let planner = Planner::new(global.edition, book, &carried, lang());
    let mut names = BTreeSet::new();
    in_order(stream, true, PIECE_BYTES, rows(&planner), |rows: Vec<Row>| {
        names.extend(rows.into_iter().filter_map(|row| row.billing_model));
        Ok(())
    })?;
    Ok(names)
}

fn rows(planner: &Planner<'_>) -> impl Fn(&Piece) -> Vec<Row> {
    |piece| piece.lines().map(|(number, line)| planner.row(number, line)).collect()
}

/// Reads the earlier plan that the new one is compared with.
fn with_earlier(path: &Path) -> Result<Comparison, Failure> {
    let document = input::read_decoded(path)?;
    Comparison::with(&document.text)
        .map_err(|problem| Failure::about(&document.name, &problem.message(lang())))
}

fn no_column(name: &str, carried: &[String]) -> Failure {
    let names = match carried {
        [] => pick("none", "无").into(),
        names => format!("`{}`", names.join(pick("`, `", "`、`"))),
    };
    Failure::Told(say!(
        "there is no column `{name}`; further columns: {names}",
        "没有 `{name}` 列，其他列有：{names}"
    ))
}

/// An output of a plan: how it is written, which jobs it takes, and the file that it goes to.
struct Goal<'a> {
    sink: Sink,
    takes: fn(&Row, &PlanOptions) -> bool,
    /// `None` for standard output.
    file: Option<Part<'a>>,
}

/// The outputs that the options ask for. They must not replace files that are `read`; `carried` are further columns of the jobs.
fn goals<'a>(
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
            Format::Json => Sink::json(LineWriter::new(output::Json)).map_err(Failure::writing)?,
            Format::Human => Sink::Table(PlanTable::new(options.budget.is_some())),
        },
        takes: |row, options| !options.summary && is_listed(row, options),
        file: None,
    });
    Ok(goals)
}

fn is_listed(row: &Row, options: &PlanOptions) -> bool {
    // What is billed by usage has no price, either.
    let status = if row.status == Status::ByUsage { Status::Unpriced } else { row.status };
    options.only.is_none_or(|only| only == status)
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
        Ok(Self { sink, takes, file: Some(part) })
    }

    fn take(&mut self, row: &Row, options: &PlanOptions) -> Result<(), Failure> {
        if !(self.takes)(row, options) {
            return Ok(());
        }
        self.sink.row(row).map_err(|error| match &self.file {
            Some(part) => part.failure(&error),
            None => Failure::writing(error),
        })
    }

    fn close(self, summary: &Summary, diff: Option<&Diff>) -> Result<(), Failure> {
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
    /// A table for people.
    Table(PlanTable),
    /// Standard output that nobody reads any more.
    Closed,
}

impl Sink {
    fn json(mut out: impl Write + 'static) -> io::Result<Self> {
        out.write_all(b"{\"jobs\":[")?;
        Ok(Self::Json { out: Box::new(out), separator: b"\n" })
    }

    fn row(&mut self, row: &Row) -> io::Result<()> {
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
            Self::Table(table) => table.add(row).map_or(Ok(()), |block| output::text(&block)),
            Self::Closed => Ok(()),
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
                output::text(&(table + joint + &human::plan_summary(summary) + &diff))
            }
            Self::Closed => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }
}
