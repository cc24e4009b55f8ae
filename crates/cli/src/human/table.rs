//! Tables for people.

use std::fmt::Display;
use std::{io, iter};

use comfy_table::{ColumnConstraint, ContentArrangement, Table, Width};
use unicode_width::UnicodeWidthStr;

use crate::lang::pick;

/// A column for people: its name in both languages, and what stands in its cell of a row.
pub type Column<T> = (&'static str, &'static str, fn(&T) -> String);

/// A table without lines; on a terminal it keeps to the width, elsewhere each row is one line.
pub fn new_table() -> Table {
    let mut table = Table::new();
    table.load_style(comfy_table::presets::NOTHING);
    if let Some((terminal_size::Width(width), _)) = terminal_size::terminal_size_of(io::stdout()) {
        table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    }
    table
}

/// The names of columns.
pub fn header<T>(columns: &[Column<T>]) -> Vec<&'static str> {
    columns.iter().map(|(en, zh, _)| pick(*en, *zh)).collect()
}

/// What stands in a row.
pub fn cells<T>(columns: &[Column<T>], row: &T) -> Vec<String> {
    columns.iter().map(|(.., cell)| cell(row)).collect()
}

/// A table that is known whole, as text.
pub fn table<'r, T: 'r>(columns: &[Column<T>], rows: impl Iterator<Item = &'r T>) -> String {
    table_of(header(columns), rows.map(|row| cells(columns, row)))
}

/// The same of cells that are text already.
pub fn table_of(header: Vec<&str>, rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut table = new_table();
    table.set_header(header).add_rows(rows);
    lines(&mut table, &[])
}

/// What stands in a cell: nothing where there is nothing to tell.
pub fn cell(value: Option<impl Display>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// So long a word is kept whole; of longer ones nobody expects it.
const WORD: usize = 48;

/// The width that keeps the words of each column whole: identifiers are there to be copied.
fn word_widths(table: &Table) -> Vec<u16> {
    let rows = table.header().into_iter().chain(table.row_iter());
    let mut widths = Vec::new();
    for row in rows {
        for (column, cell) in row.cell_iter().enumerate() {
            let words = cell.content();
            let words = words.split_whitespace().map(UnicodeWidthStr::width);
            let word = words.filter(|width| *width <= WORD).max().unwrap_or(0);
            if widths.len() <= column {
                widths.push(0);
            }
            if let (Some(width), Ok(word)) = (widths.get_mut(column), u16::try_from(word)) {
                *width = word.max(*width);
            }
        }
    }
    widths
}

/// Beside the content of a cell.
const PADDING: u16 = 2;

/// The rows of a table as text, without blanks at their ends; its columns at least so wide.
pub fn lines(table: &mut Table, least: &[u16]) -> String {
    let mut widths = word_widths(table);
    for (width, least) in widths.iter_mut().zip(least.iter().chain(iter::repeat(&0))) {
        *width = (*width).max(*least) + PADDING;
    }
    let at_least = |width| ColumnConstraint::LowerBoundary(Width::Fixed(width));
    table.set_constraints(widths.into_iter().map(at_least));
    table.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}
