//! Tables as files: CSV, also for spreadsheets, and Markdown.

use std::fs::File;
use std::io::{self, BufWriter, Write};

use itertools::Itertools;

/// A table that is written row by row. `None` in a cell is not empty text, if the format can tell them apart.
pub trait Sheet {
    fn row(&mut self, cells: Vec<Option<String>>) -> io::Result<()>;
    fn close(self: Box<Self>) -> io::Result<()>;
}

/// A CSV file: a header, then one line per row.
struct Csv {
    writer: csv::Writer<File>,
    for_spreadsheets: bool,
}

/// Begins a table with a header. Spreadsheets get a byte-order mark, by which they know UTF-8, and an apostrophe before each cell
/// that they would take for a formula.
pub fn csv(mut file: File, header: &[&str], for_spreadsheets: bool) -> io::Result<Box<dyn Sheet>> {
    if for_spreadsheets {
        file.write_all("\u{feff}".as_bytes())?;
    }
    let mut sheet = Csv { writer: csv::Writer::from_writer(file), for_spreadsheets };
    sheet.row(named(header))?;
    Ok(Box::new(sheet))
}

/// A header as a row.
fn named(header: &[&str]) -> Vec<Option<String>> {
    header.iter().map(|name| Some((*name).into())).collect()
}

impl Sheet for Csv {
    fn row(&mut self, cells: Vec<Option<String>>) -> io::Result<()> {
        let cells = cells.into_iter().map(|cell| match cell {
            Some(cell) if self.for_spreadsheets && may_be_formula(&cell) => format!("'{cell}"),
            cell => cell.unwrap_or_default(),
        });
        let cells: Vec<String> = cells.collect();
        Ok(self.writer.write_record(cells)?)
    }

    fn close(mut self: Box<Self>) -> io::Result<()> {
        self.writer.flush()
    }
}

/// Whether a spreadsheet may evaluate the cell: it begins like a formula and is not a number.
fn may_be_formula(cell: &str) -> bool {
    let begins = cell.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r', '\n']);
    begins && cell.parse::<f64>().is_err()
}

/// A Markdown table.
struct Markdown(BufWriter<File>);

/// Begins a table with a header.
pub fn markdown(
    file: File,
    header: &[&str],
    _for_spreadsheets: bool,
) -> io::Result<Box<dyn Sheet>> {
    let mut sheet = Markdown(BufWriter::new(file));
    sheet.row(named(header))?;
    writeln!(sheet.0, "|{}", " --- |".repeat(header.len()))?;
    Ok(Box::new(sheet))
}

impl Sheet for Markdown {
    fn row(&mut self, cells: Vec<Option<String>>) -> io::Result<()> {
        let mut cells = cells.into_iter().map(|cell| in_one_cell(&cell.unwrap_or_default()));
        writeln!(self.0, "| {} |", cells.join(" | "))
    }

    fn close(mut self: Box<Self>) -> io::Result<()> {
        self.0.flush()
    }
}

/// Escapes or replaces what would end the cell or its row.
fn in_one_cell(cell: &str) -> String {
    cell.replace('\\', "\\\\").replace('|', "\\|").replace(['\n', '\r'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_told_from_numbers() {
        for cell in [
            "=1+1",
            "@SUM(A1)",
            "+cmd|' /C calc'!A0",
            "-2+3",
            "\t=1",
            "\n=1",
            "＝1+1",
            "＋1",
            "－1+2",
            "＠SUM(A1)",
        ] {
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
