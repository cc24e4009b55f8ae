//! Writes answers to files, in the format that the file's extension names.

#[cfg(feature = "parquet")]
mod parquet;
mod part;
mod sheet;

use std::borrow::Borrow;
use std::fs::File;
use std::io;
use std::path::Path;

use seedance_core::Candidate;
use seedance_core::table::{Difference, RuleRow};
use seedance_ledger::books::Change;
use seedance_ledger::signed::range;
use seedance_ledger::{plan, reconcile};
use serde::Serialize;
use serde_json::{Value, json};

pub use self::part::{Part, target};
pub use self::sheet::Sheet;
use crate::args::{Global, Out};
use crate::failure::Failure;
use crate::lang::{lang, say};
use crate::output;

/// How a file is written.
#[derive(Clone, Copy)]
pub enum FileFormat {
    /// As a table of text.
    Sheet(Begin),
    /// As JSON, in the answer's own shape.
    Json,
}

/// Begins a table with a header; the last argument says whether it is for a spreadsheet.
type Begin = fn(File, &[&str], bool) -> io::Result<Box<dyn Sheet>>;

/// The format that the file's extension names.
pub fn file_format(path: &Path) -> Result<FileFormat, Failure> {
    let ending = path.extension().and_then(|ending| ending.to_str());
    match ending.map(str::to_ascii_lowercase).as_deref() {
        Some("csv") => Ok(FileFormat::Sheet(sheet::csv)),
        Some("md") => Ok(FileFormat::Sheet(sheet::markdown)),
        Some("json") => Ok(FileFormat::Json),
        #[cfg(feature = "parquet")]
        Some("parquet") => Ok(FileFormat::Sheet(parquet::parquet)),
        _ => Err(Failure::Told(say!(
            "the name of the file to write must end in `.csv`, `.json` or `.md`, or in `.parquet` if this program is built with `--features parquet`",
            "要写入的文件名须以 `.csv`、`.json` 或 `.md` 结尾；用 `--features parquet` 编译时也可以是 `.parquet`"
        ))),
    }
}

/// A table for programs. `None` in a cell is not empty text, if the format can tell them apart.
pub struct Table {
    pub header: Vec<&'static str>,
    pub rows: Vec<Vec<Option<String>>>,
}

impl Table {
    pub fn of<T>(columns: &[Column<T>], rows: impl IntoIterator<Item: Borrow<T>>) -> Self {
        let header = columns.iter().map(|(name, _)| *name).collect();
        let cells = |row: &T| columns.iter().map(|(_, cell)| cell(row)).collect();
        Self { header, rows: rows.into_iter().map(|row| cells(row.borrow())).collect() }
    }
}

/// Writes an answer to standard output and, before that, to the file of `--out`, if there is one: its table, or the answer itself
/// as JSON. The file must not be one of those that are `read`.
pub fn answer(
    out: &Out,
    read: &[&Path],
    table: Table,
    answer: &impl Serialize,
    shown: impl FnOnce() -> String,
    global: Global,
) -> Result<(), Failure> {
    if let Some(path) = &out.out {
        let format = file_format(path)?;
        let (file, part) = Part::begin(path, read)?;
        part.finish(match format {
            FileFormat::Json => output::json_to(file, answer),
            FileFormat::Sheet(begin) => {
                begin(file, &table.header, out.excel).and_then(|mut sheet| {
                    table.rows.into_iter().try_for_each(|row| sheet.row(row))?;
                    sheet.close()
                })
            }
        })?;
    }
    output::answer(answer, shown, global)
}

/// A column for programs: its name, and the text of its cell in a row. Amounts are text, so that none becomes a float.
pub type Column<T> = (&'static str, fn(&T) -> Option<String>);

/// `compare`: one row per model.
pub const CANDIDATES: [Column<Candidate>; 7] = [
    ("model", |row| Some(row.model.to_string())),
    ("route", |row| Some(row.route.name().into())),
    ("accepted", |row| Some(if row.accepted { "yes" } else { "no" }.into())),
    ("lowest", |row| Some(row.quote.as_ref()?.lowest()?.to_string())),
    ("highest", |row| Some(row.quote.as_ref()?.highest()?.to_string())),
    ("currency", |row| Some(row.quote.as_ref()?.terms().currency.to_string())),
    ("why", |row| Some(row.findings.iter().find(|it| it.is_error())?.message.clone())),
];

/// `plan`: one row per job.
pub const JOBS: [Column<plan::Row>; 18] = [
    ("line", |row| Some(row.line.to_string())),
    ("id", plan::Row::name),
    ("status", |row| Some(<&str>::from(row.status).into())),
    ("model", |row| row.model.as_deref().map(Into::into)),
    ("billing_model", |row| row.billing_model.clone()),
    ("lowest", |row| Some(row.lowest?.to_string())),
    ("highest", |row| Some(row.highest?.to_string())),
    ("cumulative", |row| Some(row.cumulative?.to_string())),
    ("fits", |row| Some(if row.fits? { "yes" } else { "no" }.into())),
    ("currency", |row| row.currency.clone()),
    ("cheapest_model", |row| row.cheapest_model.map(Into::into)),
    ("cheapest", |row| Some(row.cheapest?.to_string())),
    ("saving", |row| Some(row.saving?.to_string())),
    ("changing_model", |row| Some(row.changing.as_ref()?.model.into())),
    ("changing", |row| Some(row.changing.as_ref()?.lowest.to_string())),
    ("changing_saving", |row| Some(row.changing.as_ref()?.saving?.to_string())),
    ("changes", |row| Some(row.changing.as_ref()?.changes.join(" "))),
    ("why", |row| Some(row.why.as_ref()?.text.clone())),
];

/// `reconcile`: one row per job.
pub const RECONCILED: [Column<reconcile::Row>; 7] = [
    ("id", |row| Some(row.id.clone())),
    ("quoted", |row| row.quoted.map(|quoted| range(quoted.min(), quoted.max()))),
    ("charged", |row| Some(row.charged?.to_string())),
    ("difference", |row| Some(row.difference?.to_string())),
    ("currency", |row| row.currency.clone()),
    ("cause", |row| Some(<&str>::from(&row.cause).into())),
    ("detail", |row| Some(row.cause.describe(lang()))),
];

/// `prices diff`: one row per price that changed.
pub const CHANGES: [Column<Change>; 4] = [
    ("name", |row| Some(row.name.clone())),
    ("old", |row| Some(row.old?.to_string())),
    ("new", |row| Some(row.new?.to_string())),
    ("change", |row| Some(<&str>::from(row.change).into())),
];

/// `routes --diff`: one row per difference between two editions.
pub const DIFFERENCES: [Column<Difference>; 4] = [
    ("model", |row| Some(row.model.into())),
    ("field", |row| Some(row.field.clone())),
    ("from", |row| text(&row.from)),
    ("to", |row| text(&row.to)),
];

/// `explain`: one row per rule.
pub const RULES: [Column<RuleRow>; 3] = [
    ("rule", |RuleRow(rule)| Some(rule.id.name().into())),
    ("severity", |RuleRow(rule)| text(&json!(rule.severity))),
    ("fires_when", |RuleRow(rule)| Some(rule.fires.get(lang()).into())),
];

fn text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}
