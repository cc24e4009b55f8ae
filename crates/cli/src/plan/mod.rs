//! Plans a file of jobs.
//!
//! Jobs are priced on every core and go out in order as they come, so that memory does not grow with their number but by the
//! few bytes that tell whether an id is given twice.

mod file;
mod fitting;
mod json;
mod shown;
mod sink;

use std::collections::BTreeSet;
use std::io::{self, LineWriter};
use std::path::Path;

use seedance_batch::numbered_lines;
use seedance_core::{Lang, PriceBook};
use seedance_ledger::plan::{Diff, OldPlan, Planner, Row, Status, Summary};

use self::json::Json;
use self::shown::Shown;
use self::sink::{End, Sink};
use crate::args::{Format, Global, Only, PlanOptions};
use crate::batch::in_order;
use crate::failure::Failure;
use crate::input::{self, Jobs};
use crate::output;

/// Plans the jobs; tells whether there are any, and every one can be sent and priced, and surely fits the budget.
pub fn run(
    options: &PlanOptions,
    book: &PriceBook,
    Global { lang, format, edition }: Global,
) -> Result<bool, Failure> {
    let old = options.diff.as_deref();
    let mut diff = old.map(|old| earlier(old, lang)).transpose()?;
    let Jobs { stream, carried } = input::open_jobs(options.jobs.as_deref(), lang)?;
    if let Some(by) = &options.by
        && !carried.contains(by)
    {
        return Err(no_column(by, &carried, lang));
    }
    let mut sinks = sinks(options, &carried, format, lang)?;
    let mut summary = Summary::of_nothing(book, options.budget, options.by.clone());
    let planner = Planner::new(edition, book, &carried, lang);
    let plan = |piece: &[u8], first_line: u64, rows: &mut Vec<Row>| {
        let lines = numbered_lines(piece);
        rows.extend(lines.map(|(number, line)| planner.row(first_line - 1 + number, line)));
    };
    in_order(stream, options.quiet, lang, plan, |rows: &mut Vec<Row>| {
        for mut row in rows.drain(..) {
            summary.add(&mut row);
            if let Some(diff) = &mut diff {
                diff.add(&row);
            }
            for goal in &mut sinks {
                goal.take(&row, options, lang)?;
            }
        }
        Ok(())
    })?;
    let is_clean = summary.is_clean();
    let diff = diff.map(|diff| diff.end(&summary));
    let end = End { summary, diff };
    for Goal { sink, failing, .. } in sinks {
        sink.close(&end).map_err(|error| failing.because(&error, lang))?;
    }
    Ok(is_clean)
}

/// The names that jobs are billed by, whether they have a price or not.
pub fn billed_by(
    jobs: &Path,
    book: &PriceBook,
    Global { lang, edition, .. }: Global,
) -> Result<BTreeSet<String>, Failure> {
    let Jobs { stream, carried } = input::open_jobs(Some(jobs), lang)?;
    let planner = Planner::new(edition, book, &carried, lang);
    let name = |piece: &[u8], first_line: u64, names: &mut BTreeSet<String>| {
        let rows = numbered_lines(piece).map(|(at, line)| planner.row(first_line - 1 + at, line));
        names.extend(rows.filter_map(|row| row.billing_model));
    };
    let mut names = BTreeSet::new();
    in_order(stream, true, lang, name, |some: &mut BTreeSet<String>| {
        names.append(some);
        Ok(())
    })?;
    Ok(names)
}

/// A sink, what it takes, and where it leads.
struct Goal<'a> {
    sink: Box<dyn Sink>,
    /// Which jobs it takes.
    takes: fn(&Row, &PlanOptions) -> bool,
    failing: Failing<'a>,
}

impl Goal<'_> {
    fn take(&mut self, row: &Row, options: &PlanOptions, lang: Lang) -> Result<(), Failure> {
        if !(self.takes)(row, options) {
            return Ok(());
        }
        let taken = self.sink.row(row);
        taken.map_err(|error| self.failing.because(&error, lang))
    }
}

fn is_listed(row: &Row, options: &PlanOptions) -> bool {
    options.only.is_none_or(|only| match only {
        Only::Ready => row.status == Status::Ready,
        Only::Unpriced => matches!(row.status, Status::Unpriced | Status::ByUsage),
        Only::Refused => row.status == Status::Refused,
    })
}

fn sinks<'a>(
    options: &'a PlanOptions,
    carried: &[String],
    format: Format,
    lang: Lang,
) -> Result<Vec<Goal<'a>>, Failure> {
    let read = [options.jobs.as_deref(), Some(&options.prices), options.diff.as_deref()];
    let read: Vec<&Path> = read.into_iter().flatten().collect();
    let mut sinks = Vec::new();
    if let Some(path) = options.out.out.as_deref() {
        sinks.push(Goal {
            sink: file::begin(path, &read, carried, options.out.excel, lang)?,
            takes: is_listed,
            failing: Failing::File(path),
        });
    }
    if let Some(path) = options.fit_out.as_deref() {
        sinks.push(Goal {
            sink: file::begin_fitting(path, &read, lang)?,
            takes: |_, _| true,
            failing: Failing::File(path),
        });
    }
    let sink: Box<dyn Sink> = match format {
        Format::Json => {
            let lines = LineWriter::new(output::Json::new());
            Box::new(Json::new(lines).map_err(|error| Failure::writing(lang, &error))?)
        }
        Format::Human => Box::new(Shown::new(options.budget.is_some(), lang)),
    };
    sinks.push(Goal {
        sink,
        takes: |row, options| !options.summary && is_listed(row, options),
        failing: Failing::Answer,
    });
    Ok(sinks)
}

/// The plan that this one is compared with.
fn earlier(path: &Path, lang: Lang) -> Result<Diff, Failure> {
    let document = input::read_decoded(Some(path), lang)?;
    let old = OldPlan::read(&document.text).map_err(|error| {
        let name = &document.name;
        let en =
            format!("`{name}`: not a plan that `seedance plan --out FILE.json` wrote: {error}");
        let zh = format!("`{name}`：不是 `seedance plan --out 文件.json` 写出的计划：{error}");
        Failure::new(lang, en, zh)
    })?;
    if !old.is_whole() {
        let en = "lists only some of its jobs; write it without `--only` and `--summary`";
        let zh = "只列出了部分请求，请不带 `--only` 和 `--summary` 重新写出";
        return Err(Failure::about(lang, &document.name, lang.pick(en, zh)));
    }
    Ok(Diff::of(old))
}

fn no_column(by: &str, carried: &[String], lang: Lang) -> Failure {
    let names = |joint| {
        let names = carried.iter().map(|name| format!("`{name}`"));
        names.collect::<Vec<_>>().join(joint)
    };
    if carried.is_empty() {
        let en = format!("there is no column `{by}`, the jobs have no further columns");
        return Failure::new(lang, en, format!("没有 `{by}` 列，任务文件没有其他列"));
    }
    let en = format!("there is no column `{by}`, the further columns are {}", names(", "));
    Failure::new(lang, en, format!("没有 `{by}` 列，其他列有 {}", names("、")))
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
