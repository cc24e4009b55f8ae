//! Writes answers to files, in the format that the file's extension names.

mod columns;
#[cfg(feature = "parquet")]
mod parquet;
mod part;
mod sheet;

use std::borrow::Borrow;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use serde::Serialize;

pub use self::columns::{
    CANDIDATES, CHANGES, CONFLICTS, Column, DIFFERENCES, JOBS, RECONCILED, RULES,
};
pub use self::part::{Part, target};
pub use self::sheet::Sheet;
use crate::args::Out;
use crate::failure::Failure;
use crate::lang::say;

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
        #[cfg(not(feature = "parquet"))]
        Some("parquet") => Err(Failure::Told(say!(
            "this program was built without Parquet, build it with `--features parquet` or write `.csv` or `.json`",
            "本程序编译时未启用 Parquet，请用 `--features parquet` 重新编译，或改写为 `.csv`、`.json`"
        ))),
        _ => Err(Failure::Told(say!(
            "the name of the file to write must end in one of `.csv`, `.json`, `.md`, `.parquet`",
            "要写入的文件名须以 `.csv`、`.json`、`.md`、`.parquet` 之一结尾"
        ))),
    }
}

/// Writes a whole answer to the file of `--out`, if there is one: its table, or the answer itself as JSON.
pub fn whole<T, C: Into<Option<String>>>(
    out: &Out,
    read: &[&Path],
    columns: &[Column<T, C>],
    rows: impl IntoIterator<Item: Borrow<T>>,
    answer: &impl Serialize,
) -> Result<(), Failure> {
    let Some(path) = out.out.as_deref() else {
        return Ok(());
    };
    let format = file_format(path)?;
    let (file, part) = Part::begin(path, read)?;
    let written = match format {
        FileFormat::Sheet(begin) => {
            let header: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
            begin(file, &header, out.excel).and_then(|mut sheet| {
                for row in rows {
                    let cells = columns.iter().map(|(_, cell)| cell(row.borrow()).into());
                    sheet.row(cells.collect())?;
                }
                sheet.close()
            })
        }
        FileFormat::Json => json(file, answer),
    };
    part.finish(written)
}

fn json(file: File, answer: &impl Serialize) -> io::Result<()> {
    let mut out = BufWriter::new(file);
    serde_json::to_writer_pretty(&mut out, answer)?;
    out.write_all(b"\n")?;
    out.flush()
}
