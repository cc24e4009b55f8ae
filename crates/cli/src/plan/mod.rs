//! Plans a file of jobs.
//!
//! Jobs are priced on every core and written in order as they come. Memory grows with their number only by the few bytes per job
//! that detect duplicate ids.

mod sinks;

use std::collections::BTreeSet;
use std::path::Path;

use seedance_core::{Edition, PriceBook};
use seedance_ledger::plan::{Comparison, Planner, Row, Summary};

use crate::args::{Global, PlanOptions};
use crate::batch::{Piece, in_order};
use crate::failure::Failure;
use crate::input::{self, Jobs};
use crate::lang::{lang, pick, say};

/// Plans the jobs. `read` are the input files; `true` if there are jobs, and all of them are ready and surely fit the budget.
pub fn run(
    options: &PlanOptions,
    read: &[&Path],
    book: &PriceBook,
    global: Global,
) -> Result<bool, Failure> {
    let Global { format, edition, .. } = global;
    let mut comparison = options.diff.as_deref().map(with_earlier).transpose()?;
    let Jobs { stream, carried } = input::open_jobs(&options.jobs, Some(global))?;
    if let Some(by) = &options.by
        && !carried.contains(by)
    {
        return Err(no_column(by, &carried));
    }
    let mut goals = sinks::goals(options, read, &carried, format)?;
    let mut summary = Summary::of_nothing(edition, book, options.budget, options.by.clone());
    let planner = Planner::new(edition, book, &carried, lang());
    in_order(stream, options.quiet, rows(&planner), |rows: Vec<Row>| {
        for mut row in rows {
            summary.add(&mut row);
            if let Some(comparison) = &mut comparison {
                comparison.add(&row);
            }
            for goal in &mut goals {
                goal.take(&row, options)?;
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
    edition: Edition,
) -> Result<BTreeSet<String>, Failure> {
    let Jobs { stream, carried } = input::open_jobs(jobs, None)?;
    let planner = Planner::new(edition, book, &carried, lang());
    let mut names = BTreeSet::new();
    in_order(stream, true, rows(&planner), |rows: Vec<Row>| {
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
    let comparison = Comparison::with(&document.text)
        .map_err(|problem| Failure::about(&document.name, &problem.message(lang())))?;
    comparison.ok_or_else(|| {
        let en = "lists only some of its jobs; write it without `--only` and `--summary`";
        let zh = "只列出了部分请求，请不带 `--only` 和 `--summary` 重新写出";
        Failure::that(&document.name, pick(en, zh))
    })
}

fn no_column(by: &str, carried: &[String]) -> Failure {
    if carried.is_empty() {
        return Failure::Told(say!(
            "there is no column `{by}`; the jobs have no further columns",
            "没有 `{by}` 列，请求文件没有其他列"
        ));
    }
    let names = carried.join(pick("`, `", "`、`"));
    Failure::Told(say!(
        "there is no column `{by}`; further columns: `{names}`",
        "没有 `{by}` 列，其他列有 `{names}`"
    ))
}
