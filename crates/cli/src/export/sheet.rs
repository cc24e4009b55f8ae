//! Tables as files: CSV, also as spreadsheets like it, and Markdown.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufWriter, Write};

/// What takes a table row by row; nothing in a cell is not the same as no text, where the format can tell.
pub trait Sheet: Send {
    fn row(&mut self, cells: Vec<Option<String>>) -> io::Result<()>;
    fn close(self: Box<Self>) -> io::Result<()>;
}

/// A header, and a line a row.
pub struct Csv {
    writer: csv::Writer<File>,
    for_spreadsheets: bool,
}

impl Csv {
    /// Spreadsheets get a byte-order mark, by which they know UTF-8, and no cell that they would take for a formula.
    pub fn new(mut file: File, header: &[&str], for_spreadsheets: bool) -> io::Result<Self> {
        if for_spreadsheets {
            file.write_all("\u{feff}".as_bytes())?;
        }
        let mut writer = csv::Writer::from_writer(file);
        writer.write_record(header)?;
        Ok(Self { writer, for_spreadsheets })
    }
}

impl Sheet for Csv {
    fn row(&mut self, cells: Vec<Option<String>>) -> io::Result<()> {
        let cells = cells.into_iter().map(Option::unwrap_or_default);
        let is_harmful = |cell: &String| self.for_spreadsheets && may_be_formula(cell);
        let cells: Vec<String> = cells
            .map(|cell| match is_harmful(&cell) {
                true => format!("'{cell}"),
                false => cell,
            })
            .collect();
        Ok(self.writer.write_record(cells)?)
    }

    fn close(mut self: Box<Self>) -> io::Result<()> {
        self.writer.flush()
    }
}

/// What a spreadsheet may calculate: all that begins as a formula does and is not a number.
fn may_be_formula(cell: &str) -> bool {
    let begins = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    begins && cell.parse::<f64>().is_err()
}

/// A table as documents have it.
pub struct Markdown(BufWriter<File>);

impl Markdown {
    pub fn new(file: File, header: &[&str]) -> io::Result<Self> {
        let mut out = BufWriter::new(file);
        writeln!(out, "| {} |", header.join(" | "))?;
        writeln!(out, "|{}", " --- |".repeat(header.len()))?;
        Ok(Self(out))
    }
}

impl Sheet for Markdown {
    fn row(&mut self, cells: Vec<Option<String>>) -> io::Result<()> {
        let cells: Vec<String> = cells
            .iter()
            .map(|cell| in_one_cell(cell.as_deref().unwrap_or_default()).into_owned())
            .collect();
        writeln!(self.0, "| {} |", cells.join(" | "))
    }

    fn close(mut self: Box<Self>) -> io::Result<()> {
        self.0.flush()
    }
}

/// Without what ends a cell or a row.
fn in_one_cell(cell: &str) -> Cow<'_, str> {
    match cell.contains(['|', '\\', '\n', '\r']) {
        true => {
            Cow::Owned(cell.replace('\\', "\\\\").replace('|', "\\|").replace(['\n', '\r'], " "))
        }
        false => Cow::Borrowed(cell),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_told_from_numbers() {
        for cell in ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3", "\t=1"] {
            assert!(may_be_formula(cell), "{cell}");
        }
        for cell in ["-0.30", "+1", "a=b", "", "雨夜"] {
            assert!(!may_be_formula(cell), "{cell}");
        }
    }

    #[test]
    fn a_cell_stays_one() {
        assert_eq!(in_one_cell("a|b\\c\nd"), "a\\|b\\\\c d");
    }
}
